import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { banner, type Readiness, readinessFields } from '../../src/cli/serve/banner.ts'
import type { OperatorKey } from '../../src/cli/serve/operator-key.ts'
import { Terminal, type World } from '../../src/cli/terminal.ts'

const stream = new PassThrough()
const streams = { stdin: stream, stdout: stream, stderr: stream } as unknown as World
const terminal = new Terminal({ ...streams, argv: [], environment: {} })

const MADE: OperatorKey = {
  key: `rlk_${'x'.repeat(32)}`,
  origin: 'made',
  path: '.rowlock/operator-key',
}

const LINK = `/#link=${'x'.repeat(43)}`

function readiness(
  operatorKey: OperatorKey,
  hasDemo: boolean,
  more: Partial<Pick<Readiness, 'signInPath' | 'limits'>> = {},
): Readiness {
  const database = 'PostgreSQL 18.4, embedded in .rowlock'
  const url = 'http://127.0.0.1:3000'
  const usual = { signInPath: LINK, limits: 'on' as const, development: null }
  return { version: '0.1.0', url, database, operatorKey, hasDemo, ...usual, ...more }
}

describe('the greeting of a server', () => {
  it('fits 80 columns', () => {
    const lines = banner(terminal, readiness(MADE, true, { limits: 'on when forwarded' })).split(
      '\n',
    )
    assert.deepEqual(
      // A link in two parts would be none.
      lines.filter((line) => line.length > 80 && !line.includes(LINK)),
      [],
    )
  })

  it('says where to go, what the key is for and where it is kept, and what to try', () => {
    const text = banner(terminal, readiness(MADE, true))
    for (const path of ['/v1/shows', '/docs', '/health']) {
      assert.ok(text.includes(`http://127.0.0.1:3000${path}\n`), path)
    }
    assert.ok(text.includes(MADE.key))
    assert.ok(text.includes('Saved in .rowlock/operator-key'))
    assert.match(text, /curl -X POST http:\S+\/v1\/shows\/avengers-2026-7pm\/holds \\\n/)
  })

  it('signs the first operator in: the link stands where no server is sent it', () => {
    const told = readiness(MADE, false)
    const dashboard = `http://127.0.0.1:3000${LINK}`
    assert.ok(banner(terminal, told).includes(`${dashboard}\n`))
    assert.ok(banner(terminal, told).includes('valid for 30 minutes'))
    assert.equal(readinessFields(told).dashboard, dashboard)
  })

  it('has no link any more when somebody can sign in', () => {
    const told = readiness(MADE, false, { signInPath: null })
    assert.doesNotMatch(banner(terminal, told), /link|30 minutes/)
    assert.equal(readinessFields(told).dashboard, 'http://127.0.0.1:3000/')
  })

  it('says when nothing is limited, and what would change that', () => {
    const told = (limits: Readiness['limits']) =>
      banner(terminal, readiness(MADE, false, { limits }))
    assert.doesNotMatch(told('on'), /Limits/)
    assert.match(told('on when forwarded'), /\n {2}Limits {5}off for this machine/)
    assert.match(told('on when forwarded'), /turn on by themselves once a proxy forwards/)
    assert.match(told('off'), /\n {2}Limits {5}off \(ROWLOCK_LIMITS\)/)
  })

  it('shows a key when it is made, and afterwards where it is kept', () => {
    const kept = readiness({ ...MADE, origin: 'kept' }, false)
    assert.ok(!banner(terminal, kept).includes(MADE.key))
    assert.match(banner(terminal, kept), /key: see .rowlock\/operator-key/)
    assert.equal(readinessFields(kept).operatorKey, null)
    assert.equal(readinessFields(readiness(MADE, false)).operatorKey, MADE.key)
  })

  it('says what `rowlock dev` has ready, and how to move the clock', () => {
    const development = {
      testKey: `rlp_${'x'.repeat(43)}`,
      forwardTo: 'http://localhost:4000/hook',
      webhookSecret: `whsec_${'x'.repeat(44)}`,
    }
    const text = banner(terminal, { ...readiness(MADE, false), development })
    assert.match(text, /\n {2}Test key {3}rlp_x+\n/)
    assert.match(
      text,
      /Webhooks {3}forwarded to http:\/\/localhost:4000\/hook, signed with\n +whsec_x+\n/,
    )
    assert.match(text, /curl http:\S+\/v1\/test\/clock \\\n/)
    const quiet = { ...development, forwardTo: null, webhookSecret: null }
    assert.match(
      banner(terminal, { ...readiness(MADE, false), development: quiet }),
      /not forwarded/,
    )
  })

  it('names no show that is not there', () => {
    assert.doesNotMatch(banner(terminal, readiness(MADE, false)), /avengers/)
  })

  it('says that a key without a place lasts until the end', () => {
    const key = { ...MADE, origin: 'fleeting', path: null } as const
    assert.match(banner(terminal, readiness(key, false)), /Lasts until this server stops/)
  })

  it('never repeats a configured key', () => {
    const key = { key: 'secret-secret-secret', origin: 'configured', path: null } as const
    const told = readiness(key, false, { signInPath: null })
    assert.doesNotMatch(banner(terminal, told), /secret/)
    assert.equal(readinessFields(told).operatorKey, null)
    assert.equal(readinessFields(told).dashboard, 'http://127.0.0.1:3000/')
  })
})
