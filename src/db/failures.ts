import { messageOf } from './connect-error.ts'
import { classify, codeOf, type FailureKind } from './sqlstate.ts'

/** Work that was under way when the database failed. */
export type FailurePlace = 'connect' | 'write' | 'read' | 'call' | 'watch'

/** Failure of the database, as the log and the metrics tell it. */
export interface ToldFailure {
  readonly kind: FailureKind
  /** A SQLSTATE, or the network's code such as `ECONNREFUSED`; `none` where there is neither. */
  readonly sqlstate: string
  readonly place: FailurePlace
  /** In words, for the log. */
  readonly message: string
  readonly error: unknown
}

/** Count of a failure since the start. */
export interface FailureCount {
  readonly kind: FailureKind
  readonly sqlstate: string
  readonly place: FailurePlace
  readonly count: number
}

const TELL_EVERY_MS = 60_000

const DOING: Readonly<Record<FailurePlace, string>> = {
  connect: 'connecting',
  write: 'writing',
  read: 'reading',
  call: 'writing to the catalogue',
  watch: 'looking after the database',
}

/**
 * The one place that counts and tells what goes wrong with the database. Callers are answered
 * `busy` or `unavailable`, which says nothing of deadlocks, refused logins or a standby: whoever
 * runs it looks here. One kind is told once a minute, because a database that is gone fails a
 * thousand times a second.
 */
export class Failures {
  readonly #tell: (failure: ToldFailure) => void
  readonly #now: () => number
  readonly #counts = new Map<string, { readonly of: Omit<FailureCount, 'count'>; count: number }>()
  readonly #told = new Map<FailureKind, { readonly at: number; untold: number }>()
  /** An error passes several who note it, and is one failure. */
  readonly #noted = new WeakSet<object>()

  constructor(tell: (failure: ToldFailure) => void, now: () => number = () => performance.now()) {
    this.#tell = tell
    this.#now = now
  }

  /** Counts a failure, and says what it means. */
  note(error: unknown, place: FailurePlace): FailureKind {
    const kind = classify(error)
    if (this.#isNoted(error)) return kind
    const sqlstate = codeOf(error) || 'none'
    const key = `${kind} ${sqlstate} ${place}`
    const counted = this.#counts.get(key) ?? { of: { kind, sqlstate, place }, count: 0 }
    counted.count += 1
    this.#counts.set(key, counted)
    this.#tellSeldom({ kind, sqlstate, place, message: '', error })
    return kind
  }

  counts(): FailureCount[] {
    return [...this.#counts.values()].map(({ of, count }) => ({ ...of, count }))
  }

  /** Notes it, and says whether it, or what it was caused by, has been noted before. */
  #isNoted(error: unknown): boolean {
    if (typeof error !== 'object' || error === null) return false
    const isNoted = this.#noted.has(error)
    this.#noted.add(error)
    return isNoted || (error instanceof Error && this.#isNoted(error.cause))
  }

  #tellSeldom(failure: ToldFailure): void {
    const told = this.#told.get(failure.kind)
    const now = this.#now()
    if (told !== undefined && now - told.at < TELL_EVERY_MS) {
      told.untold += 1
      return
    }
    const message = messageFor(failure, told?.untold ?? 0)
    this.#told.set(failure.kind, { at: now, untold: 0 })
    this.#tell({ ...failure, message })
  }
}

function messageFor({ kind, sqlstate, place, error }: ToldFailure, untold: number): string {
  const more = untold === 0 ? '' : ` (${untold} more of this kind since it was last told)`
  const what = `${kind}, ${sqlstate}: ${messageOf(error)}`
  return `The database failed while ${DOING[place]}: ${what}${more}`
}
