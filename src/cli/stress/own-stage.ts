/**
 * A database and servers for one run. The database runs in this process, so that a server that is
 * killed takes nothing with it; whoever kills the database sees its supervisor start it again.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type OwnServers, type Stage, startOwnServers } from '../../../stress/index.ts'
import { checkOn } from './check-on.ts'
import { type OwnDatabase, openOwnDatabase } from './own-database.ts'

/** Settings of what to start. */
export interface OwnStageSettings {
  readonly serverCount: number
  /** A PostgreSQL that is there; null for one of our own. */
  readonly databaseUrl: string | null
  /** The environment that the servers inherit, except for what is ours. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: (text: string) => void
}

/** A stage that has to be taken down. */
export interface OwnStage extends Stage {
  /** Directory of the logs, and of the database if it is ours. */
  readonly directory: string
  /** Stops everything. The directory stays when there is something to look for in it. */
  stop(keepDirectory: boolean): Promise<void>
}

/** This program, from source or built. */
const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const MAIN = fileURLToPath(new URL(`../main.${ENDING}`, import.meta.url))

/** Brings database and servers up, and leaves nothing behind when that fails. */
export async function openOwnStage(settings: OwnStageSettings): Promise<OwnStage> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-stress-'))
  // PostgreSQL does not run as root, and has to reach its directory in here.
  await chmod(directory, 0o755)
  const opened: { database?: OwnDatabase; servers?: OwnServers } = {}
  const stop = async (keepDirectory: boolean) => {
    await opened.servers?.stop()
    await opened.database?.stop()
    if (!keepDirectory) await rm(directory, { recursive: true, force: true })
  }
  try {
    const { databaseUrl } = settings
    const operatorKey = randomBytes(24).toString('base64url')
    if (databaseUrl === null) opened.database = await openOwnDatabase(directory, settings.log)
    const urls = opened.database ?? { ownerUrl: databaseUrl ?? '', serverUrl: databaseUrl ?? '' }
    const servers = await startOwnServers({
      count: settings.serverCount,
      command: [process.execPath, MAIN, 'serve', '--quiet'],
      environment: serverEnvironment(settings.environment, urls, operatorKey),
      logDir: directory,
    })
    opened.servers = servers
    settings.log(`${servers.urls.length} servers: ${servers.urls.join(', ')}`)
    return {
      directory,
      servers: servers.urls,
      operatorKey,
      own: {
        killServer: (index) => servers.kill(index),
        killDatabase: opened.database?.kill ?? null,
      },
      check: (show) => checkOn(urls.serverUrl, show),
      stop,
    }
  } catch (error) {
    await stop(false)
    throw error
  }
}

/** Settings of whoever calls must not reach our servers: they are for servers of theirs. */
function serverEnvironment(
  inherited: OwnStageSettings['environment'],
  { ownerUrl, serverUrl }: Pick<OwnDatabase, 'ownerUrl' | 'serverUrl'>,
  operatorKey: string,
): Record<string, string | undefined> {
  const others = Object.entries(inherited).filter(([name]) => !name.startsWith('ROWLOCK_'))
  return {
    ...Object.fromEntries(others),
    DATABASE_URL: serverUrl,
    ROWLOCK_MIGRATION_URL: ownerUrl,
    ROWLOCK_OPERATOR_KEY: operatorKey,
    ROWLOCK_DEMO: 'false',
    // A thousand shoppers come from one address.
    ROWLOCK_LIMITS: 'off',
    LOG_LEVEL: 'warn',
  }
}
