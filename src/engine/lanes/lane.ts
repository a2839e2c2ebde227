import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { KNOWN_AFTER, knownRefusal } from '../../calls/index.ts'
import { type Database, type FailureKind, WAS_DONE } from '../../db/index.ts'
import { apply, CLOCK_AHEAD, NOT_NOW } from './apply.ts'
import { BatchTrace } from './batch-trace.ts'
import type { Outcome } from './command.ts'
import type { LaneTimings } from './lane-timings.ts'
import { answer, asSent, clockAhead, fail, failLate, type Pending } from './pending.ts'
import type { ShowLead } from './show-lead.ts'
import type { WriteHealth } from './write-health.ts'

/** Counters since the start. */
export interface LaneCounters {
  batches: number
  commands: number
  resent: number
}

/** Figures that lanes find out while they work. */
export interface LaneFigures {
  readonly counters: LaneCounters
  readonly health: WriteHealth
  readonly ahead: ShowLead
  readonly timings: LaneTimings
}

/** After these, a new connection may lead elsewhere. */
const DROPPED: ReadonlySet<FailureKind> = new Set(['lost', 'read_only', 'refused'])
const PAUSE_MS_MIN = 20
const PAUSE_MS_MAX = 500

/**
 * One database connection with at most one batch in flight.
 *
 * A batch whose connection broke is in doubt, and is sent again as it was: the kernel knows its
 * request ids, so what had committed is answered and not done twice. Whoever's deadline passes
 * meanwhile is told `outcome_unknown`, or `busy` when nothing of theirs can have been done.
 */
export class Lane {
  readonly #database: Database
  readonly #counters: LaneCounters
  readonly #health: WriteHealth
  readonly #ahead: ShowLead
  readonly #timings: LaneTimings
  #flight: readonly Pending[] = []
  #startedAt = 0
  #trace: BatchTrace | null = null
  #client: pg.Client | null = null
  #isWarmUpDue = true
  #hasWarning = false
  #isUnderWay = false

  /** The figures may be shared by several lanes. */
  constructor(database: Database, { counters, health, ahead, timings }: LaneFigures) {
    this.#database = database
    this.#counters = counters
    this.#health = health
    this.#ahead = ahead
    this.#timings = timings
  }

  get isConnected(): boolean {
    return this.#client !== null
  }

  /** Commands in flight. */
  get size(): number {
    return this.#flight.length
  }

  /** Instant at which the batch in flight set out, in milliseconds of `performance.now()`. */
  get startedAt(): number {
    return this.#startedAt
  }

  /**
   * Answers every command of a batch, however often it must be sent, but for those whose show
   * somebody else has locked: these come back. Never throws.
   */
  async run(batch: readonly Pending[]): Promise<readonly Pending[]> {
    this.#flight = batch
    this.#startedAt = performance.now()
    this.#trace = BatchTrace.of(batch)
    await this.#settle(batch)
    this.#trace?.end()
    this.#flight = []
    return batch.filter((pending) => !pending.isAnswered)
  }

