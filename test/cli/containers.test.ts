/**
 * Test of what Dockerfile and compose.yaml say. That an image comes out of it which works is tried
 * in test/as-users/container.test.ts.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { SETTINGS } from '../../src/cli/configuration/settings.ts'
import { parseDockerfile } from '../as-users/support/image.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const readRoot = (name: string) => readFile(join(ROOT, name), 'utf8')

interface Service {
  readonly command?: string[]
  readonly environment: Record<string, string>
  readonly networks: string[]
  readonly ports?: string[]
  readonly depends_on?: Record<string, { condition: string }>
  readonly build?: string
}

interface Named {
  readonly postgres: Service
  readonly roles: Service
  readonly migrate: Service
  readonly server: Service
}

const INSTRUCTIONS = parseDockerfile(await readRoot('Dockerfile'))

function lastOf(wanted: string): string {
  return INSTRUCTIONS.findLast(([word]) => word === wanted)?.[1] ?? ''
}

describe('Dockerfile', () => {
  it('runs as an ordinary user, on the Node of .node-version, and is told to stop', async () => {
    const major = (await readRoot('.node-version')).split('.')[0]
    for (const [word, text] of INSTRUCTIONS) {
      if (word === 'FROM') assert.ok(text.startsWith(`node:${major}-slim`), text)
    }
    assert.equal(lastOf('USER'), 'node')
    assert.equal(lastOf('STOPSIGNAL'), 'SIGTERM')
  })

  it('runs the file that package.json names as its program', async () => {
    const { bin } = JSON.parse(await readRoot('package.json'))
    assert.deepEqual(JSON.parse(lastOf('ENTRYPOINT')), ['node', bin.rowlock])
    assert.deepEqual(JSON.parse(lastOf('CMD')), ['serve'])
  })

  it('checks the health of the server as the server tells it', async () => {
    const command = lastOf('HEALTHCHECK').replace(/^.* CMD /, '')
    const [program, flag, script = ''] = JSON.parse(command)
    assert.deepEqual([program, flag], ['node', '-e'])
    const run = promisify(execFile)
    const nobody = { env: { ...process.env, PORT: '1' } }
    await assert.rejects(run(process.execPath, ['-e', script], nobody), { code: 1 })
    assert.match(script, /\/health\/ready/)
  })
})

describe('compose.yaml', async () => {
  const text = await readRoot('compose.yaml')
  const { services, networks, volumes } = parse(text, { merge: true })
  const { postgres, roles, migrate, server } = services as Record<string, Service> & Named

  it('keeps the database on a network that nobody else is on', () => {
    assert.deepEqual(postgres.networks, ['database'])
    assert.equal(networks.database.internal, true)
    assert.deepEqual(server.networks, ['database', 'public'])
    assert.equal(postgres.ports, undefined)
    for (const port of server.ports ?? []) assert.match(port, /^127\.0\.0\.1:/)
  })

  it('migrates before it serves', () => {
    assert.deepEqual(migrate.command, ['migrate'])
    assert.equal(server.depends_on?.migrate?.condition, 'service_completed_successfully')
    assert.equal(migrate.depends_on?.roles?.condition, 'service_completed_successfully')
    assert.equal(roles.depends_on?.postgres?.condition, 'service_healthy')
    assert.ok('bookings' in volumes)
  })

  it('sets nothing that Rowlock does not know', () => {
    for (const { environment } of [migrate, server]) {
      assert.ok(environment.DATABASE_URL?.startsWith('postgres://rowlock_login:'))
      for (const name of Object.keys(environment)) assert.ok(name in SETTINGS, name)
    }
  })

  it('serves as a login that owns nothing, and knows no password by itself', async () => {
    assert.equal(server.environment.ROWLOCK_MIGRATION_URL, undefined)
    assert.doesNotMatch(JSON.stringify(server.environment), /POSTGRES_PASSWORD/)
    assert.doesNotMatch(text, /PASSWORD:-/)
    for (const { environment } of [postgres, roles, migrate, server]) {
      for (const value of Object.values(environment)) {
        if (/PASSWORD/.test(value)) assert.match(value, /\$\{\w+PASSWORD:\?/)
      }
    }
    const sql = await readRoot('deploy/compose/roles.sql')
    assert.match(sql, /nosuperuser nocreatedb nocreaterole/)
  })

  it('gives the server more time to stop than it takes', () => {
    const grace = Number.parseInt(services.server.stop_grace_period, 10)
    assert.ok(grace > Number(server.environment.ROWLOCK_SHUTDOWN_SECONDS))
  })
})
