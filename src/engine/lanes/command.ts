import type { BestSeats, Metadata, Places } from '../../protocol/index.ts'
import type { CommandKind } from '../../protocol/operations/index.ts'

export type { CommandKind }

/** One command as `rowlock.apply` takes it; named like the fields of the SQL type. */
export interface Command {
  readonly show_id: number
  readonly kind: CommandKind
  readonly request_id: string
  readonly fingerprint: string
  readonly remember: boolean
  readonly actor: string
  readonly box_office: boolean
  readonly owner: string | null
  readonly seller: boolean
  readonly held_seats_max: number | null
  readonly hold_id: string
  readonly seats?: readonly number[] | undefined
  readonly places?: readonly Places[] | undefined
  readonly best?: BestSeats | undefined
  readonly to_seats?: readonly number[] | undefined
  readonly hold_seconds?: number | undefined
  readonly holder?: string | undefined
  readonly reference?: string | undefined
  /** Reference of a block, whose `reference` is its reason. */
  readonly own_reference?: string | undefined
  readonly from_block?: string | undefined
  readonly reacquire?: boolean | undefined
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly metadata?: Metadata | undefined
  /** transfer: the booking that some of the seats become. */
  readonly to_hold?: string | undefined
}

/**
 * Text that the kernel takes for "none from now on". What is left out stays as it is.
 */
export const CLEARED = ''

/** A text as the kernel takes it: null takes away what there is. */
export function orCleared(text: string | null | undefined): string | undefined {
  return text === null ? CLEARED : text
}

/**
 * Tells whether a late duplicate could become a sale, so that a refusal must stay one (promise 11).
 */
export function isSale({ kind, reacquire }: Pick<Command, 'kind' | 'reacquire'>): boolean {
  return kind === 'book' || kind === 'swap' || kind === 'transfer' || reacquire === true
}

/** A seat in the way as the kernel names it: by number. Those below 0 the plan does not have. */
export interface SeatObstacle {
  readonly seat: number
  readonly reason: 'held' | 'booked' | 'blocked' | 'unknown' | 'orphan'
  readonly until?: string | null
}

/**
 * Facts that a refusal can come with besides: the limit, what counts against it, the last instant.
 * Where seats or places are short, the limit is how many there are: in a section of general
 * admission, or of (not) accessible seats.
 */
export interface LimitObstacle {
  readonly limit?: number
  readonly has?: number
  readonly until?: string
  readonly section?: string
  readonly accessible?: boolean
}

/** A journal entry as the kernel answers it. Times are ISO 8601, or `infinity`. */
export interface Entry {
  readonly version: number
  readonly at: string
  readonly kind: string
  readonly hold_id: string
  readonly seats: readonly number[]
  readonly freed: readonly number[]
  readonly until: string
  readonly booked_at: string | null
  readonly holder: string | null
  readonly reference: string | null
  readonly details: Readonly<Record<string, unknown>> | null
  readonly metadata: Metadata | null
  readonly own_reference: string | null
}

/** Outcome of a command: `rowlock.outcome`. The entry's fields are null on a refusal. */
export interface Outcome extends Entry {
  readonly n: number
  readonly code: string
  readonly replayed: boolean
  readonly obstacles: readonly SeatObstacle[] | LimitObstacle | null
  /** The database's clock at the answer, in milliseconds since 1970. */
  readonly now: number
  /** The kind of the first entry of a booking's chain, where the answer depends on it. */
  readonly origin: string | null
}
