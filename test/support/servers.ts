import { after } from 'node:test'
import { type Client, createClient } from '../../src/client/index.ts'
import type { Engine } from '../../src/engine/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import type { Server, ServerSettings } from '../../src/server/index.ts'
import type { TestDatabase } from './database.ts'
import { openStack } from './server-stack.ts'

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
  const stack = await openStack({
    database: { ...database.settings, poolSize: 4 },
    access: { operatorKey: OPERATOR_KEY, registration },
    server: { strictAnswers: true, ...settings },
    watch,
  })
  const { url, server, engine } = stack
  return {
    url,
    server,
    engine,
    shopper: createClient({ server: url }),
    operator: createClient({ server: url, key: OPERATOR_KEY }),
    close: () => stack.close(2_000),
  }
}

/** Starts a listening server that is closed when the file's last test is over. */
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
