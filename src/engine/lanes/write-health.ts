import { classify, type FailureKind, sqlstateOf } from '../../db/index.ts'

/** State of writing, for health checks. */
export interface WriteStatus {
  /** Milliseconds since the last commit; null when there was none yet. */
  readonly lastCommitAgeMs: number | null
  /** Failures since then, by what they mean. */
  readonly failures: Readonly<Partial<Record<FailureKind, number>>>
}

/**
 * Listeners that are told, once for each time that writing goes wrong, and when it goes well again.
 */
export interface WriteEvents {
  onWritesFail?(problem: string, error: unknown): void
  onWritesAgain?(failingMs: number): void
}

/** One may be chance, such as the old primary after a failover. */
const FAILING_AFTER = 2

const PROBLEMS: Readonly<Partial<Record<FailureKind, string>>> = {
  lost: 'The database cannot be reached for writing.',
  read_only: 'The database is read-only: it is a standby, or configured that way.',
  refused: 'The database takes no writes.',
  full: 'The database is out of space or cannot use its files: nothing can be written.',
  behind: 'The database is not migrated to this version.',
}

/** The others are mended by another try soon, and say nothing about the next command. */
const LASTING: ReadonlySet<FailureKind> = new Set(Object.keys(PROBLEMS) as FailureKind[])

/** Remembers how batches ended, over all lanes. */
export class WriteHealth {
  readonly #events: WriteEvents
  #committedAt: number | null = null
  #failingSince: number | null = null
  #isTold = false
  #failures: Partial<Record<FailureKind, number>> = {}

  constructor(events: WriteEvents) {
    this.#events = events
  }

  get status(): WriteStatus {
    const age = this.#committedAt === null ? null : performance.now() - this.#committedAt
    return { lastCommitAgeMs: age === null ? null : Math.round(age), failures: this.#failures }
  }

  /** True when what was tried last says that the next write would fail, too. */
  get isFailing(): boolean {
    let count = 0
    for (const kind of LASTING) count += this.countOf(kind)
    return count >= FAILING_AFTER
  }

  countOf(kind: FailureKind): number {
    return this.#failures[kind] ?? 0
  }

  committed(): void {
    this.#committedAt = performance.now()
    if (this.#failingSince === null) return
    const failingMs = performance.now() - this.#failingSince
    this.#failingSince = null
    this.#failures = {}
    if (this.#isTold) this.#events.onWritesAgain?.(failingMs)
    this.#isTold = false
  }

  failed(error: unknown): void {
    const kind = classify(error)
    this.#failingSince ??= performance.now()
    this.#failures = { ...this.#failures, [kind]: this.countOf(kind) + 1 }
    if (!LASTING.has(kind) || this.#isTold || !this.isFailing) return
    this.#isTold = true
    this.#events.onWritesFail?.(problemOf(kind, error), error)
  }
}

function problemOf(kind: FailureKind, error: unknown): string {
  if (sqlstateOf(error) === '53100') return "The database's disk is full: nothing can be written."
  return PROBLEMS[kind] ?? 'Nothing can be written.'
}
