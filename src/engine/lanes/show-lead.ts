/** Less is the milliseconds between two readings of the clock. */
const AHEAD_MS_MIN = 1_000

/**
 * Shows whose time is ahead of the database's clock, as far as their last answers said: it never
 * runs back, so after a clock that was ahead for a moment it stands still for as long.
 */
export class ShowLead {
  readonly #untilOf = new Map<number, number>()

  /** Takes what a command was answered: its entry's time, and the database's, both since 1970. */
  see(showId: number, at: number, now: number): void {
    if (at - now > AHEAD_MS_MIN) this.#untilOf.set(showId, performance.now() + at - now)
    else if (this.#untilOf.size > 0) this.#untilOf.delete(showId)
  }

  /** Seconds of the show that is ahead most; 0 when none is. */
  get seconds(): number {
    let aheadMs = 0
    for (const [showId, until] of this.#untilOf) {
      const leftMs = until - performance.now()
      if (leftMs <= 0) this.#untilOf.delete(showId)
      aheadMs = Math.max(aheadMs, leftMs)
    }
    return Math.ceil(aheadMs / 1000)
  }
}
