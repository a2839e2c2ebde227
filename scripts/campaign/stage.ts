import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { familyOf } from '../../bench/processes/usage.ts'
import { openOwnDatabase } from '../../src/cli/stress/own-database.ts'
import { connectClient } from '../../src/db/connection.ts'
import { startOwnServers } from '../../stress/index.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

const SERVER_COUNT = 2
const PATIENCE_MS = 60_000
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** Two servers and a database of their own, and what can be done to them. */
export interface CampaignStage {
  readonly urls: readonly string[]
  readonly operatorKey: string
  killServer(index: number): Promise<void>
  /** Stops a server in its tracks, and lets it go on. */
  pauseServer(index: number, isPaused: boolean): void
  killDatabase(): Promise<void>
  /** Stops every process of the database in its tracks, and lets them go on. */
  pauseDatabase(isPaused: boolean): void
  /** Sets the clock that the kernel asks apart from the machine's, by milliseconds. */
  moveClock(ms: number): Promise<void>
  /** File system of its data; null where no small one could be mounted. */
  readonly disk: Pick<SmallDisk, 'fill' | 'empty'> | null
  /** Waits until the database can be written to. */
  untilWritable(): Promise<void>
  /** Ends every connection of the servers to the database. */
  endConnections(): Promise<void>
  /** Tells what `rowlock check` finds, over all shows. */
  check(): Promise<readonly object[]>
  /** Also takes its disk away, unless somebody is to look at it. */
  stop(isKept: boolean): Promise<void>
}

/** Starts it all in a directory. */
export async function openCampaignStage(directory: string): Promise<CampaignStage> {
  // PostgreSQL does not run as root, and has to reach its directory in here.
  await chmod(directory, 0o755)
  const disk = await mountSmallDisk(directory)
  const database = await openOwnDatabase(disk?.directory ?? directory, console.log)
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
    pauseDatabase: (isPaused) => {
      for (const pid of familyOf(database.pid())) signal(pid, isPaused ? 'SIGSTOP' : 'SIGCONT')
    },
    moveClock: (ms) =>
      untilDone(() =>
        asOwner(
          `create or replace function rowlock.clock() returns timestamptz language sql volatile as
           $$ select date_trunc('milliseconds', clock_timestamp() + ${ms} * interval '1 ms') $$`,
        ),
      ),
    disk,
    untilWritable: () =>
      untilDone(() => asOwner("select pg_logical_emit_message(true, 'campaign', 'trial')")),
    endConnections: async () => {
      await asOwner(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
    },
    check: () => asOwner('select found.* from rowlock.shows, rowlock.violations(show_id) as found'),
    stop: async (isKept) => {
      await servers.stop()
      await database.stop()
      if (!isKept) await disk?.remove()
    },
  }
}

/** A process that has just ended takes no signals. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {}
}

/** Tries again while the database is away: it was killed a moment ago, or had no room. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await delay(100)
    }
  }
}
