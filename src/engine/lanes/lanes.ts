import { currentTrace, deadlineWithin, unsafeRefusal } from '../../calls/index.ts'
import type { Database } from '../../db/index.ts'
import { Bucket, type BucketSettings } from './bucket.ts'
import type { Command, Outcome } from './command.ts'
import type { LaneCounters, LaneFigures } from './lane.ts'
import { LaneTimings, type WriteTimings } from './lane-timings.ts'
import { busy } from './pending.ts'
import { ShowLead } from './show-lead.ts'
import { type WriteEvents, WriteHealth } from './write-health.ts'

/** Bounds of what each bucket takes on, so that a node that is down fills none but its own. */
export interface LaneSettings extends Omit<BucketSettings, 'laneMax'> {
  /** Milliseconds within which every command gets an answer. */
  readonly deadlineMs: number
}

/** Connections that write, at most, to one PostgreSQL. */
export const LANES_MAX = 4
/** Connections that write, at most, to each shard of a sharded database. */
export const LANES_OF_SHARD_MAX = 2

/**
 * Way of commands to the database. Shows that may share a batch, as `rowlock.bucket_of` says, have
 * lanes of their own: on one PostgreSQL that is all of them; of shards, each goes ahead by itself.
 */
export class Lanes {
  readonly counters: LaneCounters = { batches: 0, commands: 0, resent: 0 }
  readonly health: WriteHealth
  readonly ahead = new ShowLead()
  readonly #timings = new LaneTimings()
  readonly #database: Database
  readonly #settings: LaneSettings
  readonly #laneMax: number
  readonly #buckets = new Map<number, Bucket>()
  #isClosed = false

  constructor(
    database: Database,
    settings: LaneSettings,
    events: WriteEvents = {},
    laneMax: number = database.isSharded ? LANES_OF_SHARD_MAX : LANES_MAX,
  ) {
    this.health = new WriteHealth(events)
    this.#database = database
    this.#settings = settings
    this.#laneMax = laneMax
    if (!database.isSharded) this.#bucketOf(0)
  }

  get count(): number {
    return this.#buckets.size * this.#laneMax
  }

  get connectedCount(): number {
    return this.#sum((bucket) => bucket.connectedCount)
  }

  /** Commands that wait for a batch. */
  get queuedCount(): number {
    return this.#sum((bucket) => bucket.queuedCount)
  }

  /** Looks through all that waits: for who asks now and then. */
  timings(): WriteTimings {
    const now = performance.now()
    let oldestAt = now
    for (const bucket of this.#buckets.values()) oldestAt = Math.min(oldestAt, bucket.oldestAt(now))
    return this.#timings.read(now - oldestAt)
  }

  /**
   * Resolves with what the kernel says. Refusals: `busy`, `outcome_unknown`, `storage_full`,
   * `unavailable`.
   */
  submit(command: Command, bucketNo = 0): Promise<Outcome> {
    if (this.#isClosed) return Promise.reject(busy('This server is stopping; nothing was done.'))
    const bucket = this.#bucketOf(bucketNo)
    const refusal = bucket.refusalOf(command)
    if (refusal !== null) return Promise.reject(refusal)
    const unsafe = this.#database.unsafe()
    if (unsafe.length > 0) return Promise.reject(unsafeRefusal(unsafe))
    const deadlineAt = deadlineWithin(this.#settings.deadlineMs)
    const queuedAt = performance.now()
    if (deadlineAt <= queuedAt) return Promise.reject(busy())
    const trace = currentTrace()
    return new Promise((resolve, reject) => {
      const marks = { queuedAt, trace, isSent: false, isInDoubt: false, isAnswered: false }
      bucket.add({ command, deadlineAt, ...marks, resolve, reject })
    })
  }

  /** Refuses new commands, answers what was accepted, then ends the connections. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#buckets.values()].map((bucket) => bucket.close()))
  }

  #bucketOf(bucketNo: number): Bucket {
    let bucket = this.#buckets.get(bucketNo)
    if (bucket === undefined) {
      const { counters, health, ahead } = this
      const figures: LaneFigures = { counters, health, ahead, timings: this.#timings }
      bucket = new Bucket(this.#database, { ...this.#settings, laneMax: this.#laneMax }, figures)
      this.#buckets.set(bucketNo, bucket)
    }
    return bucket
  }

  #sum(countOf: (bucket: Bucket) => number): number {
    let sum = 0
    for (const bucket of this.#buckets.values()) sum += countOf(bucket)
    return sum
  }
}
