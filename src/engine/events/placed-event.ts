import type { Event } from '../../protocol/index.ts'
import type { EventPosition } from './event-position.ts'

/** An event, who may be told of it, and where whoever was told of it goes on. */
export interface PlacedEvent {
  readonly event: Event
  /** Owner of the hold, booking or block; null for nobody's, and for events of the show itself. */
  readonly owner: string | null
  /** True when it is about the show itself. */
  readonly isOfShow: boolean
  readonly position: EventPosition
}
