/**
 * Rowlock on Citus: what belongs to shows is kept in shards by show, on the nodes; what all shows
 * share is copied to each of them; people and webhooks stay with the coordinator. Each shard has a
 * kernel of its own (sql/citus), because Citus would plan each statement of ours anew.
 */
import type pg from 'pg'
import { applySqlFile } from '../sql-error.ts'
import { isGrants, type SqlFiles } from '../sql-files.ts'
import { dispatcherOf, ENTRY_POINTS } from './entry-points.ts'
import { hashOfKernel, readKernelParts } from './kernel-parts.ts'

/** Each row belongs to one show. The first one says where; the others are beside it. */
export const OF_SHOWS: readonly string[] = ['policies', 'claims', 'journal', 'refusals', 'tallies']
/** Read by kernels, written rarely: in an order in which keys find what they refer to. */
export const OF_CATALOGUE: readonly string[] = [
  'venues',
  'plans',
  'plan_parts',
  'lines',
  'seats',
  'shows',
]

/** Functions that kernels share, and that the coordinator's own statements ask of nodes. */
const ON_ALL_NODES = [
  'clock()',
  'is_ahead(timestamptz, timestamptz, timestamptz)',
  'make_kernel(bigint, text)',
  'kernel_of(bigint, text)',
  'ms(timestamptz)',
  'holder_key(text, text)',
  'bucket_of(bigint)',
  'restores_until(timestamptz[], timestamptz)',
]
const VIEWS_OF_SHOWS: ReadonlySet<string> = new Set(
  ['chains', 'seat_statuses', 'show_counts', 'show_times'].map((name) => `views/${name}.sql`),
)

/** Citus finds a shard by the values of parameters: with a plan for all values, it finds none. */
const PLAN_WITH_VALUES = `
  do $do$
  declare
    v_function regprocedure;
  begin
    for v_function in
      select oid::regprocedure
      from pg_proc
      where pronamespace = 'rowlock'::regnamespace
        and 'plan_cache_mode=force_generic_plan' = any(proconfig)
    loop
      execute format('alter function %s reset plan_cache_mode', v_function);
    end loop;
  end
  $do$`

/** There is no Citus, or no coordinator, where tables were to be distributed. */
export class CitusMissingError extends Error {
  override readonly name = 'CitusMissingError'
}

/** Tells whether the shows of this database are kept in shards. */
export async function isSharded(client: pg.Client | pg.Pool): Promise<boolean> {
  if (!(await hasCitus(client))) return false
  const { rowCount } = await (client as pg.Pool).query(
    "select from pg_dist_partition where logicalrelid = to_regclass('rowlock.policies')",
  )
  return rowCount === 1
}

async function hasCitus(client: pg.Client | pg.Pool): Promise<boolean> {
  const { rowCount } = await (client as pg.Pool).query(
    "select from pg_extension where extname = 'citus'",
  )
  return rowCount === 1
}

/** Lets one transaction change all shards, one after the other. */
export async function allowSharding(client: pg.Client): Promise<void> {
  await client.query("set local citus.multi_shard_modify_mode = 'sequential'")
}

/** Functions and views that come now are the coordinator's; nodes get theirs as kernels. */
export async function keepToCoordinator(client: pg.Client): Promise<void> {
  await client.query('set local citus.enable_ddl_propagation = off')
}

/** Distributes the tables of a migrated database. In the open transaction. */
export async function distributeTables(client: pg.Client, shardCount: number): Promise<void> {
  if (!(await hasCitus(client))) {
    throw new CitusMissingError(
      'The database has no Citus: "create extension citus" on every node, and add the nodes.',
    )
  }
  await allowSharding(client)
  await client.query(
    'create table rowlock.kernel_parts (place int primary key, text text not null)',
  )
  const counted = await readIdentities(client)
  for (const table of [...OF_CATALOGUE, 'kernel_parts']) {
    await client.query('select create_reference_table($1)', [`rowlock.${table}`])
  }
  const [first, ...others] = OF_SHOWS.map((table) => `rowlock.${table}`) as [string, ...string[]]
  await client.query(
    "select create_distributed_table($1, 'show_id', shard_count => $2, colocate_with => 'none')",
    [first, shardCount],
  )
  for (const table of others) {
    await client.query("select create_distributed_table($1, 'show_id', colocate_with => $2)", [
      table,
      first,
    ])
  }
  // Citus makes the sequences anew: shows would get the numbers of others that are there.
  for (const { table, column, last } of counted) {
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3)', [table, column, last])
  }
}

interface Identity {
  readonly table: string
  readonly column: string
  readonly last: string
}

