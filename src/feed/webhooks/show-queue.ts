/** Shows that are looked at in one round trip, and in one commit. */
const SHOWS_AT_ONCE = 50
/** Until a show is looked at again passes so many times what a look at all that are due takes. */
const PAUSE_FACTOR = 20
const PAUSE_MS = { min: 20, max: 250 }

/**
 * Shows whose turn it is to be looked at, in the order in which they came up: one round trip after
 * the other, for all that are due. After each comes a pause by what it cost, because a slow
 * database has little to spare; the more shows wait, the shorter, so that each has its turn soon.
 */
export class ShowQueue {
  readonly #work: (showIds: readonly number[]) => Promise<void>
  readonly #due = new Set<number>()
  #busyCount = 0
  #resting: NodeJS.Timeout | null = null
  #isClosed = false

  /** `work` never rejects. */
  constructor(work: (showIds: readonly number[]) => Promise<void>) {
    this.#work = work
  }

  /** Shows that are worked on or wait for it. */
  get size(): number {
    return this.#due.size + this.#busyCount
  }

  add(showId: number): void {
    this.#due.add(showId)
    // Whoever else comes up in this turn of the event loop goes along.
    if (this.#busyCount === 0 && this.#resting === null) this.#later(0)
  }

  close(): void {
    this.#isClosed = true
    if (this.#resting !== null) clearTimeout(this.#resting)
  }

  async #turn(): Promise<void> {
    if (this.#due.size === 0) return
    const showIds = [...this.#due].slice(0, SHOWS_AT_ONCE)
    const share = showIds.length / this.#due.size
    for (const showId of showIds) this.#due.delete(showId)
    this.#busyCount = showIds.length
    const beganAt = performance.now()
    await this.#work(showIds)
    this.#busyCount = 0
    const pauseMs = PAUSE_FACTOR * share * (performance.now() - beganAt)
    this.#later(Math.min(PAUSE_MS.max, Math.max(PAUSE_MS.min, pauseMs)))
  }

  #later(pauseMs: number): void {
    if (this.#isClosed) return
    this.#resting = setTimeout(() => {
      this.#resting = null
      void this.#turn()
    }, pauseMs)
    this.#resting.unref()
  }
}
