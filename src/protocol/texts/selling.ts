import type { FieldTexts } from './shared.ts'

const CHANGED = 'The version of the show at which it last changed.'
const PICTURED = 'The version of the show that this reflects. Each change raises it by one.'
const BEST = 'The best free seats, as many as you ask for.'
const HOLDER = 'Who it is for: a name or id that you give your customer.'
const REFERENCE = 'Your own reference, such as an order number.'
const WHY = 'Why, for the journal.'

/** Seats, holds, bookings and blocks. */
export const SELLING: FieldTexts = {
  HoldSeatsBody: {
    seats: 'Labels of the seats to hold, all or none.',
    places: 'General admission places to hold, by section.',
    best: BEST,
    holder: HOLDER,
    reference: REFERENCE,
    holdSeconds: 'How long to hold, in seconds. The `holdSeconds` of the show by default.',
  },
  BookSeatsBody: {
    seats: 'Labels of the seats to book, all or none.',
    places: 'General admission places to book, by section.',
    best: BEST,
    holder: HOLDER,
    reference: REFERENCE,
  },
  BestSeats: {
    quantity: 'How many seats.',
    section: 'Only in the section with this key.',
    category: 'Only in the category with this key.',
  },
  ExtendHoldBody: {
    holdSeconds: 'How long it should last from now, in seconds. The usual time by default.',
  },
  ChangeHoldBody: { best: 'The best free seats, in addition to those named.' },
  ReleaseHoldBody: { seats: 'Labels of the seats to give back. All of them by default.' },
  ConfirmHoldBody: {
    reference: 'Your own reference, such as an order number. That of the hold by default.',
    reacquire: 'Take the same seats again if the hold has run out and they are still free.',
  },
  Hold: {
    id: 'The id of the hold: `hold_` and 32 hexadecimal digits.',
    seats: 'Labels of the seats it has. Empty once all are given back.',
    expiresAt: 'When the hold ends by itself, in UTC.',
    secondsLeft: 'Seconds until it ends, rounded up, by the database clock. 0 once it is over.',
    status: '`live` until it is `confirmed` (booked), `released` (given back) or `expired`.',
    booking: 'The booking that it became. Null unless it was confirmed.',
    version: CHANGED,
  },
  CancelBookingBody: {
    seats: 'Labels of the seats to give back. All of them by default.',
    reason: WHY,
  },
  SwapSeatsBody: {
    from: 'Labels of seats of the booking to give back.',
    to: 'Labels of as many seats to take instead.',
    reason: WHY,
  },
  TransferBookingBody: {
    seats: 'Labels of the seats to hand on, as a new booking. All of them by default.',
  },
  Booking: {
    id: 'The id of the booking: `book_` and 32 hexadecimal digits.',
    hold: 'The hold that it came from. Null for a booking made without one.',
    seats: 'Labels of the seats it has. Empty once it is cancelled.',
    bookedAt: 'When it was made, in UTC.',
    cancelledAt: 'When its last seat was given back, in UTC. Null while it has any.',
    version: CHANGED,
  },
  BlockSeatsBody: {
    seats: 'Labels of the seats to withhold from sale, all or none.',
    reason: 'Why they are withheld, for the staff.',
  },
  UnblockSeatsBody: { seats: 'Labels of the seats to sell again. All of them by default.' },
  Block: {
    id: 'The id of the block: `block_` and 32 hexadecimal digits.',
    seats: 'Labels of the seats it withholds. Empty once all are on sale again.',
    reason: 'Why they are withheld.',
    releasedAt: 'When its last seat went on sale again, in UTC. Null while it has any.',
    version: CHANGED,
  },
  SeatItem: {
    seat: 'The label of the seat.',
    section: 'The key of its section. Null if it is in none.',
    category: 'The key of its category.',
  },
  Seat: {
    seat: 'The label of the seat.',
    section: 'The key of its section. Null if it is in none.',
    category: 'The key of its category.',
    status: 'Its status right now.',
    heldUntil: 'When its hold ends, in UTC. Null unless it is held.',
  },
  ListSeatsQuery: {
    status: 'Only seats with this status.',
    section: 'Only the section with this key.',
    category: 'Only the category with this key.',
  },
  AddSeatsBody: { seats: 'Labels of the new seats, all or none.' },
  Availability: {
    version: PICTURED,
    counts: 'Over all seats.',
    sections: 'By section, in the order of the plan.',
    'sections.section': 'The key of the section. Null for seats in none.',
    categories: 'By category, in the order of the plan.',
    'categories.category': 'The key of the category.',
  },
  Report: {
    by: 'What the seats are counted by, in this order.',
    seats: 'How many seats the show has.',
    items: 'The counts, one for each group of seats that are alike.',
  },
  ReportRow: {
    status: 'Their status right now. Absent unless asked for.',
    section: 'The key of their section. Null if they are in none, absent unless asked for.',
    category: 'The key of their category. Absent unless asked for.',
    row: 'Their row. Null if they are in none, absent unless asked for.',
    holder: 'Who they are for. Null if no one was named, absent unless asked for.',
    seats: 'How many seats.',
    bookings: 'How many bookings they belong to.',
  },
  Statuses: { version: PICTURED },
  ShowSnapshot: { version: PICTURED },
  ShowChange: {
    version: 'The version after the change. It stays the same if only time has passed.',
    changes: 'Seats whose status changed, each as `[number, status, held until]`.',
  },
}
