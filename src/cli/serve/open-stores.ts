import type { Logger } from 'pino'
import {
  type ConnectionTarget,
  type Database,
  mayGainRights,
  mayWriteTables,
  openDatabase,
  placeOf,
  SHARED_ROLE,
  type ToldFailure,
} from '../../db/index.ts'
import { type Engine, loadDemo, openEngine } from '../../engine/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { shortPath } from '../short-path.ts'
import type { Running } from './shutdown.ts'

/** Opens a database that is migrated, and its engine; notes each in `running` when it is open. */
export async function openStores(
  configuration: Configuration,
  running: Running,
  logger: Logger,
  target: ConnectionTarget,
): Promise<void> {
  const log = (message: string) => logger.info(message)
  running.database = await openDatabase({
    target,
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
}

/** A mistake of ours comes with its stack; the rest is for whoever runs the database. */
function tellFailure(logger: Logger, { kind, sqlstate, place, message, error }: ToldFailure): void {
  const fields = { kind, sqlstate, place, ...(kind === 'bug' && { err: error }) }
  if (kind === 'bug') logger.error(fields, message)
  else logger.warn(fields, message)
}

/**
 * Logs the settings that could lose answered bookings in a crash: nothing is sold while they are
 * off.
 */
function tellDurability(logger: Logger, unsafe: readonly string[]): void {
  if (unsafe.length === 0) logger.info('Answered bookings survive a crash again.')
  else logger.error(`Bookings could be lost without ${unsafe.join(', ')}. Nothing is written.`)
}

/** Warns of rights beyond what serving needs: they are the second net under our own mistakes. */
async function warnOfRights(database: Database, logger: Logger): Promise<void> {
  const advice = 'See "Database and roles" in docs/operating/postgresql.md.'
  if (await mayWriteTables(database)) {
    logger.warn(`Serving as ${database.role}, which can write the tables. ${advice}`)
  } else if (await mayGainRights(database)) {
    logger.warn(
      'DATABASE_URL logs in as a user with more rights than serving needs: anyone who injects ' +
        `SQL could take them on. ${advice}`,
    )
  }
  if (database.isShared) {
    logger.warn(
      `Serving as ${SHARED_ROLE}, which all databases of the cluster share. Grant the role of ` +
        `this database to the user of DATABASE_URL. ${advice}`,
    )
  }
}

/** Loads the demonstration. If that fails, the server serves all the same. */
export async function demonstrate(engine: Engine, logger: Logger): Promise<void> {
  try {
    const loaded = await loadDemo(engine)
    if (loaded !== null) logger.info(`Loaded ${loaded.venues.join(' and ')}.`)
  } catch (error) {
    logger.error({ err: error }, 'the demonstration could not be loaded')
  }
}

/** The database for people: never with a password. */
export function databaseName(
  running: Running,
  configuration: Configuration,
  dataDir: string | null,
): string {
  const number = running.database?.versionNumber ?? 0
  const version = `PostgreSQL ${Math.floor(number / 10_000)}.${number % 100}`
  if (dataDir !== null) return `${version}, embedded in ${shortPath(dataDir)}`
  const host = running.database?.status().host ?? placeOf(configuration.databaseUrl ?? undefined)
  const [, path = ''] = /^\w+:\/\/[^/?#]*(\/[^?#]*)/.exec(configuration.databaseUrl ?? '') ?? []
  return `${version} at ${host}${path}`
}
