import { ENGINE_DEFAULTS, type EngineSettings } from '../../engine/index.ts'
import { LIMITS_USUAL, type LimitSettings } from '../../server/limits/index.ts'
import { FORMER_SETTINGS, SETTINGS, type SettingName, type SettingValues } from './settings.ts'

/** The configuration of a process, complete and valid. */
export interface Configuration {
  readonly port: number
  readonly host: string
  /** Null means the embedded PostgreSQL. */
  readonly databaseUrl: string | null
  readonly migrationUrl: string | null
  readonly pgbouncer: boolean
  readonly requireSync: boolean
  readonly dataDir: string
  /** Null means: make one up. */
  readonly operatorKey: string | null
  readonly demo: boolean
  readonly logLevel: string
  readonly poolSize: number
  readonly engine: Pick<EngineSettings, 'queueMax' | 'batchMax'>
  readonly corsOrigins: readonly string[]
  readonly trustProxy: boolean | string[]
  /** Null: requests may be for any name. */
  readonly hosts: readonly string[] | null
  /** Null: nothing is limited by client. */
  readonly limits: LimitSettings | null
  /**
   * Limits that count once a proxy that nobody named forwards a request; null: none, as was set.
   */
  readonly limitsIfForwarded: LimitSettings | null
  readonly registration: 'open' | 'closed'
  readonly drainMs: number
  readonly shutdownMs: number
  readonly allowUnsafeDurability: boolean
  /** Null: nothing is traced. */
  readonly tracing: TracingChoice | null
  /** Settings that `rowlock dev` makes and no variable can; null everywhere else. */
  readonly development: Development | null
  /** Oddities of the environment that are no reason not to start. */
  readonly warnings: readonly string[]
}

/** Sampling of traces. The exporter reads its other settings itself, as its documentation says. */
export interface TracingChoice {
  readonly sampler: NonNullable<SettingValues['OTEL_TRACES_SAMPLER']>
  readonly ratio: number
}

/** Serving for whoever writes a program against Rowlock. */
export interface Development {
  /** URL that every event is sent to, signed; null for nowhere. */
  readonly forwardTo: string | null
}

/** A variable that has to be put right, and how. */
export interface ConfigurationProblem {
  readonly name: string
  readonly message: string
}

/** The environment has mistakes; `problems` has all of them. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: readonly ConfigurationProblem[]

  constructor(problems: readonly ConfigurationProblem[]) {
    super(problems.map(({ name, message }) => `${name} ${message}.`).join('\n'))
    this.problems = problems
  }
}

const POOL_SIZE = 10

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads and checks the environment; a variable that is set to nothing counts as not set. Throws
 * `ConfigurationError`, which has every problem at once.
 */
export function readConfiguration(environment: Environment): Configuration {
  const problems: ConfigurationProblem[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(SETTINGS)) {
    const text = environment[name]?.trim()
    if (!text) continue
    const result = schema.safeParse(text)
    if (result.success) values[name] = result.data
    else for (const { message } of result.error.issues) problems.push({ name, message })
  }
  const given = values as SettingValues
  problems.push(...contradictions(given))
  if (problems.length > 0) throw new ConfigurationError(problems)
  const warnings = [...unknownNames(environment), ...untraceable(given, environment)]
  return complete(given, warnings)
}

function contradictions(values: SettingValues): ConfigurationProblem[] {
  if (values.DATABASE_URL !== undefined) return []
  const problems: ConfigurationProblem[] = []
  const alone = (name: SettingName) =>
    problems.push({ name, message: 'is set, but DATABASE_URL is not: set both or neither' })
  if (values.ROWLOCK_MIGRATION_URL !== undefined) alone('ROWLOCK_MIGRATION_URL')
  if (values.ROWLOCK_PGBOUNCER) alone('ROWLOCK_PGBOUNCER')
  if (values.ROWLOCK_REQUIRE_SYNC) alone('ROWLOCK_REQUIRE_SYNC')
  return problems
}

