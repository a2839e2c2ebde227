import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectClient } from '../connection.ts'
import { bringUp, type Cluster, ownerConfig, type RunningCluster, shutDown } from './cluster.ts'
import type { DirectoryLock } from './directory-lock.ts'
import { readLivingPostmaster } from './postmaster-file.ts'

const LOOK_EVERY_MS = 1000
const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 5000

/**
 * Keeps a cluster up while it lives. It notices the postmaster's end at once, because its own
 * connection breaks, and at the latest a second later, because it looks for the process.
 */
export class Supervisor {
  #running: RunningCluster
  #watch: pg.Client | undefined
  #work: Promise<void> | undefined
  #isStopping = false
  readonly #timer: NodeJS.Timeout
  readonly #cluster: Cluster
  readonly #lock: DirectoryLock
  readonly #onRestart: () => void

  constructor(
    cluster: Cluster,
    running: RunningCluster,
    lock: DirectoryLock,
    onRestart: () => void,
  ) {
    this.#cluster = cluster
    this.#running = running
    this.#lock = lock
    this.#onRestart = onRestart
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#look()
  }

  /** The postmaster that was last seen. */
  get running(): RunningCluster {
    return this.#running
  }

  /** Ends the watch, then the cluster. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#timer)
    await this.#work
    await this.#watch?.end().catch(() => {})
    await shutDown(this.#cluster, this.#running.pid)
  }

  /** One look at a time; a connection that breaks while we look is seen by the next one. */
  #look(): void {
    if (this.#isStopping) return
    this.#work ??= this.#lookOnce()
      .catch((error: unknown) => this.#cluster.log(`Looking after the database: ${error}`))
      .finally(() => {
        this.#work = undefined
      })
  }

  async #lookOnce(): Promise<void> {
    await this.#lock.touch()
    const living = await readLivingPostmaster(this.#cluster.clusterDir)
    if (living === null) await this.#restart()
    if (this.#watch === undefined && !this.#isStopping) await this.#openWatch()
  }

  async #openWatch(): Promise<void> {
    const config = ownerConfig(this.#running.endpoint, 'postgres')
    const client = await connectClient({ ...config, application_name: 'rowlock supervisor' })
    this.#watch = client
    client.once('end', () => {
      this.#watch = undefined
      this.#look()
    })
  }

  async #restart(): Promise<void> {
    const { log } = this.#cluster
    log(`PostgreSQL (process ${this.#running.pid}) ended: restarting it.`)
    for (let pauseMs = PAUSE_MS_MIN; !this.#isStopping; pauseMs *= 2) {
      try {
        this.#running = await bringUp(this.#cluster, this.#running.endpoint)
        log(`PostgreSQL is running again (process ${this.#running.pid}).`)
        this.#onRestart()
        return
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
      }
      await delay(Math.min(pauseMs, PAUSE_MS_MAX))
    }
  }
}
