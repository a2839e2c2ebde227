import type { Interval } from './meter.ts'

/** Progress of a sale. Shown once a second, live. */
export interface Progress {
  readonly atSeconds: number
  readonly openSeconds: number
  readonly shopperCount: number
  /** Shoppers who have left. */
  readonly goneCount: number
  readonly seatCount: number
  readonly bookedCount: number
  readonly heldCount: number
  readonly interval: Interval
}

/** Output that tells what is going on in a run. */
export interface Display {
  /** A thing worth knowing, such as that a server was killed. */
  note(text: string): void
  show(progress: Progress): void
  /** Nothing more comes. */
  end(): void
}
