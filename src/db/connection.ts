import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { ConnectError, NoHostError } from './connect-error.ts'
import { urlsOf } from './hosts.ts'
import { requireWritable } from './server-traits.ts'
import { SessionClient } from './session-client.ts'
import { classify } from './sqlstate.ts'
import { typeParsers } from './type-parsers.ts'

/** Address of the database: a `postgres://` URL, or the driver's own configuration. */
export type ConnectionTarget = string | pg.ClientConfig

/**
 * Settings that our statements rely on, whatever is set for the database or the login. Besides what
 * each `SessionClient` says, which PgBouncer understands; these it would refuse.
 */
const SESSION_OPTIONS = [
  '-c search_path=pg_catalog',
  '-c default_transaction_isolation=read\\ committed',
  '-c default_transaction_deferrable=off',
  '-c intervalstyle=postgres',
  '-c bytea_output=hex',
  '-c extra_float_digits=1',
  '-c array_nulls=on',
  '-c transform_null_equals=off',
  // A warning at commit says that it is in doubt.
  '-c client_min_messages=notice',
]

/** Server-side limits of a connection, all in milliseconds. */
export interface ConnectionLimits {
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly idleInTransactionTimeoutMs: number
  /**
   * Milliseconds between two looks of the server whether a busy client is still there; 0 where it
   * cannot.
   */
  readonly connectionCheckMs: number
}

/** Limits that fit a request's deadline of 10 seconds. */
export const DEFAULT_LIMITS: ConnectionLimits = {
  lockTimeoutMs: 1000,
  statementTimeoutMs: 3000,
  idleInTransactionTimeoutMs: 5000,
  connectionCheckMs: 2000,
}

/**
 * The driver waits this much longer than the server's own time limit, then calls the connection
 * lost: a network that swallows packets gives no error by itself.
 */
const ANSWER_GRACE_MS = 2000
/** Within which a connection is there, or is given up. */
export const CONNECT_TIMEOUT_MS = 5000
/** With several hosts: the next one may be the primary meanwhile. */
const HOST_TIMEOUT_MS = 2000

/**
 * The driver's configuration for a target: parsers and keep-alive, nothing that PgBouncer would
 * refuse.
 */
export function toClientConfig(
  target: ConnectionTarget,
  applicationName: string = 'rowlock',
): pg.ClientConfig {
  const base = typeof target === 'string' ? { connectionString: target } : target
  return {
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: typeParsers,
    ...base,
  }
}

/**
 * A configuration that names everything which the driver would otherwise take from `PG*` variables:
 * those are meant for another database than one that we have started ourselves.
 */
export function withoutEnvironment(config: pg.ClientConfig): pg.ClientConfig {
  return {
    client_encoding: 'UTF8',
    options: '-c default_transaction_read_only=off',
    ...config,
    ssl: false,
    sslnegotiation: 'postgres',
  }
}

/**
 * Adds a role and limits to a configuration as start-up options. Not for PgBouncer, which refuses
 * `options`; there the role's own settings (`alter role … set`) have to do.
 */
export function withServerOptions(
  config: pg.ClientConfig,
  limits: ConnectionLimits,
  role: string | null,
): pg.ClientConfig {
  const own = splitOptions(config)
  const options = [
    own.options,
    ...SESSION_OPTIONS,
    role === null ? '' : `-c role=${role.replace(/[\\ ]/g, '\\$&')}`,
    `-c lock_timeout=${limits.lockTimeoutMs}`,
    `-c statement_timeout=${limits.statementTimeoutMs}`,
    `-c idle_in_transaction_session_timeout=${limits.idleInTransactionTimeoutMs}`,
    limits.connectionCheckMs > 0
      ? `-c client_connection_check_interval=${limits.connectionCheckMs}`
      : '',
  ]
  return {
    ...own.config,
    options: options.filter((option) => option !== '').join(' '),
    query_timeout: limits.statementTimeoutMs + ANSWER_GRACE_MS,
  }
}

/** `?options=` of a URL would replace ours, so it is taken out of the URL and joined with them. */
function splitOptions(config: pg.ClientConfig): { config: pg.ClientConfig; options: string } {
  const url = config.connectionString
  const found = url?.match(/([?&])options=([^&]*)/)
  if (!url || !found) return { config, options: config.options ?? '' }
  const [text, mark = '?', value = ''] = found
  const connectionString = url.replace(text, mark === '?' ? '?' : '')
  const options = decodeURIComponent(value.replaceAll('+', ' '))
  return { config: { ...config, connectionString: connectionString.replace('?&', '?') }, options }
}

/** A configuration for each host of the URL; the configuration itself where it names one. */
export function configsOf(config: pg.ClientConfig): pg.ClientConfig[] {
  const url = config.connectionString
  const urls = url === undefined ? [] : urlsOf(url)
  if (urls.length < 2) return urls[0] === undefined ? [config] : [withUrl(config, urls[0])]
  const connectionTimeoutMillis = HOST_TIMEOUT_MS
  return urls.map((one) => ({ ...withUrl(config, one), connectionTimeoutMillis }))
}

function withUrl(config: pg.ClientConfig, connectionString: string): pg.ClientConfig {
  return { ...config, connectionString }
}

/**
 * A connected client. It has an `error` listener, without which the end of an idle connection
 * would end the process; the end itself is seen through the `end` event or the next query. Of
 * several hosts the first that takes writes. Throws `ConnectError`.
 */
export async function connectClient(config: pg.ClientConfig): Promise<pg.Client> {
  const [first = config, ...others] = configsOf(config)
  if (others.length === 0) return connectTo(first, async () => {})
  const problems: ConnectError[] = []
  for (const one of [first, ...others]) {
    try {
      return await connectTo(one, requireWritable)
    } catch (error) {
      problems.push(error as ConnectError)
    }
  }
  throw new NoHostError(problems)
}

async function connectTo(
  config: pg.ClientConfig,
  check: (client: pg.Client) => Promise<void>,
): Promise<pg.Client> {
  let client: pg.Client | undefined
  try {
    client = new SessionClient(config)
    client.on('error', () => {})
    await client.connect()
    await check(client)
    return client
  } catch (error) {
    await client?.end().catch(() => {})
    throw new ConnectError(error, config.connectionString)
  }
}

/** Patience with a database that is not there yet, and who is told. */
export interface Patience {
  readonly patienceMs: number
  /** Told once, when the waiting begins. */
  readonly log?: ((message: string) => void) | undefined
}

/**
 * Connects, and while the database is not there yet (starting, restarting, name not known yet)
 * tries again until `patienceMs` have passed. A refusal such as a wrong password is final at once.
 */
export async function connectPatiently(
  config: pg.ClientConfig,
  { patienceMs, log = () => {} }: Patience,
): Promise<pg.Client> {
  const giveUpAt = performance.now() + patienceMs
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    try {
      return await connectClient(config)
    } catch (error) {
      const kind = classify(error)
      const hopeless = kind !== 'lost' && kind !== 'full'
      if (hopeless || performance.now() + pauseMs > giveUpAt) throw error
      if (pauseMs === 50) log(waitingFor(error as ConnectError, patienceMs))
    }
    await delay(pauseMs)
  }
}

function waitingFor({ message }: ConnectError, patienceMs: number): string {
  const seconds = Math.round(patienceMs / 1000)
  return `The database cannot be reached yet (${message}): trying for ${seconds} seconds.`
}
