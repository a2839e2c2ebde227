import type { Client, ShowView } from '../../src/client/index.ts'
import type { BestSeats, Hold } from '../../src/protocol/index.ts'
import type { MapConnection } from './events.ts'
import type { Prices } from './price-list.ts'
import type { SeatOfMap, Selection } from './seat-of-map.ts'
import type { Texts } from './texts.ts'

/**
 * Properties and methods that `<rowlock-seat-map>` offers a page besides its attributes and events.
 * Labels are taken as people write them: `a1` is `A1`.
 */
export interface SeatMapApi {
  /** Resolves when the map is drawn and its seats' statuses are known. */
  readonly ready: Promise<void>
  /** The client that the map uses, with the `server` and `key` of its attributes. */
  readonly client: Client
  /** Every seat's status and the counts. Null before the first news. */
  readonly view: ShowView | null
  readonly connection: MapConnection
  /** Seats and places that are picked and not held yet. */
  readonly selection: Selection
  /** The hold that the map has made or taken over, while it lives. */
  readonly currentHold: Hold | null
  /**
   * Price of each category, by its key: amounts in the `currency` of the element, which are summed
   * up (`{ standard: 12.5 }`), or words as they are to be read.
   */
  prices: Prices
  /** Replaces texts of the map, for another language. */
  texts: Partial<Texts>

  /**
   * Picks these seats instead of those picked before; where there is a hold, adds them to it.
   * Leaves out what cannot be picked.
   */
  select(labels: readonly string[]): void
  clearSelection(): void
  /**
   * Holds what is picked, or the best seats that are free; where there is a hold, it adds the best
   * to it. Rejects with a `RowlockError` when it is refused, after the person has been told.
   */
  hold(best?: BestSeats): Promise<Hold>
  /** Gives the hold back, or some of its seats. Resolves with null where there is none. */
  release(labels?: readonly string[]): Promise<Hold | null>
  /** Takes over a hold that was made before, with its countdown: after the page was loaded anew. */
  resumeHold(id: string): Promise<Hold>
  /** Shows a seat and puts the keyboard's focus on it. False when there is no such seat. */
  focusSeat(label: string): boolean
  /** Rings around these seats, the others fainter; none with an empty list. */
  highlight(labels: readonly string[]): void
  /** Tells what the map knows about a seat, or null. */
  seat(label: string): SeatOfMap | null
  /** Box of a seat in the browser's window just now, to put something beside it. */
  seatBox(label: string): DOMRect | null
  /** The whole house in view. */
  fit(): void
}
