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
import { readServerTraits, type ServerTraits } from './server-traits.ts'
import { SessionClient } from './session-client.ts'
import { classify } from './sqlstate.ts'

/** How to open the database. Only `target` is needed. */
export interface DatabaseSettings {
  readonly target: ConnectionTarget
  /** Transaction pooling in between: no start-up options, no named statements. */
  readonly pgbouncer?: boolean
  /** The role to serve as; null serves as the login user. Default `rowlock_server`. */
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
  /** Told about connections that broke while idle. */
  readonly onConnectionError?: (error: Error) => void
}

/** The one door to PostgreSQL, opened by `openDatabase`. */
export interface Database {
  /** For reads and administration; a lane has a connection of its own. */
  readonly pool: pg.Pool
  /** False behind PgBouncer: then `name` must be left out of queries. */
  readonly namedStatements: boolean
  /** The role that connections act as: `rowlock_server`, or the login user. */
  readonly role: string
  /** Such as 180004. */
  readonly versionNumber: number
  /**
   * A connection for one lane. It has an `error` listener; the lane listens to `end` and `notice`
   * (a warning at commit means in doubt) and ends it.
   */
  connectLane(): Promise<pg.Client>
  /** Runs a query that may run twice without harm, again when its connection was lost. */
  read<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The durability settings as serving connections see them. */
  durability(): Promise<Durability>
  /** Ends the pool; lanes end their own connections. May be called twice. */
  close(): Promise<void>
}

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
  const pool = openPool(config, settings)
  try {
    const durability = await readDurability(pool)
    if (durability.unsafe.length > 0 && !settings.allowUnsafeDurability) {
      throw new UnsafeDurabilityError(durability)
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  return door(pool, config, settings, traits)
}

async function look(base: pg.ClientConfig, settings: DatabaseSettings): Promise<ServerTraits> {
  const { patienceMs = 15_000, log } = settings
  const client = await connectPatiently(base, { patienceMs, log })
  try {
    const role = settings.pgbouncer ? null : settings.role
    return await readServerTraits(client, role === undefined ? 'rowlock_server' : role)
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
): Database {
  let closing: Promise<void> | undefined
  return {
    pool,
    namedStatements: !settings.pgbouncer,
    role: traits.role,
    versionNumber: traits.versionNumber,
    connectLane: () => connectClient(config),
    read: (text, values = []) => read(pool, text, values),
    durability: () => readDurability(pool),
    close: () => {
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
      const again = (kind === 'lost' || kind === 'retry' || kind === 'locked') && !pool.ending
      if (!again || attempt === READ_ATTEMPTS_MAX) throw error
    }
    await delay(READ_PAUSE_MS * 2 ** (attempt - 1))
  }
}
