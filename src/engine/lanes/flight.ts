import type { BatchTrace } from './batch-trace.ts'
import type { Pending } from './pending.ts'

/** A batch on its way, on one connection. */
export class Flight {
  readonly batch: readonly Pending[]
  /**
   * Name of the one that it goes right behind, without which it is not done; null where the
   * connection was idle.
   */
  readonly after: string | null
  readonly trace: BatchTrace | null
  /**
   * Instant from which the database could work on it, in milliseconds of `performance.now()`: when
   * it set out, or when the one before was answered.
   */
  startedAt = performance.now()
  /** Under this name the session notes that it was done; null where nothing can go behind it. */
  name: string | null = null
  wasSent = false
  /** It was sent, and not answered yet. */
  isUnderWay = false
  /** The database said that its commit is not what it should be. */
  hasWarning = false

  constructor(batch: readonly Pending[], after: string | null, trace: BatchTrace | null) {
    this.batch = batch
    this.after = after
    this.trace = trace
  }

  /** Number of its only show; null where there are several. */
  get onlyShow(): number | null {
    const first = this.batch[0]?.command.show_id ?? null
    return this.batch.every(({ command }) => command.show_id === first) ? first : null
  }
}

/** Outcome of a batch on its connection. */
export interface Landing {
  /** Commands without an answer: their show was locked, or the batch was turned back. */
  readonly left: readonly Pending[]
  /** Tells that it went behind another, and was not done there: it comes first now. */
  readonly isTurnedBack: boolean
  /** Milliseconds that it took. */
  readonly ms: number
}
