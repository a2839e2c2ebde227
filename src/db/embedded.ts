/**
 * A real PostgreSQL of our own, for whoever has configured none: the programs come from npm, the
 * data lasts, and it is as durable as any other. Steps: directory, lock, programs, cluster,
 * postmaster, database and roles, watch.
 */
import { join } from 'node:path'
import type pg from 'pg'
import { connectClient } from './connection.ts'
import { chooseAccount } from './embedded/account.ts'
import { findBinaries } from './embedded/binaries.ts'
import {
  bringUp,
  type Cluster,
  createCluster,
  OWNER,
  ownerConfig,
  type RunningCluster,
  shutDown,
} from './embedded/cluster.ts'
import type { ClusterSettings } from './embedded/cluster-settings.ts'
import {
  createDataDirectory,
  FALLBACK_DIR,
  secureDataDirectory,
} from './embedded/data-directory.ts'
import { type DirectoryLock, lockDirectory } from './embedded/directory-lock.ts'
import { type Endpoint, removeEndpoint } from './embedded/endpoint.ts'
import { Supervisor } from './embedded/supervisor.ts'

/** Settings of the embedded PostgreSQL. Only `dataDir` is needed. */
export interface EmbeddedSettings {
  readonly dataDir: string
  readonly log?: (message: string) => void
  /** Settings of postgresql.conf beyond ours, which are durable. */
  readonly settings?: ClusterSettings
  /** Called once the postmaster is starting: whoever has work of its own does it meanwhile. */
  readonly onLaunch?: () => void
  /** Called after the postmaster had died and runs again. */
  readonly onRestart?: () => void
  /** Directory to use when PostgreSQL's account cannot reach `dataDir`. */
  readonly fallbackDir?: string
}

/** A PostgreSQL that runs until `stop`, which whoever started or adopted it has to call. */
export interface EmbeddedDatabase {
  /** Superuser on database `rowlock`: for migrations. */
  readonly ownerConfig: pg.ClientConfig
  /** A login of its own that may do what servers may, once the database is migrated for it. */
  readonly serverConfig: pg.ClientConfig
  /** Directory of the data; differs from the one asked for when PostgreSQL cannot reach that. */
  readonly dataDir: string
  /** True when the postmaster ran before: our predecessor was killed. */
  readonly adopted: boolean
  /** Changes when the postmaster had to be started again. */
  readonly postmasterPid: number
  /** Stops PostgreSQL and gives up the directory. May be called twice. */
  stop(): Promise<void>
}

/** Database of the embedded cluster. */
const DATABASE = 'rowlock'
const SERVER_LOGIN = 'rowlock_app'

/**
 * Starts or adopts the PostgreSQL of a data directory. Throws `DirectoryInUseError` when another
 * living Rowlock has it, `DataDirectoryError` when it cannot be used, `BinariesError` when there is
 * no PostgreSQL for this platform, `ClusterError` when PostgreSQL itself fails.
 */
export async function startEmbedded(settings: EmbeddedSettings): Promise<EmbeddedDatabase> {
  const log = settings.log ?? (() => {})
  const asked = await createDataDirectory(settings.dataDir)
  const account = await chooseAccount(join(asked, 'pg'), log)
  const fallbackDir = settings.fallbackDir ?? FALLBACK_DIR
  const { dataDir, runDir } = await secureDataDirectory(asked, account, fallbackDir, log)
  const lock = await lockDirectory(dataDir, join(dataDir, 'rowlock.lock'))
  try {
    const binaries = await findBinaries(dataDir, account, log)
    const clusterDir = join(dataDir, 'pg')
    const wanted = settings.settings ?? {}
    const onLaunch = settings.onLaunch ?? (() => {})
    const place = { dataDir, runDir, clusterDir, account, binaries }
    const cluster = { ...place, settings: wanted, log, onLaunch }
    const running = await begin(cluster)
    const supervisor = new Supervisor(cluster, running, lock, settings.onRestart ?? (() => {}))
    return handle(cluster, running, supervisor, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function begin(cluster: Cluster): Promise<RunningCluster> {
  await createCluster(cluster)
  const running = await bringUp(cluster)
  try {
    await createDatabase(running)
  } catch (error) {
    await shutDown(cluster, running.pid)
    throw error
  }
  const how = running.adopted ? 'adopted' : 'started'
  cluster.log(`PostgreSQL ${how} (process ${running.pid}) in ${cluster.dataDir}.`)
  return running
}

async function createDatabase({ endpoint }: RunningCluster): Promise<void> {
  const client = await connectClient(ownerConfig(endpoint, 'postgres'))
  try {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database union all select rolname from pg_roles',
    )
    const names = rows.map((row) => row.name)
    // The owner has the same name as the database, so names are counted, not looked up.
    if (names.filter((name) => name === DATABASE).length < 2) {
      await client.query(`create database ${DATABASE} owner ${OWNER}`)
    }
    // Migrating makes it a member of the role that servers act as.
    if (!names.includes(SERVER_LOGIN)) await client.query(`create role ${SERVER_LOGIN} login`)
  } finally {
    await client.end()
  }
}

/** Makes the configurations that connect to an embedded cluster. */
export function configsOf(
  endpoint: Endpoint,
): Pick<EmbeddedDatabase, 'ownerConfig' | 'serverConfig'> {
  const owner = ownerConfig(endpoint, DATABASE)
  return { ownerConfig: owner, serverConfig: { ...owner, user: SERVER_LOGIN } }
}

function handle(
  cluster: Cluster,
  first: RunningCluster,
  supervisor: Supervisor,
  lock: DirectoryLock,
): EmbeddedDatabase {
  let stopping: Promise<void> | undefined
  const stop = async () => {
    try {
      await supervisor.stop()
      await removeEndpoint(first.endpoint, cluster)
      cluster.log('PostgreSQL stopped.')
    } finally {
      await lock.release()
    }
  }
  return {
    ...configsOf(first.endpoint),
    dataDir: cluster.dataDir,
    adopted: first.adopted,
    get postmasterPid() {
      return supervisor.running.pid
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}
