import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { KNOWN_AFTER, knownRefusal } from '../../calls/index.ts'
import { type Database, type FailureKind, WAS_DONE } from '../../db/index.ts'
import { apply, CLOCK_AHEAD, mayFollow, NOT_NOW, type Turn } from './apply.ts'
import { BatchTrace } from './batch-trace.ts'
import type { Outcome } from './command.ts'
import { Flight, type Landing } from './flight.ts'
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
 * One database connection with a batch in flight, and with another right behind it while there is
 * much to do: the database goes on with that one at once, however late this process hears of it.
 *
 * A batch whose connection broke is in doubt, and is sent again as it was: the kernel knows its
 * request ids, so what had committed is answered and not done twice. Whoever's deadline passes
 * meanwhile is told `outcome_unknown`, or `busy` when nothing of theirs can have been done.
 *
 * A batch that goes behind another is done only when all of that one was, so order stays what it
 * was. Otherwise, and when anything goes wrong with it, it is turned back, and comes first next
 * time.
 */
export class Lane {
  readonly #database: Database
  readonly #counters: LaneCounters
  readonly #health: WriteHealth
  readonly #ahead: ShowLead
  readonly #timings: LaneTimings
  readonly #companyMin: number
  /** In the order in which they were sent. */
  readonly #flights: Flight[] = []
  #turnCount = 0
  #client: pg.Client | null = null
  #isWarmUpDue = true

  /** The figures may be shared by several lanes. Smaller batches have none behind them. */
  constructor(
    database: Database,
    { counters, health, ahead, timings }: LaneFigures,
    companyMin: number,
  ) {
    this.#database = database
    this.#companyMin = companyMin
    this.#counters = counters
    this.#health = health
    this.#ahead = ahead
    this.#timings = timings
  }

  get isConnected(): boolean {
    return this.#client !== null
  }

  get isIdle(): boolean {
    return this.#flights.length === 0
  }

  /** Commands in flight, without those right behind them. */
  get size(): number {
    return this.#flights[0]?.batch.length ?? 0
  }

  /** Instant at which the batch in flight set out, in milliseconds of `performance.now()`. */
  get startedAt(): number {
    return this.#flights[0]?.startedAt ?? 0
  }

  /** The batch in flight, if another may go right behind it. */
  get leader(): Flight | null {
    const [flight, other] = this.#flights
    if (flight === undefined || other !== undefined) return null
    return flight.isUnderWay && flight.name !== null ? flight : null
  }

