import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openOwnDatabase } from '../../src/cli/stress/own-database.ts'
import { connectClient } from '../../src/db/connection.ts'
import { startOwnServers } from '../../stress/index.ts'

const SERVER_COUNT = 2
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** Two servers and a database of their own, and what can be done to them. */
export interface CampaignStage {
  readonly urls: readonly string[]
  readonly operatorKey: string
  killServer(index: number): Promise<void>
  /** Stops a server in its tracks, and lets it go on. */
  pauseServer(index: number, isPaused: boolean): void
  killDatabase(): Promise<void>
  /** Ends every connection of the servers to the database. */
  endConnections(): Promise<void>
  /** What `rowlock check` finds, over all shows. */
  check(): Promise<readonly object[]>
  stop(): Promise<void>
}

/** Starts it all in a directory. */
export async function openCampaignStage(directory: string): Promise<CampaignStage> {
  // PostgreSQL does not run as root, and has to reach its directory in here.
  await chmod(directory, 0o755)
  const database = await openOwnDatabase(directory, console.log)
  const operatorKey = randomBytes(24).toString('base64url')
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ROWLOCK_'))
  const servers = await startOwnServers({
    count: SERVER_COUNT,
    command: [process.execPath, MAIN, 'serve', '--quiet'],
    environment: {
      ...Object.fromEntries(inherited),
      DATABASE_URL: database.serverUrl,
      ROWLOCK_MIGRATION_URL: database.ownerUrl,
      ROWLOCK_OPERATOR_KEY: operatorKey,
      ROWLOCK_DEMO: 'false',
      ROWLOCK_LIMITS: 'off',
      LOG_LEVEL: 'warn',
    },
    logDir: directory,
  })
  const asOwner = async <Row extends object>(text: string): Promise<Row[]> => {
    const client = await connectClient({ connectionString: database.ownerUrl })
    try {
      return (await client.query<Row>(text)).rows
    } finally {
      await client.end()
    }
  }
  return {
    urls: servers.urls,
    operatorKey,
    killServer: (index) => servers.kill(index),
    pauseServer: (index, isPaused) => {
      const pid = servers.pids()[index]
      if (pid !== undefined) process.kill(pid, isPaused ? 'SIGSTOP' : 'SIGCONT')
    },
    killDatabase: () => database.kill(),
    endConnections: async () => {
      await asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
    },
    check: () => asOwner('select found.* from rowlock.shows, rowlock.violations(show_id) as found'),
    stop: async () => {
      await servers.stop()
      await database.stop()
    },
  }
}
