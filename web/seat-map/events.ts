import type { RowlockError, ShowView } from '../../src/client/index.ts'
import type { Hold, SeatInTheWay } from '../../src/protocol/index.ts'
import type { SeatOfMap, Selection } from './seat-of-map.ts'

/**
 * Ways in which the map gets its news: `live` from the stream, `polling` where the stream does not
 * come through, `lost` while the server does not answer at all.
 */
export type MapConnection = 'connecting' | 'live' | 'polling' | 'lost'

/** Change of what is picked: by the person, by `select()`, or because someone took a seat. */
export interface SelectDetail extends Selection {
  /** The seat it was about, where it was one. */
  readonly seat: SeatOfMap | null
  /** Seats that somebody else has just taken, and that are not picked any more. */
  readonly lost: readonly SeatOfMap[]
}

/** A hold that was made, changed, given back, expired or confirmed. Its `id` confirms it. */
export interface HoldDetail {
  readonly hold: Hold
}

/** The server refused, or did not answer (`no_answer`). */
export interface RefusalDetail {
  readonly code: RowlockError['code']
  /** Sentence that the person reads. */
  readonly message: string
  /** Seats that were in the way, and why. */
  readonly seats: readonly SeatInTheWay[]
  readonly error: RowlockError
}

/** Seats became something else, or the connection did. */
export interface StatusDetail {
  /** Null until the first statuses are there. It is one object, brought forward by later news. */
  readonly view: ShowView | null
  readonly connection: MapConnection
  /** Numbers of the seats that changed; null when any may have. */
  readonly seats: readonly number[] | null
}

/** The events of the element. All bubble, and cross shadow roots. */
export interface SeatMapEvents {
  /** The map is drawn for the first time. */
  'rowlock-ready': CustomEvent<null>
  'rowlock-select': CustomEvent<SelectDetail>
  'rowlock-hold': CustomEvent<HoldDetail>
  /** Seats were added to the hold, here or in another tab. */
  'rowlock-change': CustomEvent<HoldDetail>
  'rowlock-release': CustomEvent<HoldDetail>
  'rowlock-expire': CustomEvent<HoldDetail>
  /** The page, or its server, has made a booking of the hold. */
  'rowlock-confirm': CustomEvent<HoldDetail>
  'rowlock-refusal': CustomEvent<RefusalDetail>
  'rowlock-status': CustomEvent<StatusDetail>
}
