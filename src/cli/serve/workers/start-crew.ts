import type { Logger } from 'pino'
import type { Configuration } from '../../configuration/read-configuration.ts'
import type { Readiness } from '../banner.ts'
import { readOperatorKey } from '../operator-key.ts'
import { prepareDatabase } from '../prepare-database.ts'
import type { Running } from '../shutdown.ts'
import { Crew } from './crew.ts'

/**
 * Does once what has to be done once (database, migration, operator key), and has workers do the
 * rest, each with an engine of its own. Null when it was stopped meanwhile.
 */
export async function startCrew(
  configuration: Configuration,
  running: Running,
  logger: Logger,
  { stop, hurry, port, count }: CrewOptions,
): Promise<Omit<Readiness, 'development'> | null> {
  const target = await prepareDatabase(configuration, running, logger, {
    stop,
    servers: count,
    meanwhile: () => {},
  })
  if (stop.aborted) return null
  const dataDir = running.embedded?.dataDir ?? null
  const operatorKey = await readOperatorKey(configuration.operatorKey, dataDir)
  const crew = new Crew((number, isFirst) => {
    return { number, count, port, target, dataDir, operatorKey, isFirst }
  }, logger)
  running.crew = crew
  hurry.addEventListener('abort', () => crew.signal('SIGTERM'))
  return await crew.start(count)
}

interface CrewOptions {
  readonly stop: AbortSignal
  /** Aborts when workers are to cut off what is not finished. */
  readonly hurry: AbortSignal
  readonly port: number
  readonly count: number
}
