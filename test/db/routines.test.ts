import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type pg from 'pg'
import { connectClient } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts'
import { useSqlDir, writeSql } from '../support/sql-dir.ts'

const SEATS = 'create table rowlock.seats (n int not null, constraint seats_pkey primary key (n));'
const VIEW = `create or replace view rowlock.numbered as
  select n, rowlock.label(n) as label from rowlock.seats;`

function label(type: string, body: string): string {
  return `create or replace function rowlock.label(n int) returns ${type} language sql
    as $$ select ${body} $$;`
}

const GUARD = `create or replace function rowlock.guard() returns trigger language plpgsql
  as $$ begin return null; end $$;
  create or replace trigger seats_guard before delete on rowlock.seats
  for each row execute function rowlock.guard();`

/** A migrated database with a function, a view on it, and a trigger. */
async function begin(name: string) {
  const database: TestDatabase = await createEmptyDatabase(name)
  const sqlDir = await useSqlDir({
    'migrations/001_seats.sql': SEATS,
    'functions/guard.sql': GUARD,
    'functions/label.sql': label('text', "'seat ' || n"),
    'views/numbered.sql': VIEW,
  })
  await migrate(database.owner, { sqlDir })
  const client: pg.Client = await connectClient(database.owner)
  after(async () => {
    await client.end()
    await database.drop()
  })
  await client.query('insert into rowlock.seats values (7)')
  const again = () => migrate(database.owner, { sqlDir })
  const read = async (text: string) =>
    (await client.query({ text, rowMode: 'array' })).rows.flat() as unknown[]
  return { client, sqlDir, again, read }
}

test('a function is re-applied when its file changes, and only then', async () => {
  const { sqlDir, again, read } = await begin('routine body')
  assert.equal((await again()).routinesApplied, false)
  await writeSql(sqlDir, 'functions/label.sql', label('text', "'place ' || n"))
  assert.deepEqual(await again(), { applied: [], routinesApplied: true })
  assert.deepEqual(await read('select label from rowlock.numbered'), ['place 7'])
})

test('a function may get another return type although a view uses it', async () => {
  const { sqlDir, again, read } = await begin('routine type')
  await writeSql(sqlDir, 'functions/label.sql', label('int', 'n * 2'))
  await again()
  assert.deepEqual(await read('select label from rowlock.numbered'), [14])
  assert.deepEqual(
    await read("select tgname from pg_trigger where tgrelid = 'rowlock.seats'::regclass"),
    ['seats_guard'],
  )
})

test('what no file defines any more goes, with its trigger', async () => {
  const { sqlDir, again, read } = await begin('routine gone')
  // A grant on all of them writes those, too, which no file defines.
  const grants = 'revoke all on all functions in schema rowlock from public;'
  await writeSql(sqlDir, 'views/zz_grants.sql', grants)
  await rm(join(sqlDir, 'functions/guard.sql'))
  await rm(join(sqlDir, 'views/numbered.sql'))
  await again()
  const left = await read(
    `select proname from pg_proc where pronamespace = 'rowlock'::regnamespace
     union all
     select relname from pg_class where relnamespace = 'rowlock'::regnamespace and relkind = 'v'
     union all
     select tgname from pg_trigger where tgrelid = 'rowlock.seats'::regclass`,
  )
  assert.deepEqual(left, ['label'])
})

test('another argument replaces a function instead of adding one', async () => {
  const { sqlDir, again, read } = await begin('routine overload')
  await writeSql(
    sqlDir,
    'functions/label.sql',
    label('text', "'seat ' || n").replace('n int', 'n int, p_prefix text default null'),
  )
  await again()
  const overloads = "select count(*)::int from pg_proc where proname = 'label'"
  assert.deepEqual(await read(overloads), [1])
})

test("an operator's view and grants on ours survive a change of ours", async () => {
  const { client, sqlDir, again, read } = await begin('routine report')
  await client.query(`create view public.report as select label from rowlock.numbered;
                      grant select on rowlock.numbered to public`)
  await writeSql(sqlDir, 'functions/label.sql', label('text', "'place ' || n"))
  await again()
  assert.deepEqual(await read('select label from public.report'), ['place 7'])
  const mayRead = "select has_table_privilege('public', 'rowlock.numbered', 'select')"
  assert.deepEqual(await read(mayRead), [true])
})

test("a change that would break an operator's view is refused, and nothing happens", async () => {
  const { client, sqlDir, again, read } = await begin('routine refused')
  await client.query('create view public.report as select label from rowlock.numbered')
  await writeSql(sqlDir, 'functions/label.sql', label('int', 'n * 2'))
  await assert.rejects(again(), /public\.report|view report/)
  assert.deepEqual(await read('select label from public.report'), ['seat 7'])
})

test('a migration may change a column that our view shows', async () => {
  const { sqlDir, again, read } = await begin('routine column')
  await writeSql(
    sqlDir,
    'migrations/002_bigint.sql',
    'alter table rowlock.seats alter column n type bigint;',
  )
  await writeSql(sqlDir, 'functions/label.sql', label('text', "'seat ' || n"))
  await writeSql(sqlDir, 'views/numbered.sql', VIEW.replace('label(n)', 'label(n::int)'))
  await again()
  assert.deepEqual(await read('select n::text from rowlock.numbered'), ['7'])
})

test('a function that cannot work fails the migration, not the first request', async () => {
  const { sqlDir, again } = await begin('routine broken')
  await writeSql(sqlDir, 'functions/label.sql', label('text', 'missing_column from rowlock.seats'))
  await assert.rejects(again(), /missing_column/)
})

test('files named zz_ come after functions and views', async () => {
  const { sqlDir, again, read } = await begin('routine grants')
  await writeSql(
    sqlDir,
    'functions/zz_grants.sql',
    'grant select on rowlock.fresh to public; grant execute on function rowlock.fresh() to public;',
  )
  await writeSql(
    sqlDir,
    'views/fresh.sql',
    'create or replace view rowlock.fresh as select 1 as x;',
  )
  await writeSql(
    sqlDir,
    'functions/zfresh.sql',
    'create or replace function rowlock.fresh() returns int language sql as $$ select 1 $$;',
  )
  await again()
  assert.deepEqual(await read("select has_table_privilege('public', 'rowlock.fresh', 'select')"), [
    true,
  ])
})
