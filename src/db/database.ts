import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import {
  CONNECT_TIMEOUT_MS,
  type ConnectionLimits,
  type ConnectionTarget,
  connectPatiently,
  DEFAULT_LIMITS,
  toClientConfig,
  withServerOptions,
} from './connection.ts'
import { DatabaseWatch, type WatchedState } from './database-watch.ts'
import {
  type Durability,
  readDurability,
  readUnsafeOfNodes,
  UnsafeDurabilityError,
} from './durability.ts'
import { Failures, type ToldFailure } from './failures.ts'
import { refuseMovableClock } from './movable-clock.ts'
import { Primary, type PrimaryStatus } from './primary.ts'
import { readServerTraits, type ServerTraits } from './server-traits.ts'
import type { FailureKind } from './sqlstate.ts'

/** Settings for opening the database. Only `target` is needed. */
export interface DatabaseSettings {
  readonly target: ConnectionTarget
  /** Transaction pooling in between: no start-up options, no named statements. */
  readonly pgbouncer?: boolean
  /** The role to serve as; null serves as the login user. By default that of the database. */
  readonly role?: string | null
  readonly poolSize?: number
  readonly limits?: Partial<ConnectionLimits>
  readonly applicationName?: string
  /** Serve although a crash may lose answered bookings. For tests and trials only. */
  readonly allowUnsafeDurability?: boolean
  /** Refuse to serve where commits wait for no synchronous standby. */
  readonly requireSync?: boolean
  /** Open a database although its clock can be moved: for `rowlock dev`, and who looks at that. */
  readonly allowMovableClock?: boolean
  /** Milliseconds to wait for a database that is not there yet. */
  readonly patienceMs?: number
  /** Told when that waiting begins. */
  readonly log?: (message: string) => void
  /** Told when settings are found unsafe while it serves (their names), and when all are safe. */
  readonly onDurability?: (unsafe: readonly string[]) => void
  /** Milliseconds between two looks at the settings. */
  readonly watchDurabilityMs?: number
  /** Told about connections that broke while idle. */
  readonly onConnectionError?: (error: Error) => void
  /** Told what fails, once for each kind and minute. */
  readonly onFailure?: (failure: ToldFailure) => void
}

/** State of the database that serves; facts that only a look can tell are some seconds old. */
export type DatabaseStatus = PrimaryStatus &
  WatchedState & {
    readonly pool: {
      readonly max: number
      readonly idle: number
      readonly busy: number
      /** Queries that wait for a connection. */
      readonly waiting: number
    }
  }

/** The one door to PostgreSQL, opened by `openDatabase`. */
export interface Database {
  /** For reads and administration; a lane has a connection of its own. */
  readonly pool: pg.Pool
  /** False behind PgBouncer: then `name` must be left out of queries. */
  readonly namedStatements: boolean
  /** The role that connections act as: that of the database, or the login user. */
  readonly role: string
  /** True when that role is shared with other databases: see `SHARED_ROLE`. */
  readonly isShared: boolean
  /** True when shows are kept in shards, on several nodes: see docs/operating/citus.md. */
  readonly isSharded: boolean
  /** Such as 180004. */
  readonly versionNumber: number
  /** False where unsafe settings were allowed: then commits wait for what the database says. */
  readonly isDurable: boolean
  /**
   * A connection for one lane. It has an `error` listener; the lane listens to `end` and `notice`
   * (a warning at commit means in doubt) and ends it.
   */
  connectLane(): Promise<pg.Client>
  /** Runs a query that may run twice without harm, again when its connection was lost. */
  read<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The durability settings as serving connections see them. */
  durability(): Promise<Durability>
  /**
   * Names of settings that are off now, so that a crash could lose what is answered; looked at
   * every few seconds. Nothing may be written while there are any.
   */
  unsafe(): readonly string[]
  /** Counts and tells what goes wrong: who catches an error of the database notes it here. */
  readonly failures: Failures
  /** Costs nothing. */
  status(): DatabaseStatus
  /** Ends the pool; lanes end their own connections. May be called twice. */
  close(): Promise<void>
}

const AGAIN: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'lost',
  'read_only',
  'refused',
  'retry',
  'locked',
])
const READ_ATTEMPTS_MAX = 5
const READ_PAUSE_MS = 50

