import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { connectClient } from '../../src/db/connection.ts'
import { MigrationRefusedError, migrate, migrationStatus } from '../../src/db/migrate.ts'
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts'
import { useSqlDir, writeSql } from '../support/sql-dir.ts'

const PROCESS = fileURLToPath(new URL('../support/migrate-process.ts', import.meta.url))

const SEATS = 'create table rowlock.seats (n int not null, constraint seats_pkey primary key (n));'
const ROWS = 'insert into rowlock.seats select generate_series(1, 3);'
const COUNT = `create or replace function rowlock.seat_count() returns bigint language sql
  as $$ select count(*) from rowlock.seats $$;`

async function emptyDatabase(name: string): Promise<TestDatabase> {
  const database = await createEmptyDatabase(name)
  after(() => database.drop())
  return database
}

async function ask(database: TestDatabase, text: string): Promise<unknown[]> {
  const client = await connectClient({ ...database.owner })
  try {
    const { rows } = await client.query({ text, rowMode: 'array' })
    return rows.flat()
  } finally {
    await client.end()
  }
}

function threeFiles(): Promise<string> {
  return useSqlDir({
    'migrations/001_seats.sql': SEATS,
    'migrations/002_rows.sql': ROWS,
    'functions/seat_count.sql': COUNT,
  })
}

test('an empty database gets every migration once, in order', async () => {
  const database = await emptyDatabase('migrate once')
  const sqlDir = await threeFiles()
  const before = await migrationStatus(database.owner, { sqlDir })
  assert.deepEqual(before.pending, ['migrations/001_seats.sql', 'migrations/002_rows.sql'])
  const first = await migrate(database.owner, { sqlDir })
  assert.deepEqual(first.applied, ['migrations/001_seats.sql', 'migrations/002_rows.sql'])
  const second = await migrate(database.owner, { sqlDir })
  assert.deepEqual(second, { applied: [], routinesApplied: false })
  assert.deepEqual(await ask(database, 'select rowlock.seat_count()'), ['3'])
  assert.equal((await migrationStatus(database.owner, { sqlDir })).upToDate, true)
})

test('four processes at once apply every migration once', async () => {
  const database = await emptyDatabase('migrate at once')
  const sqlDir = await threeFiles()
  const args = [PROCESS, JSON.stringify(database.owner), sqlDir]
  const runs = [1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, args))
  const results = (await Promise.all(runs)).map(({ stdout }) => JSON.parse(stdout))
  const applied = results.flatMap((result) => result.applied)
  assert.deepEqual(applied.sort(), ['migrations/001_seats.sql', 'migrations/002_rows.sql'])
  assert.deepEqual(await ask(database, 'select count(*) from rowlock.seats'), ['3'])
})

test('a migration that was edited after it was applied is refused', async () => {
  const database = await emptyDatabase('migrate edited')
  const sqlDir = await threeFiles()
  await migrate(database.owner, { sqlDir })
  await writeSql(sqlDir, 'migrations/002_rows.sql', `${ROWS} -- edited`)
  await assert.rejects(migrate(database.owner, { sqlDir }), (error: Error) => {
    assert.ok(error instanceof MigrationRefusedError)
    return error.message.includes('migrations/002_rows.sql')
  })
})

test('line ends of a checkout on Windows are no edit', async () => {
  const database = await emptyDatabase('migrate line ends')
  const sqlDir = await useSqlDir({ 'migrations/001_seats.sql': `-- Seats.\n${SEATS}\n` })
  await migrate(database.owner, { sqlDir })
  await writeSql(sqlDir, 'migrations/001_seats.sql', `-- Seats.\r\n${SEATS}\r\n`)
  assert.equal((await migrationStatus(database.owner, { sqlDir })).upToDate, true)
})

test('a database that is newer than the code is refused', async () => {
  const database = await emptyDatabase('migrate newer')
  const sqlDir = await threeFiles()
  await migrate(database.owner, { sqlDir })
  await rm(join(sqlDir, 'migrations/002_rows.sql'))
  await assert.rejects(migrate(database.owner, { sqlDir }), /newer than this Rowlock.*002_rows/)
})

test('a migration that fails leaves nothing of its run, and says file and line', async () => {
  const database = await emptyDatabase('migrate failing')
  const sqlDir = await useSqlDir({
    'migrations/001_seats.sql': SEATS,
    'migrations/002_wrong.sql': 'select 1;\nselect wrong;\n',
  })
  await assert.rejects(migrate(database.owner, { sqlDir }), /sql\/migrations\/002_wrong\.sql:2: /)
  assert.deepEqual(await ask(database, "select to_regclass('rowlock.seats')"), [null])
})

test('a migration that ends the transaction is refused', async () => {
  const database = await emptyDatabase('migrate commit')
  const sqlDir = await useSqlDir({ 'migrations/001_seats.sql': `${SEATS} commit; begin;` })
  await assert.rejects(migrate(database.owner, { sqlDir }), /must not end the transaction/)
})

test('two migrations with one number are refused', async () => {
  const sqlDir = await useSqlDir({
    'migrations/001_seats.sql': SEATS,
    'migrations/001_rows.sql': ROWS,
  })
  await assert.rejects(migrate('postgres://nowhere', { sqlDir }), /have the same number/)
})

test('a server that may not migrate starts on a database that is up to date', async () => {
  const database = await emptyDatabase('migrate as server')
  const sqlDir = await useSqlDir({
    'migrations/001_seats.sql': SEATS,
    'functions/zz_grants.sql': `grant usage on schema rowlock to public;
      grant select on all tables in schema rowlock to public;`,
  })
  await migrate(database.owner, { sqlDir })
  const result = await migrate(database.server, { sqlDir })
  assert.deepEqual(result, { applied: [], routinesApplied: false })
})
