/**
 * The embedded PostgreSQL for whoever needs it for a moment only, such as a command of the command
 * line: started when nobody runs it, and shared when a server or another command does.
 */
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectClient } from './connection.ts'
import { chooseAccount } from './embedded/account.ts'
import { findRunning } from './embedded/cluster.ts'
import { DirectoryInUseError } from './embedded/directory-lock.ts'
import {
  configsOf,
  type EmbeddedDatabase,
  type EmbeddedSettings,
  startEmbedded,
} from './embedded.ts'

/** Time that the other one may take to bring its PostgreSQL up. */
const JOIN_MS_MAX = 60_000
const JOIN_PAUSE_MS = 200
/** Time for which we keep ours up for others who came to share it. */
const LINGER_MS_MAX = 60_000
const LINGER_PAUSE_MS = 100

/** An embedded PostgreSQL that may be somebody else's. */
export interface SharedDatabase extends EmbeddedDatabase {
  /** Another Rowlock runs it: then `stop` leaves it alone. */
  readonly isShared: boolean
}

/**
 * Like `startEmbedded`, but a directory in use is no error: its PostgreSQL is used, too. Throws
 * `DirectoryInUseError` only when the other one does not get its PostgreSQL up.
 */
export async function shareEmbedded(settings: EmbeddedSettings): Promise<SharedDatabase> {
  const giveUpAt = performance.now() + JOIN_MS_MAX
  for (;;) {
    try {
      return lingering(await startEmbedded(settings))
    } catch (error) {
      if (!(error instanceof DirectoryInUseError)) throw error
      const joined = await joinRunning(settings.dataDir)
      if (joined !== null) return joined
      if (performance.now() > giveUpAt) throw error
    }
    await delay(JOIN_PAUSE_MS)
  }
}

/** The database that runs in the directory, or null when it is not there (yet, or any more). */
async function joinRunning(path: string): Promise<SharedDatabase | null> {
  const dataDir = await realpath(path)
  const clusterDir = join(dataDir, 'pg')
  const running = await findRunning({ clusterDir, account: await chooseAccount(clusterDir) })
  if (running === null) return null
  const configs = configsOf(running.endpoint)
  if (!(await answers(configs.serverConfig))) return null
  return {
    ...configs,
    dataDir,
    adopted: true,
    isShared: true,
    postmasterPid: running.pid,
    stop: async () => {},
  }
}

/** Its database and logins may not be made yet. */
async function answers(config: pg.ClientConfig): Promise<boolean> {
  try {
    await (await connectClient(config)).end()
    return true
  } catch {
    return false
  }
}

/** Stops only when those have gone who share it: their work is as short as ours. */
function lingering(started: EmbeddedDatabase): SharedDatabase {
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await untilUnused(started.ownerConfig).catch(() => {})
    await started.stop()
  }
  return {
    ownerConfig: started.ownerConfig,
    serverConfig: started.serverConfig,
    dataDir: started.dataDir,
    adopted: started.adopted,
    isShared: false,
    get postmasterPid() {
      return started.postmasterPid
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

const USERS = `
  select 1
  from pg_stat_activity
  where datname = current_database()
    and application_name like 'rowlock%'
    and pid <> pg_backend_pid()`

async function untilUnused(ownerConfig: pg.ClientConfig): Promise<void> {
  const client = await connectClient(ownerConfig)
  try {
    const giveUpAt = performance.now() + LINGER_MS_MAX
    while (performance.now() < giveUpAt) {
      const { rows } = await client.query(USERS)
      if (rows.length === 0) return
      await delay(LINGER_PAUSE_MS)
    }
  } finally {
    await client.end()
  }
}
