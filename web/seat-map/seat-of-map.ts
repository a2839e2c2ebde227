import type { SeatStatus } from '../../src/protocol/index.ts'

/** A seat as the map knows it just now. */
export interface SeatOfMap {
  /** Its dense number in the plan: its place in every column of the map. */
  readonly seatNo: number
  readonly label: string
  /** Key of its section, or null. */
  readonly section: string | null
  /** A place of general admission: one is as good as the other. */
  readonly isPlace: boolean
  readonly row: string | null
  /** Its number inside the row, as printed. */
  readonly number: string
  /** Key of its category. */
  readonly category: string
  readonly status: SeatStatus
  /**
   * End of its hold, in milliseconds since 1970 by the database's clock; null where none is known.
   */
  readonly heldUntil: number | null
  /** It belongs to the hold that this map has made. */
  readonly isOwn: boolean
  readonly accessible: boolean
  readonly companion: boolean
  readonly restrictedView: boolean
}

/** So many places of a general admission section. */
export interface PlacesOfMap {
  /** Key of the section. */
  readonly section: string
  readonly quantity: number
}

/** Seats and places that are picked, and not held yet. */
export interface Selection {
  readonly seats: readonly SeatOfMap[]
  readonly places: readonly PlacesOfMap[]
}