  /** Answers commands that have waited beyond the deadline; the batch itself may still go on. */
  giveUpLate(now: number): void {
    failLate(this.#flight, now, this.#isUnderWay)
  }

  /** Ends the connection. Nothing may be in flight. */
  async close(): Promise<void> {
    await this.#client?.end().catch(() => {})
    this.#client = null
  }

  async #settle(batch: readonly Pending[]): Promise<void> {
    for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
      const open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) break
      const failure = await this.#attempt(open)
      if (failure === null) break
      if (failure.kind === 'bug') {
        await this.#isolate(open, failure.error)
        break
      }
      if (failure.kind === 'timeout' && open.length > 1) {
        // Too much for one statement: half of it each, while there is time.
        const half = Math.ceil(open.length / 2)
        await this.#settleEach([open.slice(0, half), open.slice(half)])
        break
      }
      // Whose turn it is meanwhile, the lanes know.
      if (failure.kind === 'locked') break
      this.#refuseKnown(open, failure)
      await delay(pauseMs * (0.5 + Math.random() / 2))
    }
  }

  /** Answers what is known to fail again, and not to have been done, instead of waiting it out. */
  #refuseKnown(open: readonly Pending[], { kind, error }: Failure): void {
    if (this.#health.countOf(kind) < KNOWN_AFTER) return
    const refusal = knownRefusal(error)
    if (refusal === null) return
    for (const pending of open) if (!pending.isInDoubt) fail(pending, refusal)
  }

  /** Settles parts in order: what one leaves behind, those after it must not overtake. */
  async #settleEach(parts: readonly (readonly Pending[])[]): Promise<void> {
    const left = new Set<number>()
    for (const part of parts) {
      const batch = part.filter(({ command }) => !left.has(command.show_id))
      await this.#settle(batch)
      for (const { command, isAnswered } of batch) if (!isAnswered) left.add(command.show_id)
    }
  }

  /** Sends the commands once. Null when the kernel has answered all of them. */
  async #attempt(batch: readonly Pending[]): Promise<Failure | null> {
    let open = batch
    try {
      const showId = batch[0]?.command.show_id ?? 0
      const client = await this.#connected(showId)
      // Whoever was told `busy` while it connected must not be served afterwards.
      open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) return null
      this.#hasWarning = false
      this.#isUnderWay = true
      this.#counters.batches += 1
      this.#counters.commands += open.length
      this.#trace?.send(open.length)
      const sentAt = performance.now()
      const outcomes = await apply(client, showId, open.map(asSent), this.#database)
      this.#timings.answered(open.length, performance.now() - sentAt)
      this.#trace?.answered()
      if (this.#hasWarning) {
        // Such as a cancelled wait for a synchronous standby: committed here, but perhaps nowhere
        // else. Asking again waits again.
        markInDoubt(open)
        return { kind: 'retry', error: new Error('a warning at commit') }
      }
      this.#health.committed()
      this.#answer(open, outcomes)
      return null
    } catch (error) {
      this.#trace?.failed(error)
      this.#health.failed(error)
      // Nothing was sent while it connected, whatever went wrong: another try cannot harm.
      const noted = this.#database.failures.note(error, 'write')
      const kind = this.#isUnderWay ? noted : 'lost'
      if (DROPPED.has(kind)) this.#drop()
      if (this.#isUnderWay && WAS_DONE[kind] === 'perhaps') {
        markInDoubt(open)
        this.#counters.resent += 1
      }
      return { kind, error }
    } finally {
      this.#isUnderWay = false
    }
  }

  #answer(open: readonly Pending[], outcomes: readonly Outcome[]): void {
    const isPassedOver = new Set<Pending>()
    for (const outcome of outcomes) {
      const pending = open[outcome.n]
      if (!pending) continue
      if (outcome.code === NOT_NOW) isPassedOver.add(pending)
      else this.#tell(pending, outcome)
    }
    for (const pending of open) {
      if (pending.isAnswered || isPassedOver.has(pending)) continue
      fail(pending, new Error('rowlock.apply left a command without an answer'))
    }
  }

  #tell(pending: Pending, outcome: Outcome): void {
    if (outcome.code === CLOCK_AHEAD) {
      fail(pending, clockAhead())
      return
    }
    if (outcome.code === 'done' && !outcome.replayed) {
      this.#ahead.see(pending.command.show_id, Date.parse(outcome.at), outcome.now)
    }
    answer(pending, outcome)
  }

  /** One command must not spoil the answers of those that happen to travel with it. */
  async #isolate(open: readonly Pending[], error: unknown): Promise<void> {
    const [first] = open
    if (open.length === 1 && first) {
      fail(first, error instanceof Error ? error : new Error(String(error)))
      return
    }
    await this.#settleEach(open.map((pending) => [pending]))
  }

  async #connected(showId: number): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = await this.#ready(await this.#database.connectLane(), showId)
    client.on('end', () => {
      if (this.#client === client) this.#client = null
    })
    client.on('notice', (notice) => {
      // By its SQLSTATE: the word comes in the server's language.
      if (notice.code?.startsWith('01')) this.#hasWarning = true
    })
    this.#client = client
    return client
  }

  /**
   * A batch of nothing, so that functions are planned before one has the lock of a show. Where it
   * fails the next connection goes without: what is wrong shows when there is something to do.
   */
  async #ready(client: pg.Client, showId: number): Promise<pg.Client> {
    this.#isWarmUpDue = !this.#isWarmUpDue
    if (this.#isWarmUpDue) return client
    try {
      await apply(client, showId, [], this.#database)
      this.#isWarmUpDue = true
      return client
    } catch (error) {
      void client.end().catch(() => {})
      throw error
    }
  }

  #drop(): void {
    void this.#client?.end().catch(() => {})
    this.#client = null
  }
}

interface Failure {
  readonly kind: FailureKind
  readonly error: unknown
}

function markInDoubt(open: readonly Pending[]): void {
  for (const pending of open) pending.isInDoubt = true
}
