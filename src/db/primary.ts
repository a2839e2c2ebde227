/**
 * Checks the database that each serving connection has reached. After a failover there are two that
 * take writes, the new primary and the old one that comes back, and both answer "booked". So each
 * new connection asks who it has reached before anything is sent on it: a standby, another cluster
 * and a primary that was replaced are refused, and the next host of the URL is tried.
 */
import type pg from 'pg'
import { ConnectError } from './connect-error.ts'
import { configsOf } from './connection.ts'
import type { Failures } from './failures.ts'
import { placeOf } from './hosts.ts'
import { type Identity, readIdentity } from './identity.ts'
import { ReadOnlyServerError } from './server-traits.ts'
import { SessionClient } from './session-client.ts'
import { classify } from './sqlstate.ts'

/** Requirements of a database, besides that it can be written. */
export interface PrimarySettings {
  /** Refuse it where a commit would not wait for a synchronous standby. */
  readonly requireSync?: boolean
}

/** Database that was reached last, as far as it was seen. */
export interface PrimaryStatus {
  readonly role: 'primary' | 'standby' | 'unknown'
  /** The host that was reached last, without user and password. */
  readonly host: string
  /** The highest that was seen; a promotion begins a new one. Null where it cannot be asked. */
  readonly timeline: number | null
}

/** A database that must not be written to, although it would take writes. */
export class WrongPrimaryError extends Error {
  override readonly name = 'WrongPrimaryError'
  readonly code = 'RL001'
}

/** No commit waits for a standby, where one is required. */
export class NoSynchronousStandbyError extends Error {
  override readonly name = 'NoSynchronousStandbyError'
  readonly code = 'RL002'
}

/**
 * So long after the last sign of a primary, a standby is taken for one that is about to be
 * promoted: who asks meanwhile waits. Later they are told at once.
 */
const PROMOTION_MS = 10_000

/** Finds the primary among the hosts of a URL, again and again, and remembers which one it was. */
export class Primary {
  readonly #configs: readonly pg.ClientConfig[]
  readonly #failures: Failures
  readonly #requireSync: boolean
  #current = 0
  #role: PrimaryStatus['role'] = 'unknown'
  #seen: Identity | null = null
  #seenAt = performance.now()

  constructor(
    config: pg.ClientConfig,
    failures: Failures,
    { requireSync = false }: PrimarySettings = {},
  ) {
    this.#configs = configsOf(config)
    this.#failures = failures
    this.#requireSync = requireSync
  }

  get status(): PrimaryStatus {
    const host = placeOf(this.#configs[this.#current]?.connectionString)
    return { role: this.#role, host, timeline: this.#seen?.timeline ?? null }
  }

  /**
   * Connects to the primary; tries each host once. What is asked on the connection is sent at once,
   * and answered in that order. Throws `ConnectError`.
   */
  async connect(): Promise<pg.Client> {
    const Client = this.clientClass({ pipeline: true })
    for (let left = this.#configs.length; ; left--) {
      const client = new Client()
      try {
        await client.connect()
        return client
      } catch (error) {
        if (left <= 1) throw error
      }
    }
  }

  /** Clients of the pool, which makes them by `new`: each leads to the host that is next. */
  clientClass(more: pg.ClientConfig = {}): new () => SessionClient {
    const attempt = (connect: () => Promise<pg.Client>, client: pg.Client, host: number) =>
      this.#attempt(connect, client, host)
    const next = () => ({ config: this.#configs[this.#current] ?? {}, host: this.#current })
    return class PrimaryClient extends SessionClient {
      readonly #host: number

      constructor() {
        const { config, host } = next()
        super({ ...config, ...more })
        this.#host = host
        this.on('error', () => {})
      }

      override connect(): Promise<pg.Client>
      override connect(callback: (error: Error) => void): void
      override connect(callback?: (error: Error) => void): Promise<pg.Client> | undefined {
        const connecting = attempt(() => super.connect(), this, this.#host)
        if (callback === undefined) return connecting
        // The driver's own types have no success.
        connecting.then(() => callback(null as unknown as Error), callback)
        return undefined
      }
    }
  }

  /** Takes in what a look at an open connection has found. Throws what `connect` would. */
  see(identity: Identity): void {
    this.#role = identity.isStandby ? 'standby' : 'primary'
    if (identity.isStandby) throw new ReadOnlyServerError(STANDBY)
    const problem = this.#problemOf(identity)
    if (problem !== null) throw problem
    this.#seen = {
      ...identity,
      timeline: identity.timeline ?? this.#seen?.timeline ?? null,
      systemIdentifier: identity.systemIdentifier ?? this.#seen?.systemIdentifier ?? null,
    }
    this.#seenAt = performance.now()
  }

  async #attempt(
    connect: () => Promise<pg.Client>,
    client: pg.Client,
    host: number,
  ): Promise<pg.Client> {
    try {
      await connect()
      this.see(await readIdentity(client))
      return client
    } catch (error) {
      await client.end().catch(() => {})
      if (classify(error) === 'lost') this.#role = 'unknown'
      this.#failures.note(error, 'connect')
      // Only the first of those who failed there moves on: the others would lead back.
      if (this.#current === host) this.#current = (host + 1) % this.#configs.length
      if (this.#isPromoting(error)) throw new NotYetError(error)
      if (OURS.some((kind) => error instanceof kind)) throw error
      throw new ConnectError(error, this.#configs[host]?.connectionString)
    }
  }

  #isPromoting(error: unknown): boolean {
    return classify(error) === 'read_only' && performance.now() - this.#seenAt < PROMOTION_MS
  }

  #problemOf({ systemIdentifier, timeline, isSynchronous }: Identity): Error | null {
    const { host } = this.status
    const seen = this.#seen
    if (differs(systemIdentifier, seen?.systemIdentifier)) {
      return new WrongPrimaryError(
        `${host} is another database cluster than before. Restart the servers if that is meant.`,
      )
    }
    if (timeline !== null && seen?.timeline && timeline < seen.timeline) {
      return new WrongPrimaryError(
        `${host} is on timeline ${timeline}, and ${seen.timeline} has been seen: it is a primary ` +
          'that was replaced. Stop it, and make it a standby (pg_rewind).',
      )
    }
    if (this.#requireSync && !isSynchronous) {
      return new NoSynchronousStandbyError(
        'No commit waits for a synchronous standby, and ROWLOCK_REQUIRE_SYNC is set: look at ' +
          'synchronous_standby_names and synchronous_commit.',
      )
    }
    return null
  }
}

/** In words for who runs it, as they are. */
const OURS = [ReadOnlyServerError, WrongPrimaryError, NoSynchronousStandbyError]

const STANDBY = 'The database is a standby, which is read-only: name the primary in the URL.'

/** A standby that may be promoted any moment: "not yet accepting connections". */
class NotYetError extends Error {
  readonly code = '57P03'

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function differs(one: string | null, two: string | null | undefined): boolean {
  return one !== null && two !== null && two !== undefined && one !== two
}
