import { type Access, type AccessSettings, openAccess } from '../../src/auth/index.ts'
import {
  type Database,
  type DatabaseSettings,
  openDatabase,
  readDatabaseHealth,
  readSqlFiles,
} from '../../src/db/index.ts'
import { type Engine, type EngineSettings, openEngine } from '../../src/engine/index.ts'
import { createServer, type Server, type ServerSettings } from '../../src/server/index.ts'

/** Settings for composing a server. What is left out is as the product has it. */
export interface StackSettings {
  readonly database: DatabaseSettings
  readonly access: Omit<AccessSettings, 'database'>
  readonly engine?: Partial<EngineSettings>
  readonly server?: Partial<ServerSettings>
  /** May stand between the server and its engine. */
  readonly watch?: (engine: Engine) => Engine
}

/** A server that listens on the loopback, with everything it is made of. */
export interface ServerStack {
  readonly url: string
  readonly server: Server
  readonly engine: Engine
  readonly access: Access
  readonly database: Database
  /** Finishes what runs, for so long; then lets go of the database. May be called twice. */
  close(graceMs?: number): Promise<void>
}

/** Composes one as the command line does, in this process: for tests and benchmarks alike. */
export async function openStack(settings: StackSettings): Promise<ServerStack> {
  const database = await openDatabase(settings.database)
  const engine = openEngine(database, settings.engine)
  const access = await openAccess({ database, ...settings.access })
  const files = await readSqlFiles()
  const server = await createServer({
    engine: settings.watch?.(engine) ?? engine,
    access,
    database,
    readDatabaseHealth: () => readDatabaseHealth(database, files),
    version: '1.2.3',
    docs: false,
    ...settings.server,
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  let closing: Promise<void> | undefined
  const close = async (graceMs?: number) => {
    await server.close(graceMs)
    await access.close()
    await engine.close()
    await database.close()
  }
  return {
    url,
    server,
    engine,
    access,
    database,
    close: (graceMs) => {
      closing ??= close(graceMs)
      return closing
    },
  }
}
