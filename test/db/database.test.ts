import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { type DatabaseSettings, openDatabase } from '../../src/db/database.ts'
import { areOff, UnsafeDurabilityError } from '../../src/db/durability.ts'
import { classify } from '../../src/db/sqlstate.ts'
import { useTestDatabase } from '../support/database.ts'

const testDatabase = await useTestDatabase('database')
const owner = await connectClient(testDatabase.owner)
after(() => owner.end())

async function open(settings: Partial<DatabaseSettings> = {}) {
  const database = await openDatabase({ ...testDatabase.settings, ...settings })
  after(() => database.close())
  return database
}

test('serving is refused when a crash could lose answered bookings', async () => {
  const settings: DatabaseSettings = {
    target: { ...testDatabase.server, options: '-c synchronous_commit=off' },
  }
  await assert.rejects(openDatabase(settings), (error: Error) => {
    assert.ok(error instanceof UnsafeDurabilityError)
    return error.message.includes('synchronous_commit')
  })
  const database = await open({ ...settings, allowUnsafeDurability: true })
  assert.ok((await database.durability()).unsafe.includes('synchronous_commit'))
})

test('one setting is off, and several are', () => {
  const names = ['fsync', 'full_page_writes', 'synchronous_commit']
  assert.equal(areOff(names.slice(0, 1)), 'fsync is off')
  assert.equal(areOff(names.slice(0, 2)), 'fsync and full_page_writes are off')
  assert.equal(areOff(names), 'fsync, full_page_writes and synchronous_commit are off')
  assert.match(new UnsafeDurabilityError(names).message, /synchronous_commit are off\. Switch/)
})

test('serving connections have a role and limits of their own', async () => {
  const database = await open({ limits: { lockTimeoutMs: 1234 } })
  const [row] = await database.read(
    `select current_user::text as role,
            current_setting('lock_timeout') as lock_timeout,
            current_setting('statement_timeout') as statement_timeout`,
  )
  assert.deepEqual(row, {
    role: database.role,
    lock_timeout: '1234ms',
    statement_timeout: '3s',
  })
  assert.match(database.role, /^rowlock_server_./)
})

test('options in the URL are kept beside ours', async () => {
  const base = testDatabase.serverUrl
  const url = `${base}${base.includes('?') ? '&' : '?'}options=-c%20work_mem%3D5MB`
  const database = await open({ target: url })
  const [row] = await database.read(
    "select current_user::text as role, current_setting('work_mem') as work_mem",
  )
  assert.deepEqual(row, { role: database.role, work_mem: '5MB' })
})

test('a serving connection cannot write the tables', async () => {
  const database = await open()
  await assert.rejects(database.read('delete from rowlock.claims'), /permission denied/)
})

test('a login that may not become what was asked for serves as itself', async () => {
  const database = await open({ role: 'rowlock_stranger' })
  assert.notEqual(database.role, 'rowlock_stranger')
})

test('behind PgBouncer nothing is sent at start-up that it would refuse', async () => {
  const database = await open({ pgbouncer: true })
  assert.equal(database.namedStatements, false)
  const [row] = await database.read("select current_setting('statement_timeout') as timeout")
  assert.deepEqual(row, { timeout: '0' })
})

test('values come back as numbers and parsed JSON', async () => {
  const database = await open()
  const [row] = await database.read(
    `select 9007199254740991::int8 as version, array[1, 2]::int8[] as ids, '{}'::int8[] as none,
            '{"seats": [1]}'::jsonb as details, timestamptz '2026-12-01 19:00:00+00' as at`,
  )
  assert.deepEqual(row, {
    version: Number.MAX_SAFE_INTEGER,
    ids: [1, 2],
    none: [],
    details: { seats: [1] },
    at: new Date('2026-12-01T19:00:00Z'),
  })
  await assert.rejects(database.read('select 9007199254740993::int8'), RangeError)
})

test('a read is repeated when its connection is cut', async () => {
  const database = await open({ target: testDatabase.owner, role: null, poolSize: 1 })
  const [first] = await database.read<{ pid: number }>('select pg_backend_pid() as pid')
  // The query ends its own session the first time it runs.
  const [second] = await database.read<{ pid: number }>(
    `select case when pg_backend_pid() = $1 then pg_terminate_backend($1)::int end,
            pg_backend_pid() as pid
     from pg_sleep(case when pg_backend_pid() = $1 then 0.1 else 0 end)`,
    [first?.pid],
  )
  assert.notEqual(second?.pid, first?.pid)
})

test('a read that is wrong is not repeated', async () => {
  const database = await open()
  await assert.rejects(database.read('select 1 +'), (error) => classify(error) === 'bug')
})

test('a lane whose session is ended says so, and the process lives', async () => {
  const database = await open()
  const lane = await database.connectLane()
  const { rows } = await lane.query<{ pid: number }>('select pg_backend_pid() as pid')
  const ended = new Promise((resolve) => lane.once('end', resolve))
  await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  await ended
  await assert.rejects(lane.query('select 1'), (error) => classify(error) === 'lost')
})

test('a lane hears warnings', async () => {
  const database = await open()
  const lane = await database.connectLane()
  const heard = once(lane, 'notice')
  await lane.query("do $$ begin raise warning 'not replicated' using errcode = '01000'; end $$")
  const [notice] = await heard
  assert.deepEqual([notice.severity, notice.code], ['WARNING', '01000'])
  await lane.end()
})

test('a database that is not there is waited for, a wrong one is not', async () => {
  const target = { ...testDatabase.owner, host: '/nonexistent', connectionString: undefined }
  await assert.rejects(openDatabase({ target, patienceMs: 200 }), { code: 'ENOENT' })
  const missing = testDatabase.serverUrl.replace(testDatabase.name, 'no_such_database')
  await assert.rejects(openDatabase({ target: missing }), { code: '3D000' })
})

test('closing twice is fine', async () => {
  const database = await open()
  await database.close()
  await database.close()
})
