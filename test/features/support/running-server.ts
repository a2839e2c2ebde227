import { openAccess } from '../../../src/auth/index.ts'
import type { DatabaseSettings } from '../../../src/db/database.ts'
import { type Database, openDatabase, readDatabaseHealth } from '../../../src/db/index.ts'
import { openEngine } from '../../../src/engine/index.ts'
import { createServer } from '../../../src/server/index.ts'

/** The key of the box office and of operators in the features. */
export const OPERATOR_KEY = 'features-operator-key'

/** A server that speaks HTTP on a port of its own, with its own connections to the database. */
export interface RunningServer {
  readonly url: string
  /** Finishes what runs, then lets go of the database. */
  close(): Promise<void>
}

/** Starts a server as the command line would; answers that differ from their schema are 500s. */
export async function startServer(settings: DatabaseSettings): Promise<RunningServer> {
  const database = await openDatabase({ ...settings, poolSize: 4 })
  const engine = openEngine(database)
  const access = await openAccess({ database, operatorKey: OPERATOR_KEY })
  const server = await createServer({
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database),
    version: '0.0.0-features',
    docs: false,
    strictAnswers: true,
    allowsLoopbackWebhooks: true,
    webhooksLookEveryMs: 200,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    async close() {
      await server.close()
      await access.close()
      await engine.close()
      await closeQuietly(database)
    },
  }
}

/** A database that a scenario has killed may not say goodbye. */
async function closeQuietly(database: Database): Promise<void> {
  await database.close().catch(() => {})
}
