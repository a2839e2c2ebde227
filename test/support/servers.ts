import { after } from 'node:test'
import { openAccess } from '../../src/auth/index.ts'
import { type Client, createClient } from '../../src/client/index.ts'
import { openDatabase, readDatabaseHealth } from '../../src/db/index.ts'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { createServer, type Server, type ServerSettings } from '../../src/server/index.ts'
import type { TestDatabase } from './database.ts'

/** The key that opens the operator's operations of these servers. */
export const OPERATOR_KEY = 'operator-key-of-the-tests'

/** A server that listens, with an engine and a database door of its own. */
export interface ListeningServer {
  readonly url: string
  readonly server: Server
  readonly engine: Engine
  /** Clients of it: a shopper's, and the operator's. */
  readonly shopper: Client
  readonly operator: Client
  close(): Promise<void>
}

type ListenSettings = Partial<ServerSettings> & { readonly registration?: 'open' | 'closed' }

/** Starts one; `watch` may stand between the server and its engine. */
export async function listen(
  database: TestDatabase,
  { registration = 'open', ...settings }: ListenSettings = {},
  watch: (engine: Engine) => Engine = (engine) => engine,
): Promise<ListeningServer> {
  const door = await openDatabase({ ...database.settings, poolSize: 4 })
  const engine = openEngine(door)
  const access = await openAccess({
    database: door,
    operatorKey: OPERATOR_KEY,
    registration,
  })
  const server = await createServer({
    engine: watch(engine),
    access,
    database: door,
    readDatabaseHealth: () => readDatabaseHealth(door),
    version: '1.2.3',
    docs: false,
    strictAnswers: true,
    ...settings,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  let closing: Promise<void> | undefined
  const close = async () => {
    await server.close(2_000)
    await access.close()
    await engine.close()
    await door.close()
  }
  return {
    url,
    server,
    engine,
    shopper: createClient({ server: url }),
    operator: createClient({ server: url, key: OPERATOR_KEY }),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** The same, closed when the file's last test is over. */
export async function useListening(...parts: Parameters<typeof listen>): Promise<ListeningServer> {
  const server = await listen(...parts)
  after(() => server.close())
  return server
}

/** A new show with seats of its own, and its key. */
export async function createShowOn(
  { operator }: Pick<ListeningServer, 'operator'>,
  seats: string[] | { rows: string; seatsPerRow: number } = { rows: 'A-B', seatsPerRow: 6 },
): Promise<string> {
  const key = newUuid()
  const startsAt = '2030-12-01T19:00:00Z'
  await operator.createShow({
    key,
    title: 'Hamlet',
    startsAt,
    seats,
    maxSeatsPerHold: 1000,
    confirmBy: 'holder',
  })
  return key
}