  /**
   * Answers every command of a batch, however often it must be sent, but for those whose show
   * somebody else has locked: these come back. One that goes behind another is sent once. Never
   * throws.
   */
  async run(batch: readonly Pending[]): Promise<Landing> {
    const flight = new Flight(batch, this.leader?.name ?? null, BatchTrace.of(batch))
    this.#flights.push(flight)
    const isTurnedBack = !(await this.#land(flight))
    flight.trace?.end()
    const now = performance.now()
    this.#flights.splice(this.#flights.indexOf(flight), 1)
    const [next] = this.#flights
    if (next !== undefined && next.startedAt > flight.startedAt) next.startedAt = now
    const left = batch.filter((pending) => !pending.isAnswered)
    return { left, isTurnedBack, ms: now - flight.startedAt }
  }

  /** Answers commands that have waited beyond the deadline; the batches may still go on. */
  giveUpLate(now: number): void {
    for (const { batch, isUnderWay } of this.#flights) failLate(batch, now, isUnderWay)
  }

  /** Ends the connection. Nothing may be in flight. */
  async close(): Promise<void> {
    await this.#client?.end().catch(() => {})
    this.#client = null
  }

  /** False if it was turned back. */
  async #land(flight: Flight): Promise<boolean> {
    if (flight.after !== null) return (await this.#attempt(flight, flight.batch)) === null
    await this.#settle(flight, flight.batch)
    return true
  }

  async #settle(flight: Flight, batch: readonly Pending[]): Promise<void> {
    for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
      const open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) break
      const failure = await this.#attempt(flight, open)
      if (failure === null) break
      if (failure.kind === 'bug') {
        await this.#isolate(flight, open, failure.error)
        break
      }
      if (failure.kind === 'timeout' && open.length > 1) {
        // Too much for one statement: half of it each, while there is time.
        const half = Math.ceil(open.length / 2)
        await this.#settleEach(flight, [open.slice(0, half), open.slice(half)])
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
  async #settleEach(flight: Flight, parts: readonly (readonly Pending[])[]): Promise<void> {
    const left = new Set<number>()
    for (const part of parts) {
      const batch = part.filter(({ command }) => !left.has(command.show_id))
      await this.#settle(flight, batch)
      for (const { command, isAnswered } of batch) if (!isAnswered) left.add(command.show_id)
    }
  }

  /** Sends the commands once. Null when the kernel has answered all of them. */
  async #attempt(flight: Flight, batch: readonly Pending[]): Promise<Failure | null> {
    let open = batch
    try {
      const showId = batch[0]?.command.show_id ?? 0
      const client = await this.#connected(showId)
      // Whoever was told `busy` while it connected must not be served afterwards.
      open = batch.filter((pending) => !pending.isAnswered)
      if (open.length === 0) return null
      const turn = this.#turnOf(flight, open.length)
      flight.hasWarning = false
      flight.isUnderWay = true
      flight.wasSent = true
      this.#counters.batches += 1
      this.#counters.commands += open.length
      flight.trace?.send(open.length)
      const sentAt = performance.now()
      const outcomes = await apply(client, showId, open.map(asSent), this.#database, turn)
      flight.trace?.answered()
      if (outcomes === null) return { kind: 'retry', error: new Error('the batch before failed') }
      const startedAt = Math.max(sentAt, flight.startedAt)
      this.#timings.answered(open.length, performance.now() - startedAt)
      if (flight.hasWarning) {
        // Such as a cancelled wait for a synchronous standby: committed here, but perhaps nowhere
        // else. Asking again waits again.
        markInDoubt(open)
        return { kind: 'retry', error: new Error('a warning at commit') }
      }
      this.#health.committed()
      this.#answer(open, outcomes)
      return null
    } catch (error) {
      flight.trace?.failed(error)
      this.#health.failed(error)
      // Nothing was sent while it connected, whatever went wrong: another try cannot harm.
      const noted = this.#database.failures.note(error, 'write')
      const kind = flight.isUnderWay ? noted : 'lost'
      if (DROPPED.has(kind)) this.#drop()
      if (flight.isUnderWay && WAS_DONE[kind] === 'perhaps') {
        markInDoubt(open)
        this.#counters.resent += 1
      }
      return { kind, error }
    } finally {
      flight.isUnderWay = false
    }
  }

  /**
   * Null for a batch that goes behind none, and none behind it: it is too small, or has failed
   * before, and may be done in parts now.
   */
  #turnOf(flight: Flight, count: number): Turn | null {
    const { after } = flight
    flight.name = null
    if (flight.wasSent || !mayFollow(this.#database)) return null
    if (after === null && count < this.#companyMin) return null
    this.#turnCount += 1
    flight.name = String(this.#turnCount)
    return { name: flight.name, after }
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
  async #isolate(flight: Flight, open: readonly Pending[], error: unknown): Promise<void> {
    const [first] = open
    if (open.length === 1 && first) {
      fail(first, error instanceof Error ? error : new Error(String(error)))
      return
    }
    await this.#settleEach(
      flight,
      open.map((pending) => [pending]),
    )
  }

  async #connected(showId: number): Promise<pg.Client> {
    if (this.#client) return this.#client
    const client = await this.#ready(await this.#database.connectLane(), showId)
    client.on('end', () => {
      if (this.#client === client) this.#client = null
    })
    client.on('notice', (notice) => {
      // By its SQLSTATE: the word comes in the server's language.
      if (notice.code?.startsWith('01')) this.#warn()
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

  /** It may be about any of them. */
  #warn(): void {
    for (const flight of this.#flights) flight.hasWarning = true
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