/**
 * Opens the database for serving. Throws `UnsupportedServerError` below PostgreSQL 14,
 * `UnsafeDurabilityError` where a crash could lose bookings, `MovableClockError` where the clock
 * can be moved, and what the driver throws when no
 * connection can be made.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const failures = new Failures(settings.onFailure ?? (() => {}))
  const base = toClientConfig(settings.target, settings.applicationName)
  const traits = await look(base, settings)
  const config = servingConfig(base, settings, traits)
  const pinned = settings.allowUnsafeDurability
    ? config
    : await durable(config, settings, traits, failures)
  const primary = new Primary(pinned, failures, settings)
  // Whoever starts the server is told now what nobody could be told later.
  await (await primary.connect()).end()
  const pool = openPool(primary, settings)
  const watch = new DatabaseWatch(pool, primary, failures, {
    ...settings,
    isSharded: traits.isSharded,
  })
  return door({ pool, primary, failures, watch }, settings, traits)
}

/**
 * Keeps what a commit waits for as it is at the start for every connection, whatever becomes of the
 * settings of database and role. PgBouncer takes no options: there each batch sees to it.
 */
async function durable(
  config: pg.ClientConfig,
  { pgbouncer }: DatabaseSettings,
  { isSharded }: ServerTraits,
  failures: Failures,
): Promise<pg.ClientConfig> {
  const client = await new Primary(config, failures).connect()
  try {
    const durability = await readDurability(client)
    const ofNodes = isSharded ? await readUnsafeOfNodes(client) : []
    const unsafe = [...durability.unsafe, ...ofNodes]
    if (unsafe.length > 0) throw new UnsafeDurabilityError(unsafe)
    if (pgbouncer) return config
    const level = `-c synchronous_commit=${durability.synchronous_commit}`
    return { ...config, options: `${config.options ?? ''} ${level}`.trim() }
  } finally {
    await client.end()
  }
}

async function look(base: pg.ClientConfig, settings: DatabaseSettings): Promise<ServerTraits> {
  const { patienceMs = 15_000, log } = settings
  const client = await connectPatiently(base, { patienceMs, log })
  try {
    if (!settings.allowMovableClock) await refuseMovableClock(client)
    const role = settings.pgbouncer ? null : settings.role
    return await readServerTraits(client, role)
  } finally {
    await client.end()
  }
}

function servingConfig(
  base: pg.ClientConfig,
  settings: DatabaseSettings,
  traits: ServerTraits,
): pg.ClientConfig {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  if (!traits.checksConnections) limits.connectionCheckMs = 0
  if (settings.pgbouncer) return { ...base, query_timeout: limits.statementTimeoutMs + 2000 }
  return withServerOptions(base, limits, traits.role === traits.user ? null : traits.role)
}

function openPool(primary: Primary, settings: DatabaseSettings): pg.Pool {
  const tell = settings.onConnectionError ?? (() => {})
  const max = settings.poolSize ?? 10
  const Client = primary.clientClass()
  const connectionTimeoutMillis = CONNECT_TIMEOUT_MS
  const pool = new pg.Pool({ Client, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis })
  pool.on('error', tell)
  // The pool listens to idle clients only; one that breaks between two queries of a transaction
  // would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

interface Parts {
  readonly pool: pg.Pool
  readonly primary: Primary
  readonly failures: Failures
  readonly watch: DatabaseWatch
}

function door(parts: Parts, settings: DatabaseSettings, traits: ServerTraits): Database {
  const { pool, primary, failures, watch } = parts
  let closing: Promise<void> | undefined
  return {
    pool,
    namedStatements: !settings.pgbouncer,
    role: traits.role,
    isShared: traits.isShared,
    isSharded: traits.isSharded,
    versionNumber: traits.versionNumber,
    isDurable: !settings.allowUnsafeDurability,
    connectLane: () => primary.connect(),
    read: (text, values = []) => read(parts, text, values),
    durability: () => readDurability(pool),
    unsafe: () => watch.unsafe,
    failures,
    status: () => ({ ...primary.status, ...watch.state, pool: poolStatus(pool) }),
    close: () => {
      watch.stop()
      closing ??= pool.end()
      return closing
    },
  }
}

function poolStatus(pool: pg.Pool): DatabaseStatus['pool'] {
  const { totalCount, idleCount, waitingCount, options } = pool
  const busy = totalCount - idleCount
  return { max: options.max, idle: idleCount, busy, waiting: waitingCount }
}

async function read<Row extends pg.QueryResultRow>(
  { pool, failures }: Parts,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await pool.query<Row>(text, [...values])).rows
    } catch (error) {
      const again = AGAIN.has(failures.note(error, 'read')) && !pool.ending
      if (!again || attempt === READ_ATTEMPTS_MAX) throw error
    }
    await delay(READ_PAUSE_MS * 2 ** (attempt - 1))
  }
}
