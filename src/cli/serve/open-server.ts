import type { Logger } from 'pino'
import type { Access } from '../../auth/index.ts'
import {
  type Database,
  type MovableClock,
  readDatabaseHealth,
  readSqlFiles,
} from '../../db/index.ts'
import type { Engine } from '../../engine/index.ts'
import { VERSION } from '../../runtime/index.ts'
import { createServer, type Server, type WorkerPlace } from '../../server/index.ts'
import { type Configuration, LOOPBACK } from '../configuration/read-configuration.ts'
import type { Tracing } from './open-tracing.ts'

interface Parts {
  readonly configuration: Configuration
  readonly access: Access
  readonly logger: Logger
  readonly engine: Engine
  readonly database: Database
  readonly clock: MovableClock | undefined
  readonly tracing: Tracing | null
  /** Null for a server that is alone. */
  readonly worker: WorkerPlace | null
}

/** The HTTP server as it is configured; it does not listen yet. */
export async function openServer(parts: Parts): Promise<Server> {
  const { configuration, access, logger, engine, database, clock, tracing, worker } = parts
  // Read once: health is asked every few seconds.
  const files = await readSqlFiles()
  return createServer({
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database, files),
    version: VERSION,
    logger,
    tracer: tracing?.tracer ?? null,
    worker,
    limits: configuration.limits,
    limitsIfForwarded: configuration.limitsIfForwarded,
    corsOrigins: configuration.corsOrigins,
    trustProxy: configuration.trustProxy,
    // Who listens to this machine alone may tell this machine alone.
    allowsLoopbackWebhooks: LOOPBACK.test(configuration.host),
    ...(clock && { testClock: clock }),
    ...(configuration.hosts && { hosts: configuration.hosts }),
  })
}
