import type pg from 'pg'
import type { Database } from './database.ts'
import { type Durability, readDurability, readUnsafeOfNodes } from './durability.ts'
import { type Identity, readIdentity } from './identity.ts'
import { type MigrationStatus, readStatus } from './migration-status.ts'
import { hasMovableClock } from './movable-clock.ts'
import { readSqlFiles } from './sql-files.ts'
import { mayGainRights, mayWriteTables } from './table-rights.ts'

/** Pooler between us and PostgreSQL. */
export type Pooler = 'none' | 'session' | 'transaction'

/** Settings of a serving connection that our deadlines rest on; times in milliseconds. */
export interface SessionSettings {
  readonly lock_timeout: number
  readonly statement_timeout: number
  readonly idle_in_transaction_session_timeout: number
  readonly client_connection_check_interval: number
  readonly default_transaction_isolation: string
}

/** Fitness of a database for selling, as serving connections find it. */
export interface Fitness {
  readonly login: string
  readonly role: string
  readonly isShared: boolean
  readonly mayWriteTables: boolean
  readonly mayGainRights: boolean
  readonly durability: Durability
  /** Settings of other nodes without which answers would not survive there. */
  readonly unsafeOfNodes: readonly string[]
  /** Other nodes that do not let this login in, or do not answer at all. */
  readonly silentNodes: readonly string[]
  /** Shards of a sharded database; 0 on one PostgreSQL. */
  readonly shards: number
  readonly settings: SessionSettings
  readonly pooler: Pooler
  readonly identity: Identity
  /** Null without the right to see them. */
  readonly synchronousStandbys: number | null
  readonly migrations: MigrationStatus
  /** Lead of the database's clock over ours, and how exactly it is known. */
  readonly clock: { readonly aheadMs: number; readonly withinMs: number }
  /** It was made for development, and its time can be moved. */
  readonly hasMovableClock: boolean
  readonly connections: { readonly used: number; readonly max: number }
  /** Replication slots that nobody reads: what they keep fills the disk. */
  readonly idleSlots: readonly { readonly name: string; readonly bytes: number }[]
}

/** Looks at everything over the connections of an open database. Changes nothing. */
export async function readFitness(database: Database): Promise<Fitness> {
  const { pool } = database
  const client = await pool.connect()
  try {
    const migrations = await readStatus(pool, await readSqlFiles())
    const isMigrated = migrations.pending.length === 0
    return {
      login: await one<string>(client, 'session_user::text'),
      role: database.role,
      isShared: database.isShared,
      mayWriteTables: isMigrated && (await mayWriteTables(database)),
      mayGainRights: isMigrated && (await mayGainRights(database)),
      durability: await readDurability(client),
      unsafeOfNodes: database.isSharded ? await readUnsafeOfNodes(client) : [],
      silentNodes: database.isSharded ? await readSilentNodes(client) : [],
      shards: database.isSharded ? await one<number>(client, SHARDS) : 0,
      settings: await readSettings(client),
      pooler: await readPooler(client, pool),
      identity: await readIdentity(client),
      synchronousStandbys: await one<number | null>(client, STANDBYS),
      migrations,
      clock: await readClock(client),
      hasMovableClock: await hasMovableClock(client),
      connections: {
        used: await one<number>(client, '(select count(*)::int from pg_stat_activity)'),
        max: await one<number>(client, MAX_CONNECTIONS),
      },
      idleSlots: await readIdleSlots(client),
    }
  } finally {
    client.release()
  }
}

/** Asks as whoever serves: nodes log in to each other as that role. */
async function readSilentNodes(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ node: string }>(
    `select format('%s:%s', asked.nodename, asked.nodeport) as node
     from run_command_on_workers('select 1') as asked
     where not asked.success`,
  )
  return rows.map(({ node }) => node)
}

const STANDBYS = `(
  select case
    when bool_or(sync_state is null) then null
    else count(*) filter (where sync_state in ('sync', 'quorum'))::int
  end
  from pg_stat_replication)`

const SHARDS = `(
  select count(*)::int
  from pg_dist_shard
  where logicalrelid = 'rowlock.policies'::regclass)`

const MAX_CONNECTIONS = `
  current_setting('max_connections')::int
    - current_setting('superuser_reserved_connections')::int`

async function one<Value>(client: pg.ClientBase, expression: string): Promise<Value> {
  const { rows } = await client.query<{ value: Value }>(`select ${expression} as value`)
  return rows[0]?.value as Value
}

async function readSettings(client: pg.ClientBase): Promise<SessionSettings> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `select name, setting
     from pg_settings
     where name in (
       'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout',
       'client_connection_check_interval', 'default_transaction_isolation'
     )`,
  )
  const named = new Map(rows.map(({ name, setting }) => [name, setting]))
  const ms = (name: string) => Number(named.get(name) ?? 0)
  return {
    lock_timeout: ms('lock_timeout'),
    statement_timeout: ms('statement_timeout'),
    idle_in_transaction_session_timeout: ms('idle_in_transaction_session_timeout'),
    client_connection_check_interval: ms('client_connection_check_interval'),
    default_transaction_isolation: named.get('default_transaction_isolation') ?? '',
  }
}

/**
 * A pooler gives its clients numbers of its own, by which they cancel. Two clients that are idle
 * share a connection in transaction mode, and have one each in session mode.
 */
async function readPooler(client: pg.PoolClient, pool: pg.Pool): Promise<Pooler> {
  const pid = await one<number>(client, 'pg_backend_pid()')
  if ((client as unknown as { processID: number }).processID === pid) return 'none'
  const other = await pool.connect()
  try {
    return (await one<number>(other, 'pg_backend_pid()')) === pid ? 'transaction' : 'session'
  } finally {
    other.release()
  }
}

async function readClock(client: pg.ClientBase): Promise<Fitness['clock']> {
  const before = Date.now()
  const now = await one<number>(client, 'extract(epoch from clock_timestamp())::float8 * 1000')
  const withinMs = (Date.now() - before) / 2
  return { aheadMs: Math.round(now - before - withinMs), withinMs: Math.ceil(withinMs) }
}

async function readIdleSlots(client: pg.ClientBase): Promise<Fitness['idleSlots']> {
  const { rows } = await client.query<{ name: string; bytes: number }>(
    `select slot_name::text as name,
            pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8 as bytes
     from pg_replication_slots
     where not active and restart_lsn is not null`,
  )
  return rows
}
