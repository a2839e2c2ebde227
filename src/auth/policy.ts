import type { Engine } from '../engine/engine.ts'

/** What only the command line does, and what no caller asks for by itself. */
type Unrouted =
  // Routes call them `listMyHolds` and `listMyBookings`.
  | 'listHoldsOf'
  | 'listBookingsOf'
  | 'readShow'
  | 'readVersions'
  | 'checkShow'
  | 'pruneShow'
  | 'pruneRequests'
  | 'resetShow'
  | 'exportPlan'
  | 'status'
  | 'close'

/**
 * What callers can ask for, by the name the engine has for it. An export is part of `getPlan`; the
 * stream of a show is the feed's.
 */
export type Operation = Exclude<keyof Engine, Unrouted> | 'streamShow'

/** Who may ask: everybody, or only who runs the system. */
export type Access = 'anyone' | 'operator'

/**
 * The one place that says who may do what; an operation that is missing here does not compile.
 * Booking out of a block is narrower than `bookSeats`: see `mayBookFromBlocks`.
 */
export const POLICY: Readonly<Record<Operation, Access>> = {
  createVenue: 'operator',
  listVenues: 'anyone',
  getVenue: 'anyone',
  createPlan: 'operator',
  getPlan: 'anyone',

  createShow: 'operator',
  listShows: 'anyone',
  getShow: 'anyone',
  changeShow: 'operator',
  addSeats: 'operator',

  listSeats: 'anyone',
  getAvailability: 'anyone',
  getMap: 'anyone',
  getStatuses: 'anyone',
  streamShow: 'anyone',
  listJournal: 'operator',

  // The id of a hold or booking is its key: unguessable, and never listed in public answers.
  holdSeats: 'anyone',
  getHold: 'anyone',
  extendHold: 'anyone',
  releaseHold: 'anyone',
  confirmHold: 'anyone',

  bookSeats: 'anyone',
  getBooking: 'anyone',
  cancelBooking: 'operator',
  swapSeats: 'operator',

  blockSeats: 'operator',
  unblockSeats: 'operator',
}
