/** One server, as `serve` composes it, but told what to do by its parent. */
import type pg from 'pg'
import { type Access, openAccess } from '../../src/auth/index.ts'
import {
  type Database,
  openDatabase,
  readDatabaseHealth,
  readSqlFiles,
} from '../../src/db/index.ts'
import { type Engine, type EngineSettings, openEngine } from '../../src/engine/index.ts'
import { createServer, LIMITS_USUAL, type Server } from '../../src/server/index.ts'
import { answerParent } from './child.ts'

/** What a server process can be asked. */
export type ServerQuestion =
  | {
      readonly kind: 'start'
      readonly target: pg.ClientConfig
      readonly operatorKey: string
      readonly engine: Partial<EngineSettings>
      /** Whether callers are limited, as they are where others than this machine reach a server. */
      readonly isLimited?: boolean
    }
  | { readonly kind: 'memory' }

/** Bytes in use after a full garbage collection. */
export interface ServerMemory {
  readonly heap: number
  readonly external: number
  readonly rss: number
}

let stack: { database: Database; engine: Engine; access: Access; server: Server } | undefined

async function start(question: Extract<ServerQuestion, { kind: 'start' }>): Promise<number> {
  const database = await openDatabase({ target: question.target })
  const engine = openEngine(database, question.engine)
  const { operatorKey } = question
  const access = await openAccess({ database, operatorKey })
  const files = await readSqlFiles()
  const server = await createServer({
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database, files),
    version: 'bench',
    allowsLoopbackWebhooks: true,
    limits: question.isLimited === true ? LIMITS_USUAL : null,
  })
  stack = { database, engine, access, server }
  return Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port)
}

function memory(): ServerMemory {
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed, external, rss }
}

answerParent(
  async (question: ServerQuestion) => (question.kind === 'start' ? start(question) : memory()),
  async () => {
    await stack?.server.close(1000)
    await stack?.access.close()
    await stack?.engine.close()
    await stack?.database.close()
  },
)
