import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { seatLabels } from './seats.ts'
import { ids, text } from './text.ts'

export const BookSeatsBody = z.strictObject({
  seats: seatLabels,
  holder: text(LIMITS.holderLengthMax).optional(),
  reference: text(LIMITS.referenceLengthMax).optional(),
  block: z.string().max(100).optional().describe('May take seats out of this block.'),
})
export type BookSeatsBody = z.infer<typeof BookSeatsBody>

export const CancelBookingBody = z.strictObject({
  seats: seatLabels.optional(),
  reason: text(LIMITS.reasonLengthMax).optional(),
})
export type CancelBookingBody = z.infer<typeof CancelBookingBody>

export const SwapSeatsBody = z.strictObject({
  from: seatLabels,
  to: seatLabels,
  reason: text(LIMITS.reasonLengthMax).optional(),
})
export type SwapSeatsBody = z.infer<typeof SwapSeatsBody>

/** `hold` is null for a booking made without one. `cancelledAt` is set when no seat is left. */
export const Booking = z
  .strictObject({
    id: ids.booking,
    show: z.string(),
    hold: ids.hold.nullable(),
    seats: z.array(z.string()),
    bookedAt: z.string(),
    cancelledAt: z.string().nullable(),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Booking' })
export type Booking = z.infer<typeof Booking>

export const BlockSeatsBody = z.strictObject({
  seats: seatLabels,
  reason: text(LIMITS.reasonLengthMax),
})
export type BlockSeatsBody = z.infer<typeof BlockSeatsBody>

export const UnblockSeatsBody = z.strictObject({ seats: seatLabels.optional() })
export type UnblockSeatsBody = z.infer<typeof UnblockSeatsBody>

/** `releasedAt` is set when no seat is left. */
export const Block = z
  .strictObject({
    id: ids.block,
    show: z.string(),
    seats: z.array(z.string()),
    reason: z.string(),
    releasedAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Block' })
export type Block = z.infer<typeof Block>
