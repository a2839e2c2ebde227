import type { Logger } from 'pino'
import {
  type ConnectionTarget,
  loginOf,
  makeClockMovable,
  migrate,
  startEmbedded,
} from '../../db/index.ts'
import type { Configuration } from '../configuration/read-configuration.ts'
import { clusterSettings } from '../rowlock-stack.ts'
import type { Running } from './shutdown.ts'

/** Settings by which a database is prepared. */
interface Preparation {
  /** After it aborts, nothing more is begun. */
  readonly stop: AbortSignal
  /** Number of servers it is for, beside those on other machines. */
  readonly servers: number
  /** Called where there is only waiting to do. */
  meanwhile(): void
}

/**
 * Brings the database up where it is ours, and migrates it. Answers where servers connect to; what
 * has to be stopped again is in `running`.
 */
export async function prepareDatabase(
  configuration: Configuration,
  running: Running,
  logger: Logger,
  preparation: Preparation,
): Promise<ConnectionTarget> {
  const { stop } = preparation
  const log = (message: string) => logger.info(message)
  const { owner, server } = await findDatabase(configuration, running, log, preparation)
  if (stop.aborted) return server
  // Nobody else serves from an embedded database, so no server of the version before either.
  const retireSharedRole = running.embedded !== undefined
  await migrate(owner, { log, login: loginOf(server), retireSharedRole })
  if (configuration.development !== null) running.clock = await makeClockMovable(owner)
  return server
}

async function findDatabase(
  configuration: Configuration,
  running: Running,
  log: (message: string) => void,
  { servers, meanwhile }: Preparation,
): Promise<{ owner: ConnectionTarget; server: ConnectionTarget }> {
  const { databaseUrl, migrationUrl, dataDir } = configuration
  if (databaseUrl !== null) return { owner: migrationUrl ?? databaseUrl, server: databaseUrl }
  const settings = clusterSettings(configuration, servers)
  const embedded = await startEmbedded({ dataDir, settings, log, onLaunch: meanwhile })
  running.embedded = embedded
  return { owner: embedded.ownerConfig, server: embedded.serverConfig }
}
