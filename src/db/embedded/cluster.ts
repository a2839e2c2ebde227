/**
 * One cluster on this machine: made, brought up and stopped through the programs of PostgreSQL.
 * Bringing up means: adopt the postmaster that runs (Node was killed, it was not), else start one
 * (it was killed, or never ran).
 */
import { constants } from 'node:fs'
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectClient, connectPatiently, withoutEnvironment } from '../connection.ts'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { chownTree } from './chown-tree.ts'
import { type ClusterSettings, includeSettings, writeSettings } from './cluster-settings.ts'
import { DataDirectoryError } from './data-directory.ts'
import { chooseEndpoint, type Endpoint, isTrustworthy } from './endpoint.ts'
import {
  disownPostmaster,
  type PostmasterFile,
  readLivingPostmaster,
  readPostmasterFile,
} from './postmaster-file.ts'
import { isPostmasterOf } from './process-start.ts'
import { runProgram } from './run-program.ts'

/** Parts of a cluster; fixed while it is in use. */
export interface Cluster {
  readonly dataDir: string
  /** For the socket and the log: the data directory, or, as root, what its account owns in it. */
  readonly runDir: string
  /** PGDATA. */
  readonly clusterDir: string
  readonly account: Account | null
  readonly binaries: Binaries
  readonly settings: ClusterSettings
  readonly log: (message: string) => void
  readonly onLaunch: () => void
}

/** A cluster that accepts connections. */
export interface RunningCluster {
  readonly pid: number
  readonly endpoint: Endpoint
  /** It ran before we came. */
  readonly adopted: boolean
}

/** PostgreSQL could not be made, started or stopped; the message has what it said. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError'
}

/** The superuser of an embedded cluster, and owner of all that Rowlock keeps there. */
export const OWNER = 'rowlock'

const START_SECONDS_MAX = 600
const STOP_SECONDS_MAX = 60
const ANSWER_MS_MAX = 60_000
const START_ATTEMPTS_MAX = 60
const LOG_BYTES_MAX = 5_000_000

/** The driver's configuration for the superuser. */
export function ownerConfig(endpoint: Endpoint, database: string): pg.ClientConfig {
  return withoutEnvironment({ host: endpoint.host, port: endpoint.port, user: OWNER, database })
}

/**
 * Makes the cluster if there is none. It is made aside and renamed, so that a crash meanwhile
 * leaves nothing that looks like a cluster. Throws `DataDirectoryError` for another major version.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  const { clusterDir, account, binaries } = cluster
  const version = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) return initialize(cluster)
  if (version.trim() !== binaries.majorVersion) {
    throw new DataDirectoryError(
      `${cluster.dataDir} was made by PostgreSQL ${version.trim()}, and these programs are ` +
        `PostgreSQL ${binaries.majorVersion}. Dump it with the old version, or use its Rowlock.`,
    )
  }
  const owner = (await stat(clusterDir)).uid
  if (account !== null && owner !== account.uid) await chownTree(clusterDir, account)
}

async function initialize({ clusterDir, account, binaries, log }: Cluster): Promise<void> {
  log(`Creating a PostgreSQL ${binaries.majorVersion} cluster in ${clusterDir}.`)
  const draft = `${clusterDir}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  if (account !== null) await chownTree(draft, account)
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', draft, '-U', OWNER, '-A', 'trust', '-E', 'UTF8', ...locale]
  const { ok, output } = await runProgram(binaries.initdb, args, account)
  if (!ok) throw new ClusterError(`The database could not be created: ${output}${adviceOn(output)}`)
  await includeSettings(draft, account)
  await rename(draft, clusterDir)
  await syncDirectory(join(clusterDir, '..'))
}

/** Containers are often run with a user id that has no name. */
function adviceOn(output: string): string {
  if (!output.includes('could not look up effective user')) return ''
  return '. PostgreSQL needs a user with a name: run as another, or add a line to /etc/passwd.'
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path)
  await directory.sync().finally(() => directory.close())
}

/** Adopts or starts; `wanted` is the endpoint to keep when it has to be started again. */
export async function bringUp(cluster: Cluster, wanted?: Endpoint): Promise<RunningCluster> {
  const found = await findRunning(cluster)
  if (found !== null && !(await writeSettings(cluster, found.endpoint, cluster.settings)))
    return found
  if (found !== null) {
    cluster.log('The database runs with other settings: restarting it.')
    await shutDown(cluster, found.pid)
  }
  const earlier = found ?? (await readPostmasterFile(cluster.clusterDir))
  const endpoint =
    wanted ?? (await chooseEndpoint(cluster.runDir, cluster.account, earlier?.endpoint))
  await writeSettings(cluster, endpoint, cluster.settings)
  await startPostmaster(cluster, endpoint)
  const started = await readPostmasterFile(cluster.clusterDir)
  if (started === null) throw new ClusterError('PostgreSQL started, but wrote no postmaster.pid.')
  try {
    const patience = { patienceMs: ANSWER_MS_MAX, log: cluster.log }
    await (await connectPatiently(ownerConfig(endpoint, 'postgres'), patience)).end()
  } catch (error) {
    // Who starts it stops it, also where it turns out to be of no use.
    await shutDown(cluster, started.pid)
    throw error
  }
  return { pid: started.pid, endpoint, adopted: false }
}

