import type { Engine } from '../engine/index.ts'
import { changeBytes, snapshotBytes } from './event-bytes.ts'
import { Listener, type Told } from './listener.ts'
import { SharedRun } from './shared-run.ts'
import { ShowState } from './show-state.ts'

/** Beyond so many seats, and a quarter of the house, a change is larger than a snapshot. */
const CHANGE_SEATS_MAX = 1_000
/** Entries that are read for those who come from another server; the kernel gives at most 1,000. */
const TAIL_ENTRIES = 900
/** So much later than computed, because a timer that is early only has to ask again. */
const END_SLACK_MS = 2
const TIMER_MS_MAX = 2 ** 31 - 1
/**
 * From the beginning of one event to that of the next passes so many times what telling one has
 * cost lately, so that a sale keeps most of the processor; but no more than that many milliseconds,
 * where a crowd leaves a rest of the processor even so.
 */
const PAUSE_FACTOR = 4
const GATHER_MS_MAX = 20
/** Share of time left to others by a crowd that takes longer than that to tell. */
const CROWD_FACTOR = 1.25
const PAUSE_MS_MAX = 150
/** Telling goes on for so long in one turn: commands wait meanwhile. */
const TURN_MS = 4
/** Listeners between two looks at the clock. */
const LOOK_EVERY = 16

/**
 * One show and everybody who listens to it. However many they are, there is one reading of the
 * database at a time, one state, and one buffer for each event.
 */
export class ShowFeed {
  readonly #engine: Engine
  readonly #show: string
  readonly #state: ShowState
  readonly #listeners = new Set<Listener>()
  readonly #reading = new SharedRun(() => this.#read())
  #tail: Promise<void> | null = null
  /** Events as of the last reading: the snapshot, and changes since a version. */
  #made = new Map<number | 'snapshot', Told>()
  /** Seats that listeners have not been told of yet; null when all of them may have changed. */
  #untold: Set<number> | null = new Set()
  #toldVersion = 0
  #toldAt = Number.NEGATIVE_INFINITY
  #isTelling = false
  /** Cost of telling everybody lately, without the turns of others in between. */
  #tellingMs = 0
  #isStopped = false
  #readingCount = 0
  #tellTimer: NodeJS.Timeout | null = null
  #readTimer: NodeJS.Timeout | null = null
  #endTimer: NodeJS.Timeout | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #joiningCount = 0
  /** Instant at which the last listener left, in milliseconds of `performance.now()`. */
  #idleSince = performance.now()

