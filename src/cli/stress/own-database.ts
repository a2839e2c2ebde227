import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import type pg from 'pg'
import { migrate, startEmbedded } from '../../db/index.ts'

/** A PostgreSQL for one run, as durable as any. */
export interface OwnDatabase {
  /** For migrating. */
  readonly ownerUrl: string
  /** For serving. */
  readonly serverUrl: string
  /** Process id of its postmaster, as it is now. */
  pid(): number
  /** `kill -9` of the postmaster; resolves when its supervisor has brought it back. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const RESTART_MS_MAX = 60_000
/** Enough for a few servers with their pools and lanes. */
const CONNECTIONS_MAX = 200

/** Starts a migrated database in a directory. */
export async function openOwnDatabase(
  directory: string,
  log: (text: string) => void,
): Promise<OwnDatabase> {
  const events = new EventEmitter()
  const embedded = await startEmbedded({
    dataDir: join(directory, 'database'),
    fallbackDir: directory,
    settings: { max_connections: CONNECTIONS_MAX },
    onRestart: () => events.emit('restart'),
  })
  try {
    await migrate(embedded.ownerConfig, { login: embedded.serverConfig.user })
  } catch (error) {
    await embedded.stop()
    throw error
  }
  log(`A PostgreSQL of its own (process ${embedded.postmasterPid}).`)
  return {
    ownerUrl: toUrl(embedded.ownerConfig),
    serverUrl: toUrl(embedded.serverConfig),
    pid: () => embedded.postmasterPid,
    kill: async () => {
      const restarted = once(events, 'restart', { signal: AbortSignal.timeout(RESTART_MS_MAX) })
      process.kill(embedded.postmasterPid, 'SIGKILL')
      await restarted
    },
    stop: () => embedded.stop(),
  }
}

/** Processes are told where the database is in one variable; a socket's directory goes along. */
function toUrl({ host = '', port, user = '', database }: pg.ClientConfig): string {
  const query = new URLSearchParams({ host, port: String(port) })
  return `postgres://${encodeURIComponent(user)}@localhost/${database}?${query}`
}
