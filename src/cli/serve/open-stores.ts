import type { Logger } from 'pino'
import {
  type ConnectionTarget,
  type Database,
  loginOf,
  makeClockMovable,
  mayGainRights,
  mayWriteTables,
  migrate,
  openDatabase,
  placeOf,
  SHARED_ROLE,
  startEmbedded,
  type ToldFailure,
} from '../../db/index.ts'
import { type Engine, loadDemo, openEngine } from '../../engine/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { clusterSettings } from '../rowlock-stack.ts'
import { shortPath } from '../short-path.ts'
import type { Running } from './shutdown.ts'

/**
 * Brings up database and engine, and notes each in `running` as soon as it has to be closed again.
 * After `stop` aborts, it goes no further; `meanwhile` is called where there is only waiting to do.
 */
export async function openStores(
  configuration: Configuration,
  running: Running,
  logger: Logger,
  { stop, meanwhile }: { stop: AbortSignal; meanwhile: () => void },
): Promise<void> {
  const log = (message: string) => logger.info(message)
  const { owner, server } = await findDatabase(configuration, running, log, meanwhile)
  if (stop.aborted) return
  // Nobody else serves from an embedded database, so no server of the version before either.
  const retireSharedRole = running.embedded !== undefined
  await migrate(owner, { log, login: loginOf(server), retireSharedRole })
  if (configuration.development !== null) running.clock = await makeClockMovable(owner)
  if (stop.aborted) return
  running.database = await openDatabase({
    target: server,
    pgbouncer: configuration.pgbouncer,
    poolSize: configuration.poolSize,
    allowUnsafeDurability: configuration.allowUnsafeDurability,
    requireSync: configuration.requireSync,
    allowMovableClock: configuration.development !== null,
    log,
    onFailure: (failure) => tellFailure(logger, failure),
    onDurability: (unsafe) => tellDurability(logger, unsafe),
    onConnectionError: (error) => logger.warn(`A database connection broke: ${error.message}`),
  })
  await warnOfRights(running.database, logger)
  running.engine = openEngine(running.database, {
    ...configuration.engine,
    onWritesFail: (problem, error) => logger.error({ err: error }, problem),
    onWritesAgain: (failingMs) => {
      logger.info(`Writing works again, after ${Math.round(failingMs / 1000)} s.`)
    },
  })
  if (configuration.demo && !stop.aborted) await demonstrate(running.engine, logger)
}

/** A mistake of ours comes with its stack; the rest is for whoever runs the database. */
function tellFailure(logger: Logger, { kind, sqlstate, place, message, error }: ToldFailure): void {
  const fields = { kind, sqlstate, place, ...(kind === 'bug' && { err: error }) }
  if (kind === 'bug') logger.error(fields, message)
  else logger.warn(fields, message)
}

/** While a crash could lose what is answered, nothing is sold; somebody has to be told. */
function tellDurability(logger: Logger, unsafe: readonly string[]): void {
  if (unsafe.length === 0) logger.info('All that bookings rest on is there again.')
  else logger.error(`Bookings could be lost without ${unsafe.join(', ')}. Nothing is written.`)
}

/** It serves all the same: our own mistakes are what the rights are a second net for. */
async function warnOfRights(database: Database, logger: Logger): Promise<void> {
  const advice = 'See "Database and roles" in docs/operating/postgresql.md.'
  if (await mayWriteTables(database)) {
    logger.warn(`Serving as ${database.role}, who may write the tables. ${advice}`)
  } else if (await mayGainRights(database)) {
    logger.warn(
      'DATABASE_URL logs in as a user with more rights than serving needs: whoever got SQL into ' +
        `the server could take them on. ${advice}`,
    )
  }
  if (database.isShared) {
    logger.warn(
      `Serving as ${SHARED_ROLE}, which all databases of the cluster share. Grant the role of ` +
        `this database to the user of DATABASE_URL. ${advice}`,
    )
  }
}

async function findDatabase(
  configuration: Configuration,
  running: Running,
  log: (message: string) => void,
  meanwhile: () => void,
): Promise<{ owner: ConnectionTarget; server: ConnectionTarget }> {
  const { databaseUrl, migrationUrl, dataDir } = configuration
  if (databaseUrl !== null) return { owner: migrationUrl ?? databaseUrl, server: databaseUrl }
  const settings = clusterSettings(configuration)
  const embedded = await startEmbedded({ dataDir, settings, log, onLaunch: meanwhile })
  running.embedded = embedded
  return { owner: embedded.ownerConfig, server: embedded.serverConfig }
}

/** Whatever keeps the demonstration from being loaded is no reason not to serve. */
async function demonstrate(engine: Engine, logger: Logger): Promise<void> {
  try {
    const loaded = await loadDemo(engine)
    if (loaded !== null) logger.info(`Loaded ${loaded.venues.join(' and ')}.`)
  } catch (error) {
    logger.error({ err: error }, 'the demonstration could not be loaded')
  }
}

/** The database for people: never with a password. */
export function databaseName(running: Running, configuration: Configuration): string {
  const number = running.database?.versionNumber ?? 0
  const version = `PostgreSQL ${Math.floor(number / 10_000)}.${number % 100}`
  if (running.embedded) return `${version}, embedded in ${shortPath(running.embedded.dataDir)}`
  const host = running.database?.status().host ?? placeOf(configuration.databaseUrl ?? undefined)
  const [, path = ''] = /^\w+:\/\/[^/?#]*(\/[^?#]*)/.exec(configuration.databaseUrl ?? '') ?? []
  return `${version} at ${host}${path}`
}
