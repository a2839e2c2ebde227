import type { Database } from '../../db/index.ts'
import type { Refusal } from '../../protocol/index.ts'
import type { Command } from './command.ts'
import type { Landing } from './flight.ts'
import { Lane, type LaneFigures } from './lane.ts'
import { Line } from './line.ts'
import { busy, failLate, type Pending } from './pending.ts'

/** Bounds of what a bucket takes on. */
export interface BucketSettings {
  /** Commands that may wait; one more is refused with `busy`. */
  readonly queueMax: number
  /** Commands in one batch: larger ones share more, but make each other wait longer. */
  readonly batchMax: number
  /** Connections that write, at most: one does the work, others are for what keeps it waiting. */
  readonly laneMax: number
  /** Commands, at least, of a batch that goes right behind another, and of that one. */
  readonly companyMin?: number
}

/** Fewer are done before those behind them are there, and cost more each. */
const COMPANY_MIN = 48

const WATCH_MS = 200
/** A batch that takes so many times as long as usual waits for something. */
const SLOW_FACTOR = 4
/** Less may be a pause of node's or the machine's, which another connection would share. */
const SLOW_MS_MIN = 20
/** Cost of a batch before its first command, in commands. */
const FIXED_COMMANDS = 8
const WEIGHT_OF_NEWEST = 0.1
/** Wait beyond which a caller is told `busy` at once, and may be served elsewhere. */
const WAIT_MS_MAX = 1_500
const BOX_OFFICE_SHARE = 2

/**
 * Commands to shows that may share a batch, and the connections that they go out on. They go out
 * together on one connection, and what arrives meanwhile is the next batch: no timer, no wait when
 * idle, large batches when busy. Another connection is used only when the batch in flight takes
 * longer than usual (a slow commit, a lock that somebody else holds), or when a whole further batch
 * of other shows waits. Where many wait, a second batch is sent right behind the one in flight.
 *
 * - A show in flight stays where it is, so its commands are done in the order in which they came.
 * - A show that somebody else has locked is passed over. When that happens again it goes alone, on
 *   a connection where it keeps nobody waiting; one connection is always left for the others.
 *
 * How it goes matters to speed only: other servers do as they think best.
 */
export class Bucket {
  readonly #figures: LaneFigures
  readonly #settings: BucketSettings
  readonly #companyMin: number
  readonly #lanes: readonly Lane[]
  readonly #lines = new Map<number, Line>()
  /** Lanes with a show that goes alone. */
  readonly #aside = new Set<Lane>()
  #queuedCount = 0
  #msPerCommand = 0.25
  #isDispatchDue = false
  #watch: NodeJS.Timeout | null = null
  #look: NodeJS.Timeout | null = null
  #whenIdle: (() => void) | null = null

  /** The figures may be shared by several buckets. */
  constructor(database: Database, settings: BucketSettings, figures: LaneFigures) {
    this.#figures = figures
    this.#settings = settings
    this.#companyMin = settings.companyMin ?? COMPANY_MIN
    const newLane = () => new Lane(database, figures, this.#companyMin)
    this.#lanes = Array.from({ length: settings.laneMax }, newLane)
  }

  get #idle(): Lane[] {
    return this.#lanes.filter((lane) => lane.isIdle)
  }

