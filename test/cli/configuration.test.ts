import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ConfigurationError,
  readConfiguration,
} from '../../src/cli/configuration/read-configuration.ts'
import { SETTINGS } from '../../src/cli/configuration/settings.ts'
import { LIMITS_USUAL } from '../../src/server/index.ts'

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfiguration(environment)
  } catch (error) {
    assert.ok(error instanceof ConfigurationError)
    return error.problems.map(({ name, message }) => `${name} ${message}`)
  }
  return []
}

describe('configuration', () => {
  it('needs nothing to be set', () => {
    const configuration = readConfiguration({ HOME: '/root' })
    assert.equal(configuration.port, 3000)
    assert.equal(configuration.host, '127.0.0.1')
    assert.equal(configuration.databaseUrl, null)
    assert.equal(configuration.dataDir, '.rowlock')
    assert.deepEqual(configuration.warnings, [])
  })

  it('takes a variable that is set to nothing for one that is not set', () => {
    const configuration = readConfiguration({ PORT: '', DATABASE_URL: ' ' })
    assert.equal(configuration.port, 3000)
    assert.equal(configuration.databaseUrl, null)
  })

  it('loads the demonstration into the embedded database only, unless told otherwise', () => {
    const url = 'postgres://me@db/tickets'
    assert.equal(readConfiguration({}).demo, true)
    assert.equal(readConfiguration({ DATABASE_URL: url }).demo, false)
    assert.equal(readConfiguration({ DATABASE_URL: url, ROWLOCK_DEMO: 'yes' }).demo, true)
    assert.equal(readConfiguration({ ROWLOCK_DEMO: '0' }).demo, false)
  })

  it('migrates as the owner where one is named, else as the user it serves as', () => {
    const urls = {
      DATABASE_URL: 'postgres://app@db/t',
      ROWLOCK_MIGRATION_URL: 'postgres://me@db/t',
    }
    assert.equal(readConfiguration(urls).migrationUrl, 'postgres://me@db/t')
    assert.equal(
      readConfiguration({ DATABASE_URL: urls.DATABASE_URL }).migrationUrl,
      urls.DATABASE_URL,
    )
  })

  it('reads lists', () => {
    const read = readConfiguration({
      ROWLOCK_CORS_ORIGINS: 'https://shop.example, http://localhost:5173',
      ROWLOCK_TRUST_PROXY: 'loopback,10.0.0.0/8',
    })
    assert.deepEqual(read.corsOrigins, ['https://shop.example', 'http://localhost:5173'])
    assert.deepEqual(read.trustProxy, ['loopback', '10.0.0.0/8'])
    assert.equal(readConfiguration({ ROWLOCK_TRUST_PROXY: 'true' }).trustProxy, true)
  })

  it('limits clients unless only this machine is served, or told otherwise', () => {
    const limits = (environment: Record<string, string>) => readConfiguration(environment).limits
    for (const HOST of ['127.0.0.1', '127.0.0.2', 'localhost', '::1']) {
      assert.equal(limits({ HOST }), null, HOST)
    }
    assert.equal(limits({ ROWLOCK_TRUST_PROXY: 'false' }), null)
    assert.equal(limits({ HOST: '0.0.0.0', ROWLOCK_LIMITS: 'off' }), null)
    assert.deepEqual(limits({ ROWLOCK_LIMITS: 'on' }), LIMITS_USUAL)
    assert.deepEqual(limits({ HOST: '0.0.0.0' }), LIMITS_USUAL)
    assert.deepEqual(limits({ ROWLOCK_TRUST_PROXY: 'loopback' }), LIMITS_USUAL)
    const changed = { HOST: '::', ROWLOCK_RATE_USER: '7', ROWLOCK_HELD_SEATS_MAX: '0' }
    assert.equal(limits(changed)?.requests.user, 7)
    assert.equal(limits(changed)?.heldSeatsMax, null)
  })

  it('names every mistake at once, and what to do', () => {
    const problems = problemsOf({
      PORT: '65536',
      DATABASE_URL: 'mysql://db',
      ROWLOCK_OPERATOR_KEY: 'short',
      ROWLOCK_DEMO: 'perhaps',
      LOG_LEVEL: 'loud',
      ROWLOCK_CORS_ORIGINS: 'https://shop.example/path',
      ROWLOCK_BATCH_MAX: '0',
    })
    assert.deepEqual(problems, [
      'PORT must be a whole number from 0 to 65535',
      'DATABASE_URL must be a URL such as postgres://user:password@host:5432/database',
      'ROWLOCK_OPERATOR_KEY must be at least 16 visible ASCII characters, without blanks',
      'ROWLOCK_DEMO must be true or false',
      'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace',
      'ROWLOCK_BATCH_MAX must be a whole number from 1 to 10000',
      'ROWLOCK_CORS_ORIGINS has "https://shop.example/path", which is no origin such as ' +
        'https://shop.example',
    ])
  })

  for (const name of ['ROWLOCK_MIGRATION_URL', 'ROWLOCK_PGBOUNCER']) {
    it(`refuses ${name} without DATABASE_URL`, () => {
      const value = name === 'ROWLOCK_PGBOUNCER' ? 'true' : 'postgres://me@db/t'
      const [problem] = problemsOf({ [name]: value })
      assert.equal(problem, `${name} is set, but DATABASE_URL is not: set both or neither`)
    })
  }

  for (const [name, values] of Object.entries({
    PORT: ['-1', '3000.5', '0x10', '١', '99999999999'],
    ROWLOCK_SHUTDOWN_SECONDS: ['-1', '1e3', 'soon'],
    ROWLOCK_TRUST_PROXY: ['my-proxy', '10.0.0.0/8, everyone'],
    ROWLOCK_OPERATOR_KEY: ['fifteen-letters', 'a key that has blanks', 'schlüssel-schlüssel'],
    DATABASE_URL: ['db', 'postgres://', 'https://db/x'],
  })) {
    it(`refuses ${name} when it is ${values.join(' or ')}`, () => {
      for (const value of values) assert.equal(problemsOf({ [name]: value }).length, 1, value)
    })
  }

  it('never repeats a password', () => {
    assert.doesNotMatch(problemsOf({ DATABASE_URL: 'mysql://me:secret@db/t' }).join(), /secret/)
  })

  it('says that a variable has no meaning any more', () => {
    assert.deepEqual(readConfiguration({ ROWLOCK_LANES: '8' }).warnings, [
      'ROWLOCK_LANES is deprecated and does nothing: connections that write follow the load. ' +
        'Remove it.',
    ])
  })

  it('warns about names that are nearly right, but not about those of tests', () => {
    const { warnings } = readConfiguration({
      ROWLOCK_PORT: '8080',
      ROWLOCK_DATADIR: '/x',
      ROWLOCK_TEST_DATABASE_URL: 'postgres://x/y',
    })
    assert.deepEqual(warnings, [
      'ROWLOCK_PORT is not a variable of Rowlock; it is ignored. Did you mean PORT?',
      'ROWLOCK_DATADIR is not a variable of Rowlock; it is ignored.',
    ])
  })

  it('says something about every variable', () => {
    for (const [name, { about, fallback }] of Object.entries(SETTINGS)) {
      assert.match(about, /\.$/, name)
      assert.notEqual(fallback, '', name)
    }
  })
})
