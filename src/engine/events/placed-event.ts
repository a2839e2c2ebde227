import type { Event } from '../../protocol/index.ts'
import type { EventPosition } from './event-position.ts'

/** An event, who may be told of it, and where whoever was told of it goes on. */
export interface PlacedEvent {
  readonly event: Event
  /** Event for the former owner, of a booking that was handed on to another owner. */
  readonly former: { readonly event: Event; readonly owner: string | null } | null
  /** Owner of the hold, booking or block; null for nobody's, and for events of the show itself. */
  readonly owner: string | null
  /** True when it is about the show itself. */
  readonly isOfShow: boolean
  readonly position: EventPosition
}

/** Reader of events: an owner, or somebody who may see everybody's. */
export interface EventReader {
  readonly owner: string | null
  readonly seesAll: boolean
}

/** Finds what a reader is told of it: one of the two events at most; null for nothing. */
export function eventFor(placed: PlacedEvent, { owner, seesAll }: EventReader): Event | null {
  if (placed.isOfShow || seesAll || placed.owner === owner) return placed.event
  return placed.former?.owner === owner ? placed.former.event : null
}
