import { z } from 'zod'
import { ENGINE_DEFAULTS } from '../../engine/index.ts'
import { LIMITS_USUAL } from '../../server/limits/index.ts'
import {
  databaseUrl,
  flag,
  hosts,
  httpUrl,
  operatorKey,
  origins,
  proxies,
  share,
  wholeNumber,
} from './parsers.ts'

/** One variable of the environment. */
interface Setting {
  readonly schema: z.ZodType<unknown, string>
  /** Value when it is not set, as documentation says it. */
  readonly fallback: string
  /** One or two sentences for whoever runs Rowlock. */
  readonly about: string
}

/** Levels of the log, from silent to everything. */
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

/** Samplers of traces, by the names of OpenTelemetry. */
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const

/** Choices of who may create accounts. */
const REGISTRATIONS = ['open', 'closed'] as const

/**
 * Every variable that Rowlock reads, in the order of the documentation, whose table is made of
 * this one.
 */
export const SETTINGS = {
  PORT: {
    schema: wholeNumber(0, 65_535),
    fallback: '3000',
    about: 'TCP port of the HTTP server; 0 picks a free one.',
  },
  HOST: {
    schema: z.string().max(255),
    fallback: '127.0.0.1',
    about: 'Address to listen on. `0.0.0.0` opens the server to the network.',
  },
  DATABASE_URL: {
    schema: databaseUrl,
    fallback: 'the embedded PostgreSQL',
    about:
      'PostgreSQL 14 or later, as `postgres://user:password@host:5432/database`. Several hosts, ' +
      'separated by commas, are tried in turn; the one that is not a standby is used.',
  },
  ROWLOCK_MIGRATION_URL: {
    schema: databaseUrl,
    fallback: '`DATABASE_URL`',
    about:
      'The same database as its owner, used for migrating only. Then the user of ' +
      '`DATABASE_URL` needs no more than membership in `rowlock_server`.',
  },
  ROWLOCK_PGBOUNCER: {
    schema: flag,
    fallback: 'false',
    about: '`true` when `DATABASE_URL` points to PgBouncer in transaction mode.',
  },
  ROWLOCK_REQUIRE_SYNC: {
    schema: flag,
    fallback: 'false',
    about:
      '`true` refuses to sell while commits do not wait for a synchronous standby: an answered ' +
      'booking then survives the loss of a machine.',
  },
  ROWLOCK_DATA_DIR: {
    schema: z.string(),
    fallback: '.rowlock',
    about: 'Where the embedded PostgreSQL keeps its data. Ignored with `DATABASE_URL`.',
  },
  ROWLOCK_OPERATOR_KEY: {
    schema: operatorKey,
    fallback: 'a generated one',
    about:
      'The key for creating shows, cancelling, blocks and the journal: at least 16 characters. ' +
      'A generated one is printed at start; with the embedded PostgreSQL it is kept in ' +
      '`operator-key` in the data directory, otherwise it lasts as long as the server.',
  },
  ROWLOCK_DEMO: {
    schema: flag,
    fallback: 'true with the embedded PostgreSQL, else false',
    about: 'Load demo data when the database has no venues and no shows.',
  },
  LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }),
    fallback: 'info',
    about: `One of ${LOG_LEVELS.join(', ')}. The log goes to standard error.`,
  },
  ROWLOCK_POOL_SIZE: {
    schema: wholeNumber(1, 1_000),
    fallback: '10',
    about: 'Database connections for reads and administration.',
  },
  ROWLOCK_QUEUE_MAX: {
    schema: wholeNumber(1, 1_000_000),
    fallback: String(ENGINE_DEFAULTS.queueMax),
    about: 'Commands that may wait to be written; beyond that, callers get `busy`.',
  },
  ROWLOCK_BATCH_MAX: {
    schema: wholeNumber(1, 10_000),
    fallback: String(ENGINE_DEFAULTS.batchMax),
    about: 'Maximum number of commands in one database transaction.',
  },
  ROWLOCK_CORS_ORIGINS: {
    schema: origins,
    fallback: 'none',
    about: 'Web origins whose pages may call the API, separated by commas, or `*`.',
  },
  ROWLOCK_TRUST_PROXY: {
    schema: proxies,
    fallback: 'false',
    about:
      'Whose `X-Forwarded-*` headers are trusted: `true`, or addresses and networks separated by ' +
      'commas (`10.0.0.0/8`, `loopback`).',
  },
  ROWLOCK_HOSTS: {
    schema: hosts,
    fallback: 'any',
    about:
      'The only names that requests may be for (`Host`), separated by commas, such as ' +
      '`tickets.example`. Health and metrics answer by any name.',
  },
  ROWLOCK_LIMITS: {
    schema: flag,
    fallback: 'on, unless only this machine is served',
    about:
      '`on` or `off`: the limits below, all counted by each server for itself. When not set they ' +
      'are on, unless `HOST` is a loopback address and no proxy is trusted; then they turn on ' +
      'with the first request that a proxy forwards.',
  },
  ROWLOCK_RATE_ANONYMOUS: {
    schema: wholeNumber(1, 100_000_000),
    fallback: String(LIMITS_USUAL.requests.anonymous),
    about:
      'Units per minute for one address, for callers who are not signed in. Most requests cost ' +
      'one unit: see docs/operating/costs.md.',
  },
  ROWLOCK_RATE_USER: {
    schema: wholeNumber(1, 100_000_000),
    fallback: String(LIMITS_USUAL.requests.user),
    about: 'Units per minute for one user.',
  },
  ROWLOCK_RATE_PARTNER: {
    schema: wholeNumber(1, 100_000_000),
    fallback: String(LIMITS_USUAL.requests.partner),
    about: 'Units per minute for one API key, and for the operator key.',
  },
  ROWLOCK_RATE_BOX_OFFICE: {
    schema: wholeNumber(1, 100_000_000),
    fallback: String(LIMITS_USUAL.requests.boxOffice),
    about: 'Units per minute for one person at the box office, and for one operator.',
  },
  ROWLOCK_HELD_SEATS_MAX: {
    schema: wholeNumber(0, 100_000),
    fallback: String(LIMITS_USUAL.heldSeatsMax),
    about:
      'Seats of one show that one user, or callers from one address who are not signed in, may ' +
      'hold at once; 0 for any number.',
  },
  ROWLOCK_STREAMS_PER_CLIENT: {
    schema: wholeNumber(1, 100_000),
    fallback: String(LIMITS_USUAL.streamsPerClient),
    about: 'Streams that one key, user or address may have open on one server.',
  },
  ROWLOCK_REGISTRATION: {
    schema: z.enum(REGISTRATIONS, { error: `must be one of ${REGISTRATIONS.join(', ')}` }),
    fallback: 'open',
    about: '`open`: anyone may create an account. `closed`: only the box office and operators may.',
  },
  ROWLOCK_SHUTDOWN_SECONDS: {
    schema: wholeNumber(0, 3_600),
    fallback: '15',
    about: 'How long a stopping server may take to finish requests.',
  },
  ROWLOCK_DRAIN_SECONDS: {
    schema: wholeNumber(0, 3_600),
    fallback: '0',
    about:
      'How long a stopping server keeps serving while `/health/ready` answers 503, so that the ' +
      'load balancer sends nothing more its way: twice the interval of its checks.',
  },
  ROWLOCK_ALLOW_UNSAFE_DURABILITY: {
    schema: flag,
    fallback: 'false',
    about:
      'Serve although `fsync`, `full_page_writes` or `synchronous_commit` is off and a crash ' +
      'may lose answered bookings. For trials only.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: httpUrl,
    fallback: 'nothing is traced',
    about:
      'Where traces are sent, as OTLP over HTTP in JSON, such as `http://collector:4318`: see ' +
      'docs/operating/tracing.md. `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is the whole address.',
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    schema: httpUrl,
    fallback: '`OTEL_EXPORTER_OTLP_ENDPOINT` and `/v1/traces`',
    about: 'Where to send traces, as a complete URL.',
  },
  OTEL_TRACES_EXPORTER: {
    schema: z.string().max(255),
    fallback: '`otlp` where an endpoint is set',
    about: '`otlp`: send traces, to this machine if no endpoint is set. `none`: send none.',
  },
  OTEL_SDK_DISABLED: {
    schema: flag,
    fallback: 'false',
    about: '`true` turns tracing off, no matter what else is set.',
  },
  OTEL_TRACES_SAMPLER: {
    schema: z.enum(SAMPLERS, { error: `must be one of ${SAMPLERS.join(', ')}` }),
    fallback: '`parentbased_always_on`',
    about: "Which traces are recorded; `parentbased_`: the proxy's decision comes first.",
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: share,
    fallback: '1',
    about: 'For `traceidratio`: how many of them, from 0 to 1.',
  },
} as const satisfies Record<string, Setting>

/** Variables that had a meaning once, and what to do about them now. */
export const FORMER_SETTINGS: Readonly<Record<string, string>> = {
  ROWLOCK_LANES:
    'ROWLOCK_LANES is deprecated and does nothing: connections that write follow the load. ' +
    'Remove it.',
}

/** The name of a variable that Rowlock reads. */
export type SettingName = keyof typeof SETTINGS

/** Values by variable; what was not set is undefined. */
export type SettingValues = {
  readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> | undefined
}
