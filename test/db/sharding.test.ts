/**
 * The rules by which shows can be kept in shards, on Citus: looked at in the migrated schema of one
 * PostgreSQL, and in the statements of the engine. What is otherwise is named here with its reason,
 * and nothing is added to it unnoticed: docs/decisions/0020-sharded-by-show.md.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type pg from 'pg'
import { OF_CATALOGUE, OF_SHOWS } from '../../src/db/citus/distribute.ts'
import { ENTRY_POINTS } from '../../src/db/citus/entry-points.ts'
import { readKernelParts } from '../../src/db/citus/kernel-parts.ts'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'
import { sourceFiles } from '../tidy/rules/source-file.ts'

/** Lists over all shows: none of them is asked while seats are sold. */
const OVER_ALL_SHOWS = [
  'journal_holder_idx',
  'journal_owner_bookings_idx',
  'journal_owner_holds_idx',
  'journal_reference_idx',
]

/** A second net below the functions, which are the only writers: Citus wants to be told. */
const NETS = ['claims_bookings_stay', 'journal_append_only']

/** Functions that servers call about shows, and that have the show elsewhere than in front. */
const SHOW_ELSEWHERE: Readonly<Record<string, string>> = {
  add_seats: 'writes the catalogue, too',
  apply: 'for servers of the version before',
  change_show: 'writes the catalogue, too',
  create_show: 'writes the catalogue, too',
  delete_show: 'writes the catalogue, too',
  repeat_show: 'writes the catalogue, too',
  replay_webhook: 'of all shows that a webhook follows',
  webhook_lags: 'of all shows that a webhook follows',
  webhook_turns: 'of many shows, whose webhooks the coordinator has',
  webhook_work: 'of all shows that a webhook follows',
}

/** Files with statements of their own about what belongs to shows, and about which shows. */
const STATEMENTS: Readonly<Record<string, string>> = {
  'src/engine/operations/booking-pages.ts': 'one show, or all by owner, holder or reference',
  'src/engine/operations/check-show.ts': 'one show',
  'src/engine/operations/count-seats.ts': 'all shows on sale, for operators',
  'src/engine/operations/get-report.ts': 'one show',
  'src/engine/operations/list-holds-of.ts': 'all shows, by owner',
  'src/engine/operations/list-journal.ts': 'one show',
  'src/engine/operations/live-chains.ts': 'one show',
  'src/engine/operations/read-chain.ts': 'one show',
  'src/engine/operations/read-show.ts': 'one show, or those that are listened to',
  'src/engine/sold-show.ts': 'one show',
  'src/engine/stored/stored-show.ts': 'one show, or a page of shows',
}

const database = await useTestDatabase('sharding')
const owner = await connectClient(database.owner)
after(() => owner.end())
await owner.query('set search_path = pg_catalog')

async function namesOf(sql: string, values: unknown[] = [OF_SHOWS]): Promise<string[]> {
  return (await owner.query<{ name: string }>(sql, values)).rows.map(({ name }) => name)
}

const WRONG_INDEXES = `
  select index.indexrelid::regclass::name::text as name
  from pg_index as index
  join pg_class as class on class.oid = index.indrelid
  where class.relnamespace = 'rowlock'::regnamespace
    and class.relname = any($1)
    and pg_get_indexdef(index.indexrelid, 1, true) <> 'show_id'
  order by 1`

test('keys of what belongs to a show begin with the show', async () => {
  const wrong = async () => {
    const names = await namesOf(WRONG_INDEXES)
    return names.map((name) => name.replace(/^rowlock\./, ''))
  }
  assert.deepEqual(await wrong(), OVER_ALL_SHOWS)
  await inVain(async () => {
    await owner.query('create index claims_hold_idx on rowlock.claims (hold_id)')
    assert.ok((await wrong()).includes('claims_hold_idx'))
  })
})

const WRONG_TABLE_PARTS = `
  select tgname::text as name
  from pg_trigger
  join pg_class as class on class.oid = tgrelid
  where class.relnamespace = 'rowlock'::regnamespace
    and class.relname = any($1)
    and not tgisinternal
  union all
  select conname::text
  from pg_constraint
  join pg_class as class on class.oid in (conrelid, confrelid)
  where class.relnamespace = 'rowlock'::regnamespace
    and class.relname = any($1)
    and contype = 'f'
  union all
  select format('%s.%s', class.relname, attribute.attname)
  from pg_attribute as attribute
  join pg_class as class on class.oid = attribute.attrelid
  where class.relnamespace = 'rowlock'::regnamespace
    and class.relname = any($1)
    and attribute.attidentity <> ''
  order by 1`

test('its tables number nothing, refer to nothing, and have no triggers but the nets', async () => {
  assert.deepEqual(await namesOf(WRONG_TABLE_PARTS), NETS)
  await inVain(async () => {
    await owner.query(
      `alter table rowlock.refusals add column id bigint generated always as identity;
       alter table rowlock.tallies
         add constraint tallies_show foreign key (show_id) references rowlock.shows (show_id)`,
    )
    const wrong = await namesOf(WRONG_TABLE_PARTS)
    assert.ok(wrong.includes('refusals.id') && wrong.includes('tallies_show'))
  })
})

/**
 * Functions that servers may call and that, by itself or by what it calls, names tables of shows or
 * views.
 */
