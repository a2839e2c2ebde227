/**
 * Brings a database to the state that the SQL directory describes. Steps, in one transaction, so
 * that a crash or a failure leaves the old state, and old servers never see half of the new one:
 *
 * 1. wait for other migrators (a transaction-level lock: works through PgBouncer too);
 * 2. refuse a database that is newer than this code, or migrations that were edited;
 * 3. apply the migrations that are missing, in order;
 * 4. re-apply functions, views and grants, when they or the tables changed.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import {
  allowSharding,
  distributeTables,
  isSharded,
  keepToCoordinator,
  kernelInUse,
  makeKernels,
  mayMakeKernels,
  routeToKernels,
} from './citus/distribute.ts'
import { ConnectError } from './connect-error.ts'
import { type ConnectionTarget, connectPatiently, toClientConfig } from './connection.ts'
import { type MigrationStatus, ROUTINES_NAME, readStatus, refusalOf } from './migration-status.ts'
import { applyRoutines, dropRoutines } from './routines.ts'
import { admitLogin, retireSharedRole } from './server-roles.ts'
import { requireWritable } from './server-traits.ts'
import { applySqlFile } from './sql-error.ts'
import { readSqlFiles, SQL_DIR, type SqlFile, type SqlFiles } from './sql-files.ts'
import { classify, sqlstateOf } from './sqlstate.ts'

/** Directory of the SQL, and callbacks that are told what was applied. */
export interface MigrateOptions {
  readonly sqlDir?: string
  /** Instead of `sqlDir`: files that were read before. */
  readonly files?: SqlFiles
  readonly log?: (message: string) => void
  /** Milliseconds to wait for a database that is not there yet. */
  readonly patienceMs?: number
  /** Login of the servers: becomes a member of the database's server role, where we may do that. */
  readonly login?: string | undefined
  /** Keep shows in so many shards, on the nodes of this Citus coordinator; once is enough. */
  readonly shardCount?: number | undefined
  /** No server of the version before runs any more: takes away what it needed. */
  readonly retireSharedRole?: boolean
}

/** Changes that a run made; all empty when the database was up to date. */
export interface MigrateResult {
  readonly applied: readonly string[]
  readonly routinesApplied: boolean
}

/** The database and the SQL directory contradict each other; nothing was changed. */
export class MigrationRefusedError extends Error {
  override readonly name = 'MigrationRefusedError'
}

/** Dependent objects still exist; cannot alter the type of a column used by a view. */
const ROUTINE_IN_THE_WAY: ReadonlySet<string> = new Set(['2BP01', '0A000'])
const ATTEMPTS_MAX = 6
const PATIENCE_MS = 15_000

/**
 * Migrates as the given user. A database that is up to date is left alone and needs no more than
 * the right to read `rowlock.migrations`. Safe from many processes at once, and to repeat. Throws
 * `MigrationRefusedError`, or the error of the SQL with the file and line it came from.
 */
export async function migrate(
  target: ConnectionTarget,
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  const files = options.files ?? (await readSqlFiles(options.sqlDir ?? SQL_DIR))
  for (let attempt = 1; ; attempt++) {
    try {
      return await withClient(target, options, async (client) => {
        const kernelBefore = await kernelInUse(client)
        const result = await migrateOnce(client, files, options)
        const kernel = await kernelInUse(client)
        // A server asks whether all is done, too: it makes none, and nodes make what is missing.
        if (kernel !== null && (await mayMakeKernels(client))) {
          await makeKernels(client, [kernel, kernelBefore ?? kernel])
        }
        if (options.login !== undefined) await admitLogin(client, options.login)
        if (options.retireSharedRole) await retireSharedRole(client)
        return result
      })
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !mayPass(error)) throw error
      options.log?.(`Retrying the migration: ${(error as Error).message}`)
    }
    await delay(100 * 2 ** attempt * (0.5 + Math.random() / 2))
  }
}

/**
 * Tells what a migration would do now. Changes nothing; for readiness and `rowlock migrate
 * --check`.
 */
export async function migrationStatus(
  target: ConnectionTarget | pg.Pool | pg.Client,
  options: MigrateOptions = {},
): Promise<MigrationStatus> {
  const files = options.files ?? (await readSqlFiles(options.sqlDir ?? SQL_DIR))
  if (typeof target === 'object' && 'query' in target) return readStatus(target, files)
  return withClient(target, options, (client) => readStatus(client, files))
}