/** The last numbers that were given to rows of the tables, where any were. */
async function readIdentities(client: pg.Client): Promise<Identity[]> {
  const { rows } = await client.query<Identity>(
    `select * from (
       select
         attrelid::regclass::text as table,
         attname::text as column,
         pg_sequence_last_value(
           pg_get_serial_sequence(attrelid::regclass::text, attname)::regclass
         ) as last
       from pg_attribute
       where attrelid = any($1::regclass[]) and attidentity <> ''
     ) as identity
     where last is not null`,
    [[...OF_CATALOGUE, ...OF_SHOWS].map((table) => `rowlock.${table}`)],
  )
  return rows
}

/**
 * Puts the way to the shards' kernels in the place of the functions about shows, which must be
 * those of `sql/functions` now. From the commit on, calls go to kernels of the new text; they are
 * made when they are needed first.
 */
export async function routeToKernels(
  client: pg.Client,
  { routines, citus }: Pick<SqlFiles, 'routines' | 'citus'>,
): Promise<void> {
  for (const net of [
    'journal_append_only on rowlock.journal',
    'claims_bookings_stay on rowlock.claims',
  ]) {
    await client.query(`drop trigger ${net}`)
  }
  const parts = await readKernelParts(client, ENTRY_POINTS)
  const hash = await hashOfKernel(client, parts)
  await client.query(PLAN_WITH_VALUES)
  await client.query('delete from rowlock.kernel_parts')
  await client.query(
    `insert into rowlock.kernel_parts (place, text)
     select place, text from unnest($1::text[]) with ordinality as part (text, place)`,
    [parts],
  )
  await client.query('set local citus.enable_ddl_propagation = on')
  for (const file of citus) await applySqlFile(client, file)
  for (const helper of ON_ALL_NODES) {
    await client.query('select create_distributed_function($1)', [`rowlock.${helper}`])
  }
  for (const file of routines) {
    if (VIEWS_OF_SHOWS.has(file.path)) await applySqlFile(client, file)
  }
  for (const point of ENTRY_POINTS) await client.query(dispatcherOf(point, hash))
  for (const { signature, parameters } of ENTRY_POINTS) {
    await client.query("select create_distributed_function($1, $2, 'rowlock.policies', true)", [
      signature,
      parameters.split(' ')[0],
    ])
  }
  // Servers act on the nodes as they do here: with the same rights, which go along now.
  for (const file of routines.filter(isGrants)) await applySqlFile(client, file)
}

/** The text of kernels that calls go to now; null where nothing is sharded. */
export async function kernelInUse(client: pg.Client): Promise<string | null> {
  if (!(await isSharded(client))) return null
  const { rows } = await client.query<{ hash: string | null }>(
    `select substring(prosrc from '''([0-9a-f]{8})''') as hash
     from pg_proc
     where oid = to_regprocedure('rowlock.apply_at(bigint, json, bigint)')`,
  )
  return rows[0]?.hash ?? null
}

/** Tells whether whoever is logged in owns the kernels; servers do not. */
export async function mayMakeKernels(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_function_privilege('rowlock.make_kernel(bigint, text)', 'execute') as may",
  )
  return rows[0]?.may === true
}

/**
 * Makes what kernels are missing, so that no first call has to, and drops those of other texts than
 * these: one is in use, and calls to the one before may be under way. Not in a transaction: every
 * node is asked by itself.
 */
export async function makeKernels(client: pg.Client, hashes: readonly string[]): Promise<void> {
  const [hash = ''] = hashes
  await client.query('set statement_timeout = 0')
  const { rows } = await client.query<{ success: boolean; result: string }>(
    "select success, result from run_command_on_shards('rowlock.policies', $1)",
    [
      `select rowlock.make_kernel(shard, 'rowlock_g' || shard || '_${hash}')
       from (select substring('%s' from '\\d+$')::bigint as shard) as this`,
    ],
  )
  // Who may connect is up to each node, and is not sent along with other rights.
  await client.query(
    `select run_command_on_workers(
       format('grant connect on database %I to %I', current_database(), known.name)
     )
     from rowlock.server_roles as known`,
  )
  const failed = rows.find(({ success }) => !success)
  if (failed !== undefined) throw new Error(`A kernel could not be created: ${failed.result}`)
  await client.query('select run_command_on_all_nodes($1)', [
    `do $do$
     declare
       v_kernel text;
     begin
       set local citus.enable_ddl_propagation = off;
       for v_kernel in
         select nspname
         from pg_namespace
         where nspname ~ '^rowlock_g\\d+_'
           and nspname !~ '_(${hashes.join('|')})$'
       loop
         execute format('drop schema %I cascade', v_kernel);
       end loop;
     end
     $do$`,
  ])
}
