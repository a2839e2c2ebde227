import { HOUSE } from '../auth/index.ts'
import type { WriteRequest } from '../calls/index.ts'
import {
  type ConnectionTarget,
  type Database,
  loginOf,
  migrate,
  migrationStatus,
  openDatabase,
  type SharedDatabase,
  shareEmbedded,
} from '../db/index.ts'
import { type Caller, type Engine, LANES_MAX, openEngine } from '../engine/index.ts'
import type { Configuration } from './configuration/read-configuration.ts'
import { adviceOnDevelopment } from './data-directories.ts'
import { CommandError } from './failure.ts'
import { watchSignals } from './interruption.ts'
import type { Context } from './shell.ts'
import type { Terminal } from './terminal.ts'

/** Parts that commands work with. */
export interface RowlockStack {
  readonly engine: Engine
  readonly database: Database
}

/** Name of the command line's user in the journal. */
export const CLI_CALLER: Caller = {
  scope: 'cli',
  actor: 'cli',
  owner: HOUSE,
  boxOffice: true,
  seller: true,
  heldSeatsMax: null,
}

/** A write by the command line. Nobody sends it again under a key: people look at what it said. */
export const CLI_WRITE: WriteRequest = { caller: CLI_CALLER, idempotencyKey: null }

/**
 * Databases to migrate and to serve: the same one, with the rights of its owner and of the server.
 */
export interface Targets {
  readonly owner: ConnectionTarget
  readonly server: ConnectionTarget
  /** Null with `DATABASE_URL`. */
  readonly embedded: SharedDatabase | null
}

const CLOSE_MS_MAX = 2_000
/** Somebody waits: a database that is not there is told soon. */
export const PATIENCE_MS = 3_000

/**
 * Opens engine and database for one command, and closes them after it, however it ends. Without
 * `DATABASE_URL` the embedded PostgreSQL runs that long, or that of a running server is used.
 */
export async function withStack<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (stack: RowlockStack) => Promise<T>,
  as: 'server' | 'owner' = 'server',
): Promise<T> {
  return withTargets(configuration, terminal, async (targets) => {
    await requireMigrated(targets, terminal)
    const database = await openDatabase({
      target: targets[as],
      // Resetting and pruning are the owner's: no server may.
      ...(as === 'owner' && { role: null }),
      pgbouncer: configuration.pgbouncer,
      poolSize: configuration.poolSize,
      requireSync: configuration.requireSync,
      allowUnsafeDurability: configuration.allowUnsafeDurability,
      // Commands may look at what `rowlock dev` sells; only serving it is refused.
      allowMovableClock: targets.embedded !== null,
      patienceMs: PATIENCE_MS,
      log: (message) => terminal.note(message),
    })
    if (as === 'owner') await requireOwner(database)
    const engine = openEngine(database, configuration.engine)
    try {
      return await work({ engine, database })
    } finally {
      await Promise.race([closeAll(engine, database), pause(CLOSE_MS_MAX)])
    }
  })
}

/** Opens the engine for one command, as a server would, and closes it after it. */
export function withEngine<T>(
  { configuration, terminal }: Pick<Context, 'configuration' | 'terminal'>,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  return withStack(configuration, terminal, ({ engine }) => work(engine))
}

/** Makes the database reachable for one command. A signal interrupts `work`. */
export async function withTargets<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (targets: Targets) => Promise<T>,
): Promise<T> {
  for (const warning of configuration.warnings) terminal.warn(warning)
  const signals = watchSignals()
  const { databaseUrl, migrationUrl } = configuration
  if (databaseUrl !== null) {
    const owner = migrationUrl ?? databaseUrl
    return signals.race(() => work({ owner, server: databaseUrl, embedded: null }))
  }
  const advice = await adviceOnDevelopment(configuration.dataDir)
  if (advice !== null) terminal.warn(advice)
  const embedded = await shareEmbedded({
    dataDir: configuration.dataDir,
    settings: clusterSettings(configuration),
    log: (message) => terminal.note(message),
  })
  const { ownerConfig: owner, serverConfig: server } = embedded
  try {
    return await signals.race(() => work({ owner, server, embedded }))
  } finally {
    await embedded.stop()
  }
}

/** Settings of the embedded PostgreSQL, the same for the server and for commands. */
export function clusterSettings(
  configuration: Configuration,
  servers = 1,
): { max_connections: number } {
  const wanted = servers * (configuration.poolSize + LANES_MAX) + SPARE_CONNECTIONS
  return { max_connections: Math.max(100, wanted) }
}

/** For commands, the supervisor, migrations and people. */
const SPARE_CONNECTIONS = 40

/** Our own PostgreSQL is migrated on the way; with one that others look after we do not meddle. */
async function requireMigrated({ owner, server, embedded }: Targets, terminal: Terminal) {
  const log = (message: string) => terminal.note(message)
  if (embedded !== null) {
    await migrate(owner, { log, login: loginOf(server) })
    return
  }
  const { upToDate } = await migrationStatus(server, { patienceMs: PATIENCE_MS, log })
  if (upToDate) return
  throw new CommandError(
    'unfit',
    'The database is not migrated. Run "rowlock migrate", or look with "rowlock migrate --check".',
  )
}

/** Requires the owner's login: a server's may neither reset nor prune. */
async function requireOwner(database: Database): Promise<void> {
  const [row] = await database.read<{ may: boolean }>(
    "select has_function_privilege('rowlock.reset_show(bigint, text)', 'execute') as may",
  )
  if (row?.may) return
  await database.close()
  throw new CommandError(
    'unfit',
    'Only the owner of the database may do this: set ROWLOCK_MIGRATION_URL to its URL.',
  )
}

async function closeAll(engine: Engine, database: Database): Promise<void> {
  await engine.close()
  await database.close()
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