  /** One is always left for shows that nobody has locked. */
  get #asideMax(): number {
    return this.#lanes.length - 1
  }

  get connectedCount(): number {
    return this.#lanes.filter((lane) => lane.isConnected).length
  }

  /** Commands that wait for a batch. */
  get queuedCount(): number {
    return this.#queuedCount
  }

  /** Instant at which the command came that waits longest, or `now`. Looks through all of them. */
  oldestAt(now: number): number {
    let oldestAt = now
    for (const line of this.#lines.values()) {
      for (const { queuedAt } of line.waiting) oldestAt = Math.min(oldestAt, queuedAt)
    }
    return oldestAt
  }

  /** Reason why one more command would be sent away; null where it may come. */
  refusalOf(command: Command): Refusal | null {
    if (this.#queuedCount >= this.#settings.queueMax) {
      return busy('Too much is waiting already; try again in a second.')
    }
    if (this.#isTooLong(command))
      return busy('Too many commands are waiting already; nothing was done.')
    return null
  }

  add(pending: Pending): void {
    this.#lineOf(pending.command.show_id).add(pending)
    this.#queuedCount += 1
    this.#dispatchSoon()
  }

  /** Answers what was accepted, then ends the connections. Nothing may be added any more. */
  async close(): Promise<void> {
    if (this.#lines.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  /**
   * Tells whether what waits already takes longer than anybody should have to wait. For the box
   * office a share is kept: it is sent away later. What waits for a lock keeps nobody else waiting.
   */
  #isTooLong({ box_office: isBoxOffice }: Command): boolean {
    const waitMsMax = isBoxOffice ? WAIT_MS_MAX * BOX_OFFICE_SHARE : WAIT_MS_MAX
    if (this.#usualMs(this.#queuedCount) <= waitMsMax) return false
    let count = this.#queuedCount
    for (const line of this.#lines.values()) if (line.isOftenLocked) count -= line.size
    return this.#usualMs(count) > waitMsMax
  }

  /** Estimates what so many commands take, as things go. */
  #usualMs(count: number): number {
    const batchCount = Math.ceil(count / this.#settings.batchMax)
    return (FIXED_COMMANDS * batchCount + count) * this.#msPerCommand
  }

  #lineOf(showId: number): Line {
    let line = this.#lines.get(showId)
    if (line === undefined) {
      line = new Line(showId)
      this.#lines.set(showId, line)
    }
    return line
  }

  /** `setImmediate`, so that requests that arrived in the same turn go together. */
  #dispatchSoon(): void {
    if (this.#isDispatchDue) return
    this.#isDispatchDue = true
    this.#watch ??= setInterval(() => this.#giveUpLate(), WATCH_MS)
    setImmediate(() => {
      this.#isDispatchDue = false
      this.#dispatch()
    })
  }

  /** Sends what may go now. */
  #dispatch(): void {
    const now = performance.now()
    this.#sendAside(now)
    while (this.#idle.length > 0 && this.#mayGo(now)) {
      const lines = this.#nextLines(now)
      if (lines.length === 0) break
      this.#send(this.#idleLane(), lines, this.#settings.batchMax)
    }
    this.#sendBehind(now)
    if (this.#queuedCount > 0) this.#lookLater(now)
  }

  /** Sends a batch right behind one in flight, so that the database need not wait for us. */
  #sendBehind(now: number): void {
    if (this.#queuedCount < this.#companyMin) return
    for (const lane of this.#lanes) {
      const { leader } = lane
      if (leader === null || this.#aside.has(lane)) continue
      const lines = this.#linesFor((line) => line.mayFollow(lane, now))
      // One show alone waits for whoever has locked it, and so would those behind it.
      const { onlyShow } = leader
      if (onlyShow !== null && lines.some(({ showId }) => showId !== onlyShow)) continue
      const count = lines.reduce((sum, { size }) => sum + size, 0)
      if (count >= this.#companyMin) this.#send(lane, lines, this.#settings.batchMax)
    }
  }

  /** Tells whether the next batch need not wait for one that is under way. */
  #mayGo(now: number): boolean {
    const isOneAtWork = this.#lanes.some(
      (lane) => lane.size > 0 && !this.#aside.has(lane) && this.#slowAt(lane) > now,
    )
    return !isOneAtWork || this.#isBatchWaiting(now)
  }

  /** Instant at which the batch of a lane will have taken longer than usual. */
  #slowAt(lane: Lane): number {
    return lane.startedAt + Math.max(SLOW_MS_MIN, SLOW_FACTOR * this.#usualMs(lane.size))
  }

  #isBatchWaiting(now: number): boolean {
    const { batchMax } = this.#settings
    if (this.#queuedCount < batchMax) return false
    let count = 0
    for (const line of this.#lines.values()) {
      if (line.mayGo(now)) count += line.size
      if (count >= batchMax) return true
    }
    return false
  }

  #nextLines(now: number): Line[] {
    const isAloneApart = this.#asideMax > 0
    return this.#linesFor((line) => line.mayGo(now) && !(line.isOftenLocked && isAloneApart))
  }

  /** Lines that together fill a batch; those that waited longest come first. */
  #linesFor(mayGo: (line: Line) => boolean): Line[] {
    const lines: Line[] = []
    let count = 0
    for (const line of this.#lines.values()) {
      if (count >= this.#settings.batchMax) break
      if (!mayGo(line)) continue
      lines.push(line)
      count += line.size
    }
    return lines
  }

  /** Gives shows that were locked time and again a connection of their own, while there is one. */
  #sendAside(now: number): void {
    if (this.#aside.size >= this.#asideMax) return
    for (const line of this.#lines.values()) {
      if (!line.isOftenLocked || !line.mayGo(now)) continue
      if (this.#idle.length === 0 || this.#aside.size >= this.#asideMax) return
      const lane = this.#idleLane()
      this.#aside.add(lane)
      this.#send(lane, [line], this.#settings.batchMax)
    }
  }

  /** One that has a connection, if any. */
  #idleLane(): Lane {
    const idle = this.#idle
    return idle.find((lane) => lane.isConnected) ?? (idle[0] as Lane)
  }

  #send(lane: Lane, lines: readonly Line[], batchMax: number): void {
    const batch: Pending[] = []
    for (const line of lines) {
      batch.push(...line.take(batchMax - batch.length, lane))
      // Whoever was served comes after those who were not.
      this.#lines.delete(line.showId)
      this.#lines.set(line.showId, line)
    }
    this.#queuedCount -= batch.length
    this.#noteWaits(batch)
    void lane.run(batch).then((landing) => this.#landed(lane, lines, batch, landing))
  }

  #noteWaits(batch: readonly Pending[]): void {
    const now = performance.now()
    for (const pending of batch) {
      if (!pending.isSent) this.#figures.timings.waited(now - pending.queuedAt)
      pending.isSent = true
    }
  }

  #landed(
    lane: Lane,
    lines: readonly Line[],
    batch: readonly Pending[],
    { left, isTurnedBack, ms }: Landing,
  ): void {
    const now = performance.now()
    if (!isTurnedBack) this.#learn(batch.length, ms)
    // Where nothing was done, any of them may be what kept it waiting.
    const isStuck = left.length === batch.length
    for (const line of lines) {
      const own = left.filter(({ command }) => command.show_id === line.showId)
      if (isTurnedBack) line.turnBack(own)
      else line.giveBack(own, now, isStuck)
      if (line.isEmpty) this.#lines.delete(line.showId)
    }
    this.#queuedCount += left.length
    this.#aside.delete(lane)
    if (this.#lines.size > 0) this.#dispatch()
    else this.#rest()
  }

  /**
   * Learns what is usual; what waited for something else says little about that, and counts for
   * little.
   */
  #learn(count: number, ms: number): void {
    const msPerCommand = ms / (FIXED_COMMANDS + count)
    const counted = Math.min(msPerCommand, this.#msPerCommand * SLOW_FACTOR)
    this.#msPerCommand += (counted - this.#msPerCommand) * WEIGHT_OF_NEWEST
  }

  #rest(): void {
    if (this.#watch !== null) clearInterval(this.#watch)
    this.#watch = null
    if (this.#look !== null) clearTimeout(this.#look)
    this.#look = null
    this.#whenIdle?.()
  }

  /** Dispatches again when the batch in flight becomes slow, or a show that was locked may go. */
  #lookLater(now: number): void {
    if (this.#look !== null) return
    let at = now + WATCH_MS
    for (const lane of this.#lanes) {
      if (lane.size === 0) continue
      const slowAt = this.#slowAt(lane)
      if (slowAt > now) at = Math.min(at, slowAt)
    }
    for (const { notBefore } of this.#lines.values()) {
      if (notBefore > now) at = Math.min(at, notBefore)
    }
    this.#look = setTimeout(
      () => {
        this.#look = null
        this.#dispatch()
      },
      Math.ceil(at - now),
    )
  }

  /** Answers commands that have waited beyond the deadline; batches in flight may still go on. */
  #giveUpLate(): void {
    const now = performance.now()
    for (const lane of this.#lanes) lane.giveUpLate(now)
    for (const line of this.#lines.values()) {
      failLate(line.waiting, now, false)
      this.#queuedCount -= line.forgetAnswered()
      if (line.isEmpty) this.#lines.delete(line.showId)
    }
    if (this.#lines.size === 0) this.#rest()
  }
}
