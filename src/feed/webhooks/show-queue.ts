const SHOWS_AT_ONCE = 8
/** From the end of a show's turn to its next one passes so many times what the turn took. */
const PAUSE_FACTOR = 20
/** Turns of all shows together take no more than a part of one connection's time. */
const SHARE_FACTOR = 2
const PAUSE_MS = { min: 20, max: 500 }

/**
 * Shows whose turn it is to be looked at, in the order in which they came up. One that sells on and
 * on is looked at again after a pause by what a look costs: a slow database has little to spare.
 */
export class ShowQueue {
  readonly #work: (showId: number) => Promise<void>
  readonly #due = new Set<number>()
  readonly #busy = new Set<number>()
  readonly #resting = new Map<number, NodeJS.Timeout>()
  #isClosed = false

  /** `work` never rejects. */
  constructor(work: (showId: number) => Promise<void>) {
    this.#work = work
  }

  /** Shows that are worked on or wait for it. */
  get size(): number {
    return this.#due.size + this.#busy.size
  }

  add(showId: number): void {
    this.#due.add(showId)
    this.#next()
  }

  close(): void {
    this.#isClosed = true
    for (const timer of this.#resting.values()) clearTimeout(timer)
  }

  #next(): void {
    for (const showId of this.#due) {
      if (this.#isClosed || this.#busy.size >= SHOWS_AT_ONCE) return
      if (this.#busy.has(showId) || this.#resting.has(showId)) continue
      this.#due.delete(showId)
      this.#busy.add(showId)
      void this.#turn(showId)
    }
  }

  async #turn(showId: number): Promise<void> {
    const beganAt = performance.now()
    await this.#work(showId)
    this.#busy.delete(showId)
    this.#rest(showId, performance.now() - beganAt)
    this.#next()
  }

  #rest(showId: number, tookMs: number): void {
    const factor = Math.max(PAUSE_FACTOR, SHARE_FACTOR * this.#resting.size)
    const pauseMs = Math.min(PAUSE_MS.max, Math.max(PAUSE_MS.min, factor * tookMs))
    const timer = setTimeout(() => {
      this.#resting.delete(showId)
      if (this.#due.has(showId)) this.#next()
    }, pauseMs)
    timer.unref()
    this.#resting.set(showId, timer)
  }
}
