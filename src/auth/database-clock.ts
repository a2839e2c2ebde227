/**
 * The database's time between two of its answers. Only that clock decides what has ended; this one
 * carries it on by a clock that never jumps.
 */
export class DatabaseClock {
  #offsetMs = Date.now() - performance.now()

  /** Sets it by an answer; `nowMs` counts from 1970. */
  set(nowMs: number): void {
    this.#offsetMs = nowMs - performance.now()
  }

  /** Milliseconds since 1970. */
  now(): number {
    return performance.now() + this.#offsetMs
  }
}
