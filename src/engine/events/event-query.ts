import type { EventPosition } from './event-position.ts'

/** The events that are asked for: an owner's and the show's own, or everybody's (null). */
export interface EventQuery {
  readonly after: string | undefined
  /** True when `after` is a version that was read just now, from the history of today. */
  readonly isOfToday?: boolean
  readonly limit: number
  readonly owner: string | null
}

/** Events of a show that are wanted: at most `limit` of them, after a position. */
export interface EventsWanted {
  readonly showId: number
  readonly after: EventPosition
  readonly limit: number
}
