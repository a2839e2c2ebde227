import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { metadata, toldMetadata } from './metadata.ts'
import {
  ASK_FOR_SEATS,
  asked,
  asksForSeats,
  found,
  ITEMS,
  places,
  SeatItem,
  seatLabels,
  TOGETHER,
} from './seats.ts'
import { file, ids, listOf, page, text } from './text.ts'

const NAMES_A_CHANGE = [
  (changes: object) => Object.keys(changes).length > 0,
  { message: 'names nothing to change' },
] as const

/** Seats to sell at once, without a hold. All or nothing, like a hold. */
export const BookSeatsBody = z
  .strictObject({
    ...asked,
    holder: text(LIMITS.holderLengthMax).optional(),
    reference: text(LIMITS.referenceLengthMax).optional(),
    metadata: metadata.optional(),
    block: z.string().max(100).optional().describe('May take seats out of this block.'),
  })
  .refine(asksForSeats, ASK_FOR_SEATS)
export type BookSeatsBody = z.infer<typeof BookSeatsBody>

/** Seats of a booking to give back: all of them when `seats` is left out. */
export const CancelBookingBody = z.strictObject({
  seats: seatLabels.optional(),
  places: places.optional().describe('How many of the places it has in a section.'),
  reason: text(LIMITS.reasonLengthMax).optional(),
})
export type CancelBookingBody = z.infer<typeof CancelBookingBody>

/** Seats of a booking, and as many others to have instead. */
export const SwapSeatsBody = z.strictObject({
  from: seatLabels,
  to: seatLabels,
  reason: text(LIMITS.reasonLengthMax).optional(),
})
export type SwapSeatsBody = z.infer<typeof SwapSeatsBody>

/** New owner of a booking. With `seats` only those go, as a booking of their own. */
export const TransferBookingBody = z.strictObject({
  holder: text(LIMITS.holderLengthMax).describe(
    'A user (`user_…`), named by the box office, becomes its owner as well.',
  ),
  seats: seatLabels.optional(),
  reference: text(LIMITS.referenceLengthMax).optional().describe('By default, it stays as it is.'),
})
export type TransferBookingBody = z.infer<typeof TransferBookingBody>

/** Changes of what is said beside a booking. Its holder changes when it is handed on. */
export const ChangeBookingBody = z
  .strictObject({
    reference: text(LIMITS.referenceLengthMax)
      .nullable()
      .describe('Its new reference; null for none.'),
    metadata: metadata.describe('Your own notes. They replace the existing ones.'),
  })
  .partial()
  .refine(...NAMES_A_CHANGE)
export type ChangeBookingBody = z.infer<typeof ChangeBookingBody>

/** `hold` is null for a booking made without one. `cancelledAt` is set when no seat is left. */
export const Booking = z
  .strictObject({
    id: ids.booking,
    show: z.string(),
    hold: ids.hold.nullable(),
    seats: z.array(z.string()),
    items: z.array(SeatItem).describe(ITEMS),
    together: z.boolean().describe(TOGETHER),
    bookedAt: z.string(),
    cancelledAt: z.string().nullable(),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: toldMetadata,
    version: z.int(),
  })
  .meta({ id: 'Booking' })
export type Booking = z.infer<typeof Booking>

/** A page of bookings, the newest first. */
export const BookingList = listOf(Booking).meta({ id: 'BookingList' })
export type BookingList = z.infer<typeof BookingList>

/** Conditions on the bookings of a show, and the page to read. */
export const ListBookingsQuery = z.strictObject({
  ...page,
  ...file,
  ...found,
  cancelled: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only cancelled bookings (`true`), or only the others (`false`).'),
})
export type ListBookingsQuery = z.infer<typeof ListBookingsQuery>

/** Conditions on the bookings of all shows: your reference, a holder, or both. */
export const FindBookingsQuery = z
  .strictObject({ ...page, ...file, reference: found.reference, holder: found.holder })
  .refine(({ reference, holder }) => reference !== undefined || holder !== undefined, {
    path: ['reference'],
    message: 'name a reference or a holder',
  })
export type FindBookingsQuery = z.infer<typeof FindBookingsQuery>

/** Page of the caller's bookings to read. */
export const ListMyBookingsQuery = z.strictObject(page)
export type ListMyBookingsQuery = z.infer<typeof ListMyBookingsQuery>

/** Seats to withhold from sale until they are unblocked, and why. */
export const BlockSeatsBody = z.strictObject({
  seats: seatLabels,
  reason: text(LIMITS.reasonLengthMax),
  holder: text(LIMITS.holderLengthMax).optional().describe('Who they are kept for.'),
  reference: text(LIMITS.referenceLengthMax).optional(),
  metadata: metadata.optional(),
})
export type BlockSeatsBody = z.infer<typeof BlockSeatsBody>

/** Seats of a block to put on sale again: all of them when `seats` is left out. */
export const UnblockSeatsBody = z.strictObject({ seats: seatLabels.optional() })
export type UnblockSeatsBody = z.infer<typeof UnblockSeatsBody>

/** Changes of what is said beside a block. Its seats stay blocked. */
export const ChangeBlockBody = z
  .strictObject({
    reason: text(LIMITS.reasonLengthMax).describe('Why they are withheld, for the staff.'),
    holder: text(LIMITS.holderLengthMax)
      .nullable()
      .describe('Who they are kept for from now on; null for no one in particular.'),
    reference: text(LIMITS.referenceLengthMax)
      .nullable()
      .describe('Its new reference; null for none.'),
    metadata: metadata.describe('Your own notes. They replace the existing ones.'),
  })
  .partial()
  .refine(...NAMES_A_CHANGE)
export type ChangeBlockBody = z.infer<typeof ChangeBlockBody>

/** `releasedAt` is set when no seat is left. */
export const Block = z
  .strictObject({
    id: ids.block,
    show: z.string(),
    seats: z.array(z.string()),
    reason: z.string(),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: toldMetadata,
    releasedAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Block' })
export type Block = z.infer<typeof Block>

/** A page of the blocks of a show. */
export const BlockList = listOf(Block).meta({ id: 'BlockList' })
export type BlockList = z.infer<typeof BlockList>

/** Conditions on the blocks of a show, and the page to read. */
export const ListBlocksQuery = z.strictObject({ ...page, ...file, ...found })
export type ListBlocksQuery = z.infer<typeof ListBlocksQuery>