  constructor(engine: Engine, show: string) {
    this.#engine = engine
    this.#show = show
    this.#state = new ShowState(show)
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  get listeners(): Iterable<Listener> {
    return this.#listeners
  }

  /**
   * Reads the show, so that who joins now knows of everything that was answered before; for a
   * version that this server does not know of any more, the journal as well. Refusals:
   * `show_unknown`, and those of a database that cannot be reached.
   */
  async prepare(after: number | null): Promise<void> {
    this.#joiningCount += 1
    try {
      await this.#reading.run()
      if (after === null || this.#state.knows(after) || after > this.#state.version) return
      if (after < this.#state.version - TAIL_ENTRIES) return
      this.#tail ??= this.#readTail()
      await this.#tail
    } finally {
      this.#joiningCount -= 1
      this.#idleSince = performance.now()
    }
  }

  /** True when nobody has listened, or wanted to, for so many milliseconds. */
  isIdle(lingerMs: number): boolean {
    const isUsed = this.#listeners.size + this.#joiningCount > 0
    return !isUsed && performance.now() - this.#idleSince >= lingerMs
  }

  /** Adds who was prepared for. Its first event is a snapshot, or what came after its version. */
  add(stream: ConstructorParameters<typeof Listener>[0], after: number | null): Listener {
    const listener = new Listener(stream, {
      onCatchUp: (late) => late.tell(this.#eventAfter(late.version)),
      onGone: (gone) => {
        this.#listeners.delete(gone)
        this.#idleSince = performance.now()
      },
    })
    listener.tell(this.#eventAfter(after))
    this.#listeners.add(listener)
    this.#scheduleEnd()
    return listener
  }

  /** True when a look at the journal or at the clock says that there is something to read. */
  isBehind(version: number, now: number): boolean {
    return version !== this.#state.version || now >= this.#state.nextEndAt
  }

  /** Reads soon: at once, unless that has just been done. Failures are left to the next look. */
  refresh(): void {
    if (this.#readTimer !== null) return
    const waitMs = this.#readAt + this.#pauseMs() - performance.now()
    if (waitMs <= 0) {
      void this.#reading.run().catch(() => {})
      return
    }
    this.#readTimer = setTimeout(() => {
      this.#readTimer = null
      void this.#reading.run().catch(() => {})
    }, waitMs)
  }

  /** Stops its timers. Listeners are the caller's to end. */
  stop(): void {
    this.#isStopped = true
    for (const timer of [this.#tellTimer, this.#readTimer, this.#endTimer]) {
      if (timer !== null) clearTimeout(timer)
    }
  }

  async #read(): Promise<void> {
    this.#readAt = performance.now()
    const { version } = this.#state
    let reading = await this.#engine.readShow(this.#show, version === 0 ? null : version)
    if (this.#state.wasOvertaken(reading)) reading = await this.#engine.readShow(this.#show, null)
    const { seats, isRewound } = this.#state.apply(reading)
    this.#readingCount += 1
    this.#made.clear()
    if ('claims' in reading.changes) this.#tail = null
    if (isRewound) this.#untold = null
    for (const seat of seats) this.#untold?.add(seat)
    this.#scheduleEnd()
    this.#tell()
  }

  async #readTail(): Promise<void> {
    const since = Math.max(0, this.#state.version - TAIL_ENTRIES)
    try {
      this.#state.learn(since, await this.#engine.readShow(this.#show, since))
    } catch (error) {
      this.#tail = null
      throw error
    }
  }

  /** Tells everybody what they do not know yet, unless they have just been told something. */
  #tell(): void {
    const isNews = this.#untold?.size !== 0 || this.#toldVersion !== this.#state.version
    if (!isNews || this.#isTelling || this.#tellTimer !== null) return
    const waitMs = this.#toldAt + this.#pauseMs() - performance.now()
    if (waitMs > 0) {
      this.#tellTimer = setTimeout(() => {
        this.#tellTimer = null
        this.#tell()
      }, waitMs)
      return
    }
    const told = this.#news()
    this.#untold = new Set()
    this.#toldVersion = told.version
    this.#toldAt = performance.now()
    void this.#tellAll(told)
  }

  /** In turns, so that a crowd of listeners does not keep commands waiting. */
  async #tellAll(told: Told): Promise<void> {
    this.#isTelling = true
    let costMs = 0
    let turnAt = performance.now()
    for (const [index, listener] of [...this.#listeners].entries()) {
      listener.tell(told)
      if (index % LOOK_EVERY > 0 || performance.now() - turnAt < TURN_MS) continue
      costMs += performance.now() - turnAt
      await new Promise(setImmediate)
      if (this.#isStopped) return
      turnAt = performance.now()
    }
    costMs += performance.now() - turnAt
    this.#tellingMs = (this.#tellingMs + costMs) / 2
    this.#isTelling = false
    this.#tell()
  }

  #news(): Told {
    const count = this.#untold?.size ?? Number.POSITIVE_INFINITY
    const isLarge = count > CHANGE_SEATS_MAX && count > this.#state.seatCount / 4
    if (this.#untold === null || isLarge) return this.#snapshot()
    return this.#told(changeBytes(this.#state.changeOf(this.#untold)))
  }

  #told(bytes: Buffer): Told {
    return { bytes, version: this.#state.version, reading: this.#readingCount }
  }

  #eventAfter(after: number | null): Told {
    if (after === null || !this.#state.knows(after)) return this.#snapshot()
    const made = this.#made.get(after)
    if (made !== undefined) return made
    const told = this.#told(changeBytes(this.#state.changeSince(after)))
    this.#made.set(after, told)
    return told
  }

  #snapshot(): Told {
    const made = this.#made.get('snapshot')
    if (made !== undefined) return made
    const told = this.#told(snapshotBytes(this.#state.snapshot()))
    this.#made.set('snapshot', told)
    return told
  }

  #pauseMs(): number {
    const gatherMs = Math.min(GATHER_MS_MAX, this.#tellingMs * PAUSE_FACTOR)
    return Math.max(gatherMs, Math.min(PAUSE_MS_MAX, this.#tellingMs * CROWD_FACTOR))
  }

  /** No job ends a hold: when the next one is due, the database is asked whether it has ended. */
  #scheduleEnd(): void {
    if (this.#endTimer !== null) clearTimeout(this.#endTimer)
    this.#endTimer = null
    if (this.#listeners.size === 0 || this.#state.nextEndAt === Number.POSITIVE_INFINITY) return
    const ageMs = performance.now() - this.#readAt
    const leftMs = Math.max(0, this.#state.nextEndAt - this.#state.now - ageMs) + END_SLACK_MS
    this.#endTimer = setTimeout(() => this.refresh(), Math.min(leftMs, TIMER_MS_MAX))
  }
}