/** Facts that lead to a cluster that runs. */
type Place = Pick<Cluster, 'clusterDir' | 'account'>

/**
 * The living postmaster, once it answers: it may still be recovering, or about to stop. Null when
 * there is none (any more). Throws `ClusterError` when it lives and does not answer for a minute.
 */
export async function findRunning(cluster: Place): Promise<RunningCluster | null> {
  const giveUpAt = performance.now() + ANSWER_MS_MAX
  for (;;) {
    const living = await readLivingPostmaster(cluster.clusterDir)
    if (living === null) return null
    if (await answers(cluster, living)) {
      return { pid: living.pid, endpoint: living.endpoint, adopted: true }
    }
    if (performance.now() > giveUpAt) {
      throw new ClusterError(
        `PostgreSQL (process ${living.pid}) runs in ${cluster.clusterDir}, but does not answer.`,
      )
    }
    await delay(100)
  }
}

async function answers(cluster: Place, living: PostmasterFile): Promise<boolean> {
  if (!(await isTrustworthy(living.endpoint, cluster.account))) return false
  try {
    const client = await connectClient(ownerConfig(living.endpoint, 'postgres'))
    try {
      const result = await client.query<{ directory: string }>(
        "select current_setting('data_directory') as directory",
      )
      const directory = await realpath(result.rows[0]?.directory ?? '')
      return directory === (await realpath(cluster.clusterDir))
    } finally {
      await client.end()
    }
  } catch {
    return false
  }
}

/**
 * Children of a postmaster that was killed may live on for a moment, and PostgreSQL then refuses
 * to start: that passes.
 */
async function startPostmaster(cluster: Cluster, endpoint: Endpoint): Promise<void> {
  const { dataDir, runDir, clusterDir, binaries, account } = cluster
  const logFile = join(runDir, 'postgres.log')
  // pg_ctl hands its arguments to a shell, which stumbles over a `$` in a path: so they are
  // relative.
  const args = ['start', '-D', basename(clusterDir), '-l', relative(dataDir, logFile), '-s', '-w']
  for (let attempt = 1; ; attempt++) {
    await disownPostmaster(cluster, endpoint)
    await limitLog(logFile)
    const logged = await stat(logFile).catch(() => null)
    const timeout = ['-t', String(START_SECONDS_MAX)]
    const starting = runProgram(binaries.pgCtl, [...args, ...timeout], account, dataDir)
    cluster.onLaunch()
    const result = await starting
    if (result.ok) return
    const said = await readFrom(logFile, logged?.size ?? 0)
    const passes = said.includes('shared memory block')
    if (!passes || attempt === START_ATTEMPTS_MAX) {
      throw new ClusterError(`PostgreSQL did not start: ${result.output}\n${said}`)
    }
    await delay(500)
  }
}

async function readFrom(path: string, offset: number): Promise<string> {
  // A link there could lead to what only root may read.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null)
  if (file === null) return ''
  const bytes = await file.readFile().finally(() => file.close())
  return bytes.subarray(offset).toString().trim()
}

async function limitLog(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => null)
  if (found !== null && found.size > LOG_BYTES_MAX) await rename(logFile, `${logFile}.1`)
}

/** Stops the postmaster if it lives; open transactions are rolled back. */
export async function shutDown(cluster: Cluster, pid: number): Promise<void> {
  const { clusterDir, binaries, account } = cluster
  for (const mode of ['fast', 'immediate']) {
    if ((await readLivingPostmaster(clusterDir)) === null) break
    const args = ['stop', '-D', clusterDir, '-m', mode, '-w', '-t', String(STOP_SECONDS_MAX)]
    const { ok } = await runProgram(binaries.pgCtl, [...args, '-s'], account)
    if (ok) return
  }
  // Somebody has deleted the directory: pg_ctl knows nothing any more, but it still runs.
  for (let attempt = 0; await isPostmasterOf(pid, clusterDir); attempt++) {
    if (attempt === 0) process.kill(pid, 'SIGQUIT')
    if (attempt === 100) throw new ClusterError(`PostgreSQL in ${clusterDir} does not stop.`)
    await delay(50)
  }
}