async function withClient<T>(
  target: ConnectionTarget,
  options: MigrateOptions,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const config = toClientConfig(target, 'rowlock migrate')
  const { patienceMs = PATIENCE_MS, log } = options
  const client = await connectPatiently(config, { patienceMs, log })
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * The transaction is all or nothing, so whatever may go away by itself may be tried again: lost
 * connections (also at commit: the next attempt looks first), locks held by busy servers, and
 * roles, which belong to the whole cluster and are made by migrations of other databases too.
 */
function mayPass(error: unknown): boolean {
  // Whoever connects has been patient already.
  if (error instanceof ConnectError) return false
  const kind = classify(error)
  if (kind === 'lost' || kind === 'retry' || kind === 'locked') return true
  const message = error instanceof Error ? error.message : ''
  if (message.includes('tuple concurrently')) return true
  return sqlstateOf(error) === '23505' && message.includes('pg_auth')
}

async function migrateOnce(
  client: pg.Client,
  files: SqlFiles,
  options: MigrateOptions,
): Promise<MigrateResult> {
  const seen = await readStatus(client, files)
  refuse(seen)
  if (seen.upToDate && !(await isToBeSharded(client, options))) {
    return { applied: [], routinesApplied: false }
  }
  await requireWritable(client)
  await client.query('begin')
  try {
    await prepare(client)
    const status = await readStatus(client, files)
    refuse(status)
    const result = await applyMissing(client, files, status, options)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Says in one line what was applied: a new database takes dozens of migrations. */
function describeApplied(paths: readonly string[]): string {
  const last = paths.at(-1)
  if (paths.length === 1) return `Applied ${last}.`
  return `Applied ${paths.length} migrations, up to ${last}.`
}

async function isToBeSharded(client: pg.Client, { shardCount }: MigrateOptions): Promise<boolean> {
  return shardCount !== undefined && !(await isSharded(client))
}

function refuse(status: MigrationStatus): void {
  const reason = refusalOf(status)
  if (reason !== null) throw new MigrationRefusedError(reason)
}

/** The lock comes first: two first migrators would both create the schema. */
async function prepare(client: pg.Client): Promise<void> {
  await client.query("set local lock_timeout = '60s'")
  await client.query('set local statement_timeout = 0')
  await client.query('set local idle_in_transaction_session_timeout = 0')
  await client.query("select pg_advisory_xact_lock(hashtext('rowlock.migrations'))")
  await client.query('set local search_path = pg_catalog')
  // Waiting longer for a table would block everybody who comes after us.
  await client.query("set local lock_timeout = '5s'")
  await client.query('create schema if not exists rowlock')
  await client.query(
    `create table if not exists rowlock.migrations (
       name text not null,
       hash text not null,
       applied_at timestamptz not null default clock_timestamp(),
       constraint migrations_pkey primary key (name)
     )`,
  )
}

async function applyMissing(
  client: pg.Client,
  files: SqlFiles,
  status: MigrationStatus,
  options: MigrateOptions,
): Promise<MigrateResult> {
  const missing = files.migrations.filter((file) => status.pending.includes(file.path))
  const wasSharded = await isSharded(client)
  if (wasSharded) await allowSharding(client)
  for (const file of missing) {
    await applyMigration(client, file)
    await record(client, file.path, file.hash)
  }
  if (missing.length > 0) options.log?.(describeApplied(missing.map(({ path }) => path)))
  const isSharding = await isToBeSharded(client, options)
  const routinesApplied = missing.length > 0 || status.routinesChanged || isSharding
  if (routinesApplied) {
    // Tables that are referred to become others when they are distributed: nothing may be bound to
    // those that were.
    if (isSharding) {
      await dropRoutines(client)
      await distributeTables(client, options.shardCount as number)
    }
    if (isSharding || wasSharded) await keepToCoordinator(client)
    await applyRoutines(client, files.routines)
    if (isSharding || wasSharded) await routeToKernels(client, files)
    await record(client, ROUTINES_NAME, files.routinesHash)
    options.log?.(`Applied ${files.routines.length} files of functions and views.`)
  }
  return { applied: missing.map((file) => file.path), routinesApplied }
}

/**
 * A migration may change a column that a view shows, or a type that a function takes. Functions
 * and views are re-created afterwards in any case, so where they are in the way they go first.
 */
async function applyMigration(client: pg.Client, file: SqlFile): Promise<void> {
  await client.query('savepoint migration')
  try {
    await applySqlFile(client, file)
  } catch (error) {
    if (!ROUTINE_IN_THE_WAY.has(sqlstateOf(error) ?? '')) throw error
    await client.query('rollback to savepoint migration')
    await dropRoutines(client)
    await applySqlFile(client, file)
  }
  await client.query('release savepoint migration')
}

async function record(client: pg.Client, name: string, hash: string): Promise<void> {
  await client.query(
    `insert into rowlock.migrations (name, hash)
     values ($1, $2)
     on conflict (name) do update
     set hash = excluded.hash, applied_at = excluded.applied_at`,
    [name, hash],
  )
}
