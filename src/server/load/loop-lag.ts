const LOOK_EVERY_MS = 10
/** A pause for the collection of garbage alone must not look like a crowd. */
const WEIGHT_OF_NEWEST = 0.3

/**
 * Lateness of the process with what has arrived. Sockets are read after timers, so what is read now
 * may have waited for as long as the timer was late.
 */
export class LoopLag {
  #lastAt = performance.now()
  #latestMs = 0
  #usualMs = 0
  readonly #timer: NodeJS.Timeout

  constructor() {
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  /** Milliseconds that a request that is read now may have waited. */
  get latestMs(): number {
    return Math.max(this.#latestMs, this.#lateMs())
  }

  /** Milliseconds that requests waited lately. */
  get usualMs(): number {
    return Math.max(this.#usualMs, this.#lateMs() * WEIGHT_OF_NEWEST)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #lateMs(): number {
    return Math.max(0, performance.now() - this.#lastAt - LOOK_EVERY_MS)
  }

  #look(): void {
    this.#latestMs = this.#lateMs()
    this.#usualMs += (this.#latestMs - this.#usualMs) * WEIGHT_OF_NEWEST
    this.#lastAt = performance.now()
  }
}
