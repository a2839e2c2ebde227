/** A broken promise that is read off the database, as `rowlock check` tells it. */
export interface Violation {
  readonly promise: number
  readonly rule: string
  readonly detail: string
}

/** Servers of our own, which may be killed. */
export interface KillableStage {
  /** `kill -9`; resolves when the server serves again. */
  killServer(index: number): Promise<void>
  /** `kill -9` of the postmaster, or null when the database is not ours; resolves when it runs. */
  readonly killDatabase: (() => Promise<void>) | null
}

/** Stage that a sale is played on. */
export interface Stage {
  /** Base addresses, at least one. */
  readonly servers: readonly string[]
  /** Without it there are no swaps and cancellations, and nobody sees the journal. */
  readonly operatorKey: string | null
  /** Null for servers that somebody else runs. */
  readonly own: KillableStage | null
  /** Reads the promises off the database; null when it is out of our reach. */
  readonly check: ((show: string) => Promise<readonly Violation[]>) | null
}
