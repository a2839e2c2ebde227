import type { Display, Progress } from '../progress.ts'
import { describeInterval } from './progress-text.ts'

/** Often enough for a log. */
const EVERY_SECONDS = 5

/** Plain lines, for logs and pipes. */
export class LineDisplay implements Display {
  readonly #write: (line: string) => void
  #nextAt = 0

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  note(text: string): void {
    this.#write(text)
  }

  show(progress: Progress): void {
    const { atSeconds, shopperCount, goneCount, seatCount, bookedCount, heldCount } = progress
    if (atSeconds < this.#nextAt) return
    this.#nextAt = atSeconds + EVERY_SECONDS
    this.#write(
      `${atSeconds.toFixed(0).padStart(4)} s  booked ${bookedCount}/${seatCount}, ` +
        `held ${heldCount}, shoppers gone ${goneCount}/${shopperCount}  ` +
        describeInterval(progress.interval),
    )
  }

  end(): void {}
}
