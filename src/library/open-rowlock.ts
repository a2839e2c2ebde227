import { randomBytes } from 'node:crypto'
import { type Access, type AccessSettings, openAccess } from '../auth/index.ts'
import {
  type Database,
  type DatabaseSettings,
  migrate,
  openDatabase,
  readDatabaseHealth,
  readSqlFiles,
} from '../db/index.ts'
import { type Engine, openEngine } from '../engine/index.ts'
import { VERSION } from '../runtime/index.ts'
import { createServer, type Server, type ServerSettings } from '../server/index.ts'

/** Settings of Rowlock as a library. Only `databaseUrl` is needed. */
export interface RowlockSettings
  extends Pick<
      DatabaseSettings,
      'allowUnsafeDurability' | 'log' | 'onConnectionError' | 'pgbouncer' | 'poolSize'
    >,
    Pick<AccessSettings, 'registration'> {
  /** PostgreSQL 14 or later: `postgres://user:password@host:5432/database`. */
  readonly databaseUrl: string
  /** URL of the database as its owner, to migrate; `databaseUrl` when left out, null for never. */
  readonly migrationUrl?: string | null
  /** At least 16 visible ASCII characters; one is made up when it is left out. */
  readonly operatorKey?: string
  /** Settings of the server besides. */
  readonly server?: Partial<
    Omit<ServerSettings, 'access' | 'database' | 'engine' | 'readDatabaseHealth' | 'version'>
  >
}

/** Rowlock inside of your own process, made by `openRowlock`. */
export interface Rowlock {
  /** Every operation on shows, as a function. */
  readonly engine: Engine
  /** People, sessions and keys. */
  readonly access: Access
  /** The HTTP API with its pages; serves once you call `server.listen({ host, port })`. */
  readonly server: Server
  /** Key that opens the operator's operations of the server. */
  readonly operatorKey: string
  /** Closes server, access, engine and connections, in this order. May be called twice. */
  close(): Promise<void>
}

const KEY_BYTES = 24

/**
 * Opens a database: migrates it, and gives what a server is made of. Throws `ConnectError` where
 * the database cannot be reached, and what `rowlock serve` would refuse to start with.
 */
export async function openRowlock(settings: RowlockSettings): Promise<Rowlock> {
  const { databaseUrl, migrationUrl = databaseUrl, log, ...others } = settings
  if (migrationUrl !== null) await migrate(migrationUrl, log === undefined ? {} : { log })
  const database = await openDatabase({ target: databaseUrl, ...(log && { log }), ...others })
  try {
    return await openOn(database, settings)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function openOn(database: Database, settings: RowlockSettings): Promise<Rowlock> {
  const { operatorKey = randomBytes(KEY_BYTES).toString('base64url'), registration } = settings
  const access = await openAccess({ database, operatorKey, ...(registration && { registration }) })
  const engine = openEngine(database)
  const files = await readSqlFiles()
  const server = await createServer({
    ...settings.server,
    engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database, files),
    version: VERSION,
  })
  let closing: Promise<void> | undefined
  const close = async () => {
    await server.close()
    await access.close()
    await engine.close()
    await database.close()
  }
  return {
    engine,
    access,
    server,
    operatorKey,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
