/**
 * Expand and contract: the servers of the release before go on selling while a newer one has
 * migrated the database, and a newer server touches nothing of a database that is not migrated yet.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'
import { loginOf } from '../../src/db/login-of.ts'
import { migrate } from '../../src/db/migrate.ts'
import { SHARED_ROLE } from '../../src/db/server-traits.ts'
import { createEmptyDatabase, TEST_SQL_DIR, type TestDatabase } from '../support/database.ts'
import { by, codeOf, shopper, useServer } from '../support/engines.ts'
import {
  lendModules,
  previousRelease,
  type ReleaseSources,
  sqlOfRelease,
  unpackRelease,
} from '../support/releases.ts'
import { listen, OPERATOR_KEY } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { missingFrom, readSurface } from './support/surface.ts'

const OLD_ENGINE = fileURLToPath(new URL('support/old-engine.ts', import.meta.url))
const release = await previousRelease()
/** Housekeeping, which no server does while it serves: since release 003 it is the owner's. */
const WITHDRAWN = ['prune_access', 'prune_requests', 'prune_show', 'reset_show']

/** A database as the release before made it, in which its servers may serve. */
async function useOldDatabase(name: string): Promise<{ database: TestDatabase; owner: pg.Client }> {
  const database = await createEmptyDatabase(name)
  const sqlDir = await sqlOfRelease(release)
  after(() => rm(sqlDir, { recursive: true, force: true }))
  await migrate(database.owner, { sqlDir })
  const owner = await connectClient(database.owner)
  after(async () => {
    await owner.end()
    await database.drop()
  })
  const login = loginOf(database.server)
  await owner.query(`grant connect on database "${database.name}" to "${login}"`)
  await owner.query(`grant ${SHARED_ROLE} to "${login}"`)
  return { database, owner }
}

async function upgrade({ owner, server }: TestDatabase): Promise<void> {
  await migrate(owner, { sqlDir: TEST_SQL_DIR, login: loginOf(server) })
}

/** Answers of the old engine, one line each, and a way to let it go on. */
function startOldEngine(sources: string, database: TestDatabase) {
  const target = JSON.stringify(database.server)
  const child = spawn(process.execPath, [OLD_ENGINE, sources, target], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  after(() => child.kill())
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    goOn: () => child.stdin.write('go on\n'),
    next: async () => {
      const { value, done } = await lines.next()
      assert.ok(!done, 'The old server ended: its standard error says why.')
      return JSON.parse(value)
    },
    ended: once(child, 'exit'),
  }
}

test(`what servers of release ${release.name} call and read is there after migrating`, async () => {
  const { database, owner } = await useOldDatabase('upgrade surface')
  const surface = await readSurface(owner, SHARED_ROLE)
  assert.ok(surface.calls.length > 30 && surface.columns.length > 100)
  assert.deepEqual(await missingFrom(owner, SHARED_ROLE, surface), [])
  await upgrade(database)
  const missing = async () => {
    const all = await missingFrom(owner, SHARED_ROLE, surface)
    return all.filter((one) => !WITHDRAWN.some((name) => one.startsWith(`rowlock.${name}(`)))
  }
  assert.deepEqual(await missing(), [])

  // Would it be noticed?
  await owner.query('alter table rowlock.shows rename column title to name')
  await owner.query(`revoke execute on function rowlock.apply(json) from ${SHARED_ROLE}`)
  const [column, call, ...more] = await missing()
  assert.equal(column, 'shows.title text')
  assert.match(call ?? '', /^rowlock\.apply\(null::json\) gives no right to call it/)
  assert.deepEqual(more, [])
})

const sources: ReleaseSources = await unpackRelease(release)
const skip = 'missing' in sources ? sources.missing : false
after(async () => {
  if ('remove' in sources) await sources.remove()
})

test(`a server of release ${release.name} sells on after the migration`, { skip }, async () => {
  const directory = 'directory' in sources ? sources.directory : ''
  await lendModules(directory)
  const { database } = await useOldDatabase('upgrade old server')
  const old = startOldEngine(directory, database)
  const { before } = await old.next()
  await upgrade(database)
  old.goOn()
  const { kept, after: later } = await old.next()
  assert.deepEqual(kept, ['A6'])
  assert.deepEqual(later.seats, before.seats)

  // Servers of today go on with what those of the release before have begun, and the other way.
  const engine = await useServer(database.settings)
  const booking = await engine.getBooking(shopper('old'), before.show, before.booking)
  assert.deepEqual(booking.seats, ['A3', 'A4'])
  assert.equal(await codeOf(engine.confirmHold(by('old'), later.show, later.hold, {})), 'done')
  for (const { show } of [before, later]) assert.deepEqual(await engine.checkShow(show), [])
  old.goOn()
  assert.deepEqual(await old.ended, [0, null])
})

test('a server of today waits for the migration, and begins without a restart', async () => {
  const { database, owner } = await useOldDatabase('upgrade new server')
  const surface = await readSurface(owner, SHARED_ROLE)
  const server = await listen(database)
  after(() => server.close())
  const call = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as { code?: string } }
  }
  const show = { key: 'early', title: 'Early', startsAt: '2030-01-01T20:00:00Z', seats: ['A1'] }
  assert.equal((await call('GET', '/health/ready')).status, 503)
  for (const [method, path, body] of [
    ['GET', '/v1/webhooks', undefined],
    ['GET', '/v1/shows/early', undefined],
    ['POST', '/v1/shows', show],
    ['POST', '/v1/shows/early/holds', { seats: ['A1'] }],
  ] as const) {
    const { status, body: problem } = await call(method, path, body)
    assert.deepEqual([path, status, problem.code], [path, 503, 'unavailable'])
  }
  assert.deepEqual(await readSurface(owner, SHARED_ROLE), surface)
  await upgrade(database)
  // A slow database is not asked each time: what was seen a moment ago is told meanwhile.
  await until(
    'it is ready',
    async () => (await call('GET', '/health/ready')).status === 200 || null,
  )
  assert.equal((await call('POST', '/v1/shows', show)).status, 200)
  assert.equal((await call('POST', '/v1/shows/early/holds', { seats: ['A1'] })).status, 201)
})
