import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pictureOfSchema } from '../../scripts/schema-picture.ts'
import { connectClient } from '../../src/db/connection.ts'
import { SQL_DIR } from '../../src/db/sql-files.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('schema')
const owner = await connectClient(database.owner)
after(() => owner.end())

/** Other versions spell some definitions differently. */
const { rows } = await owner.query("select current_setting('server_version_num')::int as version")
const skip = rows[0]?.version < 180_000 ? 'schema.sql is drawn from PostgreSQL 18' : false

test('sql/schema.sql is what the migrations give: npm run schema', { skip }, async () => {
  const drawn = await readFile(join(SQL_DIR, 'schema.sql'), 'utf8')
  assert.equal(await pictureOfSchema(owner), drawn)
})

/** Defaults, checks and indexes that keep a function of ours from being replaced. */
async function tiedToFunctions(): Promise<string[]> {
  const { rows } = await owner.query<{ object: string }>(
    `select pg_describe_object(d.classid, d.objid, d.objsubid) as object
     from pg_depend d
     join pg_proc p on p.oid = d.refobjid and d.refclassid = 'pg_proc'::regclass
     where p.pronamespace = 'rowlock'::regnamespace
       and d.classid in ('pg_attrdef'::regclass, 'pg_constraint'::regclass)
     union all
     select pg_describe_object(d.classid, d.objid, d.objsubid)
     from pg_depend d
     join pg_proc p on p.oid = d.refobjid and d.refclassid = 'pg_proc'::regclass
     join pg_index i on i.indexrelid = d.objid and d.classid = 'pg_class'::regclass
     where p.pronamespace = 'rowlock'::regnamespace
     order by object`,
  )
  return rows.map(({ object }) => object)
}

/** Functions that act as the owner, and find what they name where their caller says. */
async function openToTheirCaller(): Promise<string[]> {
  const { rows } = await owner.query<{ function: string }>(
    `select p.oid::regprocedure::text as function
     from pg_proc p
     where p.pronamespace = 'rowlock'::regnamespace
       and p.prosecdef
       and not exists (
         select 1 from unnest(p.proconfig) as setting where setting like 'search_path=%'
       )`,
  )
  return rows.map((row) => row.function)
}

test('no default, check or index of a table needs a function of ours', async () => {
  assert.deepEqual(await tiedToFunctions(), [], 'or functions could not be replaced')
})

test('every function that acts as the owner fixes its search path', async () => {
  assert.deepEqual(await openToTheirCaller(), [])
})

test('control: a default, a check, an index and an open function are found out', async () => {
  await owner.query(`
    begin;
    create function rowlock.one() returns int language sql immutable security definer
    as $$ select 1 $$;
    create table rowlock.tied (
      one int default rowlock.one(),
      other int constraint tied_check check (other > rowlock.one())
    );
    create index tied_idx on rowlock.tied ((other + rowlock.one()));`)
  const [tied, open] = [await tiedToFunctions(), await openToTheirCaller()]
  await owner.query('rollback')
  assert.deepEqual(tied, [
    'constraint tied_check on table rowlock.tied',
    'default value for column one of table rowlock.tied',
    'index rowlock.tied_idx',
  ])
  assert.deepEqual(open, ['rowlock.one()'])
})