function complete(values: SettingValues, warnings: readonly string[]): Configuration {
  const databaseUrl = values.DATABASE_URL ?? null
  return {
    port: values.PORT ?? 3000,
    host: values.HOST ?? '127.0.0.1',
    databaseUrl,
    migrationUrl: values.ROWLOCK_MIGRATION_URL ?? databaseUrl,
    pgbouncer: values.ROWLOCK_PGBOUNCER ?? false,
    requireSync: values.ROWLOCK_REQUIRE_SYNC ?? false,
    dataDir: values.ROWLOCK_DATA_DIR ?? '.rowlock',
    operatorKey: values.ROWLOCK_OPERATOR_KEY ?? null,
    demo: values.ROWLOCK_DEMO ?? databaseUrl === null,
    logLevel: values.LOG_LEVEL ?? 'info',
    poolSize: values.ROWLOCK_POOL_SIZE ?? POOL_SIZE,
    engine: {
      queueMax: values.ROWLOCK_QUEUE_MAX ?? ENGINE_DEFAULTS.queueMax,
      batchMax: values.ROWLOCK_BATCH_MAX ?? ENGINE_DEFAULTS.batchMax,
    },
    corsOrigins: values.ROWLOCK_CORS_ORIGINS ?? [],
    trustProxy: values.ROWLOCK_TRUST_PROXY ?? false,
    hosts: values.ROWLOCK_HOSTS ?? null,
    limits: areLimited(values) ? limitsOf(values) : null,
    limitsIfForwarded: values.ROWLOCK_LIMITS === false ? null : limitsOf(values),
    registration: values.ROWLOCK_REGISTRATION ?? 'open',
    drainMs: (values.ROWLOCK_DRAIN_SECONDS ?? 0) * 1000,
    shutdownMs: (values.ROWLOCK_SHUTDOWN_SECONDS ?? 15) * 1000,
    allowUnsafeDurability: values.ROWLOCK_ALLOW_UNSAFE_DURABILITY ?? false,
    tracing: tracingOf(values),
    development: null,
    warnings,
  }
}

function tracingOf(values: SettingValues): TracingChoice | null {
  const { OTEL_TRACES_EXPORTER: exporter = hasEndpoint(values) ? 'otlp' : 'none' } = values
  if (exporter !== 'otlp' || values.OTEL_SDK_DISABLED) return null
  const { OTEL_TRACES_SAMPLER: sampler = 'parentbased_always_on' } = values
  return { sampler, ratio: values.OTEL_TRACES_SAMPLER_ARG ?? 1 }
}

function hasEndpoint(values: SettingValues): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = values
  return (OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) !== undefined
}

/**
 * Warns instead of refusing: what is set for every program of a cluster is no reason not to serve.
 */
function untraceable(values: SettingValues, environment: Environment): string[] {
  const { OTEL_TRACES_EXPORTER: exporter = 'none' } = values
  if (exporter !== 'otlp' && exporter !== 'none') {
    return [`OTEL_TRACES_EXPORTER is ${exporter}; only otlp is known here. Nothing is traced.`]
  }
  const protocol =
    environment.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? environment.OTEL_EXPORTER_OTLP_PROTOCOL
  if (tracingOf(values) === null || protocol !== 'grpc') return []
  return ['OTEL_EXPORTER_OTLP_PROTOCOL is grpc; traces are sent over HTTP in JSON all the same.']
}

/** Addresses that only this machine reaches. */
export const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i

/** Limits callers, unless only this machine reaches the server; a proxy passes others on. */
function areLimited({ ROWLOCK_LIMITS, HOST = '127.0.0.1', ROWLOCK_TRUST_PROXY }: SettingValues) {
  const isProxied = ROWLOCK_TRUST_PROXY !== undefined && ROWLOCK_TRUST_PROXY !== false
  return ROWLOCK_LIMITS ?? (isProxied || !LOOPBACK.test(HOST))
}

function limitsOf(values: SettingValues): LimitSettings {
  const { requests, pages, failedCredentials, heldSeatsMax, streamsPerClient } = LIMITS_USUAL
  const poolSize = values.ROWLOCK_POOL_SIZE ?? POOL_SIZE
  return {
    requests: {
      anonymous: values.ROWLOCK_RATE_ANONYMOUS ?? requests.anonymous,
      user: values.ROWLOCK_RATE_USER ?? requests.user,
      partner: values.ROWLOCK_RATE_PARTNER ?? requests.partner,
      boxOffice: values.ROWLOCK_RATE_BOX_OFFICE ?? requests.boxOffice,
    },
    pages,
    // Three callers together leave something for everybody else.
    readsPerClient: Math.max(1, Math.floor(poolSize * 0.3)),
    failedCredentials,
    // Zero means any number.
    heldSeatsMax: (values.ROWLOCK_HELD_SEATS_MAX ?? heldSeatsMax) || null,
    streamsPerClient: values.ROWLOCK_STREAMS_PER_CLIENT ?? streamsPerClient,
  }
}

/** A name that is nearly right would otherwise be ignored in silence. */
function unknownNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('ROWLOCK_') && !name.startsWith('ROWLOCK_TEST_'))
    .filter((name) => !Object.hasOwn(SETTINGS, name))
    .map(
      (name) =>
        FORMER_SETTINGS[name] ??
        `${name} is not a variable of Rowlock; it is ignored.${similar(name)}`,
    )
}

function similar(name: string): string {
  const words = name.split('_').slice(1)
  const known = Object.keys(SETTINGS)
  const shared = (other: string) => words.filter((word) => other.split('_').includes(word)).length
  const [best] = known.sort((one, two) => shared(two) - shared(one))
  return best !== undefined && shared(best) > 0 ? ` Did you mean ${best}?` : ''
}