const CALLS = `
  with recursive named (name) as (
    select unnest($1::text[]) collate "C"
    union
    select view.relname::text collate "C"
    from named
    join pg_class as view on view.relkind = 'v' and view.relnamespace = 'rowlock'::regnamespace
    -- Without its schema, where the search path has it.
    where pg_get_viewdef(view.oid) ~ ('\\m' || named.name || '\\M')
  ),
  proc as (
    select oid, proname::text as name, prosrc, proargnames[1] as first
    from pg_proc
    where pronamespace = 'rowlock'::regnamespace
  ),
  reaching as (
    select proc.oid, proc.name
    from proc
    where exists (
      select from named where proc.prosrc ~ ('\\mrowlock\\.' || named.name || '\\M')
    )
    union
    select proc.oid, proc.name
    from reaching
    join proc on proc.prosrc ~ ('\\mrowlock\\.' || reaching.name || '\\M')
  )
  select distinct proc.name
  from reaching
  join proc using (oid)
  where coalesce(proc.first, '') not in ('p_show', 'p_show_id')
    and exists (
      select
      from rowlock.server_roles as known
      where not known.shared
        and has_function_privilege(known.name, proc.oid, 'execute')
    )
  order by 1`

test('what servers call about a show has the show in front', async () => {
  assert.deepEqual(await namesOf(CALLS), Object.keys(SHOW_ELSEWHERE).sort())
  await inVain(async () => {
    await owner.query(
      `create function rowlock.peek(p_seat int, p_show bigint) returns bigint language sql
         as 'select count(*) from rowlock.seat_statuses where show_id = p_show';
       grant execute on function rowlock.peek to public`,
    )
    assert.ok((await namesOf(CALLS)).includes('peek'))
  })
})

/** Functions of SQL that read shows or the catalogue, and are not in the kernel of each shard. */
const UNPLANNED = `
  select proname::text as name
  from pg_proc
  join pg_language as language on language.oid = prolang
  where pronamespace = 'rowlock'::regnamespace
    and lanname = 'sql'
    and pronargs > 0
    and prosrc ~ ('\\mrowlock\\.(' || array_to_string($1::text[], '|') || ')\\M')
    and proname <> all ($2::text[])
  order by 1`

/** Functions that the kernel of each shard has for itself. */
async function kernelFunctions(): Promise<string[]> {
  const parts = await readKernelParts(owner, ENTRY_POINTS)
  return parts.flatMap((part) => {
    return /^CREATE OR REPLACE FUNCTION @kernel\.(\w+)/.exec(part)?.[1] ?? []
  })
}

test('outside the kernel no function of SQL with parameters reads what is sharded', async () => {
  const read = async () =>
    namesOf(UNPLANNED, [[...OF_SHOWS, ...OF_CATALOGUE, ...VIEWS], await kernelFunctions()])
  assert.deepEqual(await read(), [])
  await inVain(async () => {
    await owner.query(
      `create function rowlock.peek(p_show bigint) returns bigint language sql
         as 'select count(*) from rowlock.seats'`,
    )
    assert.deepEqual(await read(), ['peek'])
  })
})

const SHARDED = [...OF_SHOWS, ...OF_CATALOGUE].join('|')
const UPDATE = new RegExp(
  `\\bupdate rowlock\\.(?:${SHARDED})\\b.*?\\bset\\b(.*?)(?:\\bwhere\\b|;)`,
  'gs',
)
const CALL =
  /\browlock\.\w+\(|\b(?:clock_timestamp|statement_timestamp|gen_random_uuid|random|nextval)\(/

test('outside the kernel an update sets what was found before, and calls nothing', async () => {
  const calling = async () => {
    const { rows } = await owner.query<{ name: string; prosrc: string }>(
      `select proname::text as name, prosrc
       from pg_proc
       where pronamespace = 'rowlock'::regnamespace
         and proname <> all ($1::text[])
       order by 1`,
      [await kernelFunctions()],
    )
    const updates = rows.flatMap(({ name, prosrc }) =>
      [...prosrc.matchAll(UPDATE)].map(([, set = '']) => ({ name, set })),
    )
    assert.ok(updates.length >= 3, `${updates.length} updates`)
    return updates.filter(({ set }) => CALL.test(set)).map(({ name }) => name)
  }
  assert.deepEqual(await calling(), [])
  await inVain(async () => {
    await owner.query(
      `create function rowlock.peek() returns void language plpgsql
         as 'begin update rowlock.plans set retired_at = rowlock.clock() where name = ''a''; end'`,
    )
    assert.deepEqual(await calling(), ['peek'])
  })
})

const VIEWS = ['chains', 'seat_statuses', 'show_counts', 'show_times']
const NAMED = new RegExp(`\\browlock\\.(${[...OF_SHOWS, ...VIEWS].join('|')})\\b`)

test('statements of the engine about what belongs to shows are few, and known', () => {
  const found = sourceFiles(['src/engine', 'src/feed', 'src/auth', 'src/calls'], ['.ts'])
    .filter(({ text }) => NAMED.test(text))
    .map(({ path }) => path)
  assert.deepEqual(found.sort(), Object.keys(STATEMENTS).sort())
  assert.match('join rowlock.chains as chain', NAMED)
})

/** Does something to the schema, and takes it back. */
async function inVain(work: () => Promise<void>): Promise<void> {
  const client: pg.Client = owner
  await client.query('begin')
  try {
    await work()
  } finally {
    await client.query('rollback')
  }
}
