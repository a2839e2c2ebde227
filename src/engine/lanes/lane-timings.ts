import { Distribution, type Spread } from './distribution.ts'

/** Seconds that commands wait and batches take, since the start. */
export interface WriteTimings {
  /** Time of each command until it was first sent. */
  readonly wait: Spread
  /** Time of each batch that was answered. */
  readonly roundTrip: Spread
  /** Commands in each batch that was answered. */
  readonly batchSize: Spread
  /** Seconds that the command has waited that waits longest; 0 when none does. */
  readonly oldestWait: number
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const COMMANDS = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/** Measurements that lanes take while they work. */
export class LaneTimings {
  readonly #wait = new Distribution(SECONDS)
  readonly #roundTrip = new Distribution(SECONDS)
  readonly #batchSize = new Distribution(COMMANDS)

  waited(ms: number): void {
    this.#wait.observe(ms / 1000)
  }

  answered(commandCount: number, ms: number): void {
    this.#batchSize.observe(commandCount)
    this.#roundTrip.observe(ms / 1000)
  }

  read(oldestWaitMs: number): WriteTimings {
    return {
      wait: this.#wait.spread,
      roundTrip: this.#roundTrip.spread,
      batchSize: this.#batchSize.spread,
      oldestWait: oldestWaitMs / 1000,
    }
  }
}
