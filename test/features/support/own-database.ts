import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate, openDatabase, startEmbedded } from '../../../src/db/index.ts'
import { loadDemo, openEngine } from '../../../src/engine/index.ts'
import { type RunningServer, startServer } from './running-server.ts'

/** A PostgreSQL that only one scenario has, and the server on it. */
export interface OwnDatabase {
  readonly owner: pg.Pool
  readonly server: RunningServer
  stopPostgres(): Promise<void>
  /** Kills it as the operating system would: no goodbye. */
  killPostgres(): void
  /** Stops the server, then does what every start does, and offers the demonstration. */
  restartServer(): Promise<RunningServer>
  close(): Promise<void>
}

/** Starts a durable PostgreSQL in an empty directory, and a server on it. */
export async function startOwnDatabase(): Promise<OwnDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-features-'))
  await chmod(directory, 0o755)
  const postgres = await startEmbedded({ dataDir: join(directory, 'data') })
  const owner = new pg.Pool({ ...postgres.ownerConfig, max: 1 })
  owner.on('error', () => {})
  await migrate(postgres.ownerConfig, { login: postgres.serverConfig.user })
  const settings = { target: postgres.serverConfig }
  let server = await startServer(settings)
  return {
    owner,
    get server() {
      return server
    },
    stopPostgres: () => postgres.stop(),
    killPostgres: () => process.kill(postgres.postmasterPid, 'SIGKILL'),
    async restartServer() {
      await server.close()
      await migrate(postgres.ownerConfig, { login: postgres.serverConfig.user })
      await offerDemo(settings)
      server = await startServer(settings)
      return server
    },
    async close() {
      await server.close()
      await owner.end()
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The demonstration goes into an empty database only. */
async function offerDemo(settings: { target: pg.ClientConfig }): Promise<void> {
  const database = await openDatabase(settings)
  const engine = openEngine(database)
  await loadDemo(engine)
  await engine.close()
  await database.close()
}
