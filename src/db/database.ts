import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import {
  type ConnectionLimits,
  type ConnectionTarget,
  connectClient,
  connectPatiently,
  DEFAULT_LIMITS,
  toClientConfig,
  withServerOptions,
} from './connection.ts'
import { type Durability, readDurability, UnsafeDurabilityError } from './durability.ts'
import { DurabilityWatch } from './durability-watch.ts'
import { readServerTraits, type ServerTraits } from './server-traits.ts'
import { SessionClient } from './session-client.ts'
import { classify, type FailureKind } from './sqlstate.ts'

/** How to open the database. Only `target` is needed. */
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
  /** How long to wait for a database that is not there yet. */
  readonly patienceMs?: number
  /** Told when that waiting begins. */
  readonly log?: (message: string) => void
  /** Told when settings are found unsafe while it serves (their names), and when all are safe. */
  readonly onDurability?: (unsafe: readonly string[]) => void
  /** How often the settings are looked at. */
  readonly watchDurabilityMs?: number
  /** Told about connections that broke while idle. */
  readonly onConnectionError?: (error: Error) => void
}

/** The one door to PostgreSQL, opened by `openDatabase`. */
export interface Database {
  /** For reads and administration; a lane has a connection of its own. */
  readonly pool: pg.Pool
  /** False behind PgBouncer: then `name` must be left out of queries. */
  readonly namedStatements: boolean
  /** The role that connections act as: that of the database, or the login user. */
  readonly role: string
  /** Whether that role is shared with other databases: see `SHARED_ROLE`. */
  readonly isShared: boolean
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
  /** Ends the pool; lanes end their own connections. May be called twice. */
  close(): Promise<void>
}

const AGAIN: ReadonlySet<FailureKind> = new Set(['lost', 'refused', 'retry', 'locked'])
const READ_ATTEMPTS_MAX = 5
const READ_PAUSE_MS = 50

/**
 * Opens the database for serving. Throws `UnsupportedServerError` below PostgreSQL 14,
 * `UnsafeDurabilityError` where a crash could lose bookings, and what the driver throws when no
 * connection can be made.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const base = toClientConfig(settings.target, settings.applicationName)
  const traits = await look(base, settings)
  const config = servingConfig(base, settings, traits)
  if (settings.allowUnsafeDurability) {
    return door(openPool(config, settings), config, settings, traits, null)
  }
  const pinned = await durable(config, settings)
  const pool = openPool(pinned, settings)
  return door(pool, pinned, settings, traits, new DurabilityWatch(pool, settings))
}

/**
 * What a commit waits for stays as it is at the start for every connection, whatever becomes of
 * the settings of database and role. PgBouncer takes no options: there each batch sees to it.
 */
async function durable(
  config: pg.ClientConfig,
  { pgbouncer }: DatabaseSettings,
): Promise<pg.ClientConfig> {
  const client = await connectClient(config)
  try {
    const durability = await readDurability(client)
    if (durability.unsafe.length > 0) throw new UnsafeDurabilityError(durability)
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

function openPool(config: pg.ClientConfig, settings: DatabaseSettings): pg.Pool {
  const tell = settings.onConnectionError ?? (() => {})
  const max = settings.poolSize ?? 10
  const pool = new pg.Pool({ ...config, Client: SessionClient, max, idleTimeoutMillis: 30_000 })
  pool.on('error', tell)
  // The pool listens to idle clients only; one that breaks between two queries of a transaction
  // would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function door(
  pool: pg.Pool,
  config: pg.ClientConfig,
  settings: DatabaseSettings,
  traits: ServerTraits,
  watch: DurabilityWatch | null,
): Database {
  let closing: Promise<void> | undefined
  return {
    pool,
    namedStatements: !settings.pgbouncer,
    role: traits.role,
    isShared: traits.isShared,
    versionNumber: traits.versionNumber,
    isDurable: watch !== null,
    connectLane: () => connectClient(config),
    read: (text, values = []) => read(pool, text, values),
    durability: () => readDurability(pool),
    unsafe: () => watch?.unsafe ?? [],
    close: () => {
      watch?.stop()
      closing ??= pool.end()
      return closing
    },
  }
}

async function read<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await pool.query<Row>(text, [...values])).rows
    } catch (error) {
      const kind = classify(error)
      const again = AGAIN.has(kind) && !pool.ending
      if (!again || attempt === READ_ATTEMPTS_MAX) throw error
    }
    await delay(READ_PAUSE_MS * 2 ** (attempt - 1))
  }
}
