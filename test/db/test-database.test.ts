import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { openDatabase } from '../../src/db/database.ts'
import { useTestDatabase } from '../support/database.ts'
import { advanceClock, setClock, useTestClock } from '../support/test-clock.ts'

const database = await useTestDatabase('test database')
const owner = await connectClient(database.owner)
after(() => owner.end())

async function clock(): Promise<Date> {
  const { rows } = await owner.query<{ now: Date }>('select rowlock.clock() as now')
  return rows[0]?.now as Date
}

test('a test database is migrated and serves as a role of its own', async () => {
  const opened = await openDatabase(database.settings)
  const rows = await opened.read('select current_user as role, to_regclass($1) as claims', [
    'rowlock.claims',
  ])
  assert.deepEqual(rows, [{ role: opened.role, claims: 'rowlock.claims' }])
  assert.match(opened.role, /^rowlock_server_./)
  await opened.close()
})

test('a test database can be reached by its URL', async () => {
  const client = await connectClient({ connectionString: database.ownerUrl })
  const { rows } = await client.query('select current_database() as name')
  assert.deepEqual(rows, [{ name: database.name }])
  await client.end()
})

test('the clock of a test database can be stopped and moved', async () => {
  await useTestClock(owner)
  await setClock(owner, '2026-12-01T19:00:00Z')
  await advanceClock(owner, 600)
  assert.equal((await clock()).toISOString(), '2026-12-01T19:10:00.000Z')
  await setClock(owner, null)
  assert.ok(Math.abs((await clock()).getTime() - Date.now()) < 60_000)
})
