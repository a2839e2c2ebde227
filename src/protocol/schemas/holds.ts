import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { seatLabels } from './seats.ts'
import { ids, text } from './text.ts'

const holdSeconds = z.int().min(LIMITS.holdSecondsMin).max(LIMITS.holdLifeSecondsMax)

export const HoldSeatsBody = z.strictObject({
  seats: seatLabels,
  holdSeconds: holdSeconds.optional(),
  holder: text(LIMITS.holderLengthMax).optional(),
  reference: text(LIMITS.referenceLengthMax).optional(),
})
export type HoldSeatsBody = z.infer<typeof HoldSeatsBody>

export const ExtendHoldBody = z.strictObject({ holdSeconds: holdSeconds.optional() })
export type ExtendHoldBody = z.infer<typeof ExtendHoldBody>

export const ReleaseHoldBody = z.strictObject({ seats: seatLabels.optional() })
export type ReleaseHoldBody = z.infer<typeof ReleaseHoldBody>

export const ConfirmHoldBody = z.strictObject({
  reference: text(LIMITS.referenceLengthMax).optional(),
  reacquire: z.boolean().optional(),
})
export type ConfirmHoldBody = z.infer<typeof ConfirmHoldBody>

/** `secondsLeft` counts from the answer, by the database's clock, rounded up; 0 when it is over. */
export const Hold = z
  .strictObject({
    id: ids.hold,
    show: z.string(),
    seats: z.array(z.string()),
    expiresAt: z.string(),
    secondsLeft: z.int(),
    status: z.enum(['live', 'expired', 'released', 'confirmed']),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    booking: ids.booking.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Hold' })
export type Hold = z.infer<typeof Hold>
