import type { DatabaseSettings } from '../../../src/db/database.ts'
import { openStack } from '../../support/server-stack.ts'

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
  const { url, close } = await openStack({
    database: { ...settings, poolSize: 4 },
    access: { operatorKey: OPERATOR_KEY },
    server: { strictAnswers: true, allowsLoopbackWebhooks: true, webhooksLookEveryMs: 200 },
  })
  return { url, close }
}
