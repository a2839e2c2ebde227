import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { metadata, toldMetadata } from './metadata.ts'
import {
  ASK_FOR_SEATS,
  asked,
  asksForSeats,
  BestSeats,
  found,
  ITEMS,
  places,
  SeatItem,
  seatLabels,
  TOGETHER,
} from './seats.ts'
import { file, ids, listOf, page, text } from './text.ts'

const holdSeconds = z.int().min(LIMITS.holdSecondsMin).max(LIMITS.holdLifeSecondsMax)

/** Seats to hold, all or none. Without `holdSeconds` the show's usual duration counts. */
export const HoldSeatsBody = z
  .strictObject({
    ...asked,
    holdSeconds: holdSeconds.optional(),
    holder: text(LIMITS.holderLengthMax).optional(),
    reference: text(LIMITS.referenceLengthMax).optional(),
    metadata: metadata.optional(),
  })
  .refine(asksForSeats, ASK_FOR_SEATS)
export type HoldSeatsBody = z.infer<typeof HoldSeatsBody>

/** Seconds that the hold is to last from now; the show's usual duration when left out. */
export const ExtendHoldBody = z.strictObject({ holdSeconds: holdSeconds.optional() })
export type ExtendHoldBody = z.infer<typeof ExtendHoldBody>

/**
 * Seats that a live hold takes and gives back, in one step, and what is said beside it. A seat in
 * `add` and in `drop` stays.
 */
export const ChangeHoldBody = z
  .strictObject({
    add: seatLabels.optional().describe('Seats to take. Seats that the hold already has stay.'),
    drop: seatLabels.optional().describe('Seats to give back.'),
    places: places.optional().describe('General admission places to add.'),
    best: BestSeats.optional(),
    holder: text(LIMITS.holderLengthMax)
      .nullish()
      .describe('Who it is for from now on; null for no one in particular.'),
    reference: text(LIMITS.referenceLengthMax)
      .nullish()
      .describe('Its new reference; null for none.'),
    metadata: metadata.optional().describe('Your own notes. They replace the existing ones.'),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    path: ['add'],
    message: 'name seats to add or drop, places or best; or a holder, reference or metadata',
  })
export type ChangeHoldBody = z.infer<typeof ChangeHoldBody>

/** Seats of a hold to give back: all of them when `seats` is left out. */
export const ReleaseHoldBody = z.strictObject({
  seats: seatLabels.optional(),
  places: places.optional().describe('How many of the places that the hold has in a section.'),
})
export type ReleaseHoldBody = z.infer<typeof ReleaseHoldBody>

/** `reacquire` asks for the same seats again when the hold has run out meanwhile. */
export const ConfirmHoldBody = z.strictObject({
  reference: text(LIMITS.referenceLengthMax).optional(),
  metadata: metadata.optional().describe('Your own notes. They replace those of the hold.'),
  reacquire: z.boolean().optional(),
})
export type ConfirmHoldBody = z.infer<typeof ConfirmHoldBody>

/** `secondsLeft` counts from the answer, by the database's clock, rounded up; 0 when it is over. */
export const Hold = z
  .strictObject({
    id: ids.hold,
    show: z.string(),
    seats: z.array(z.string()),
    items: z.array(SeatItem).describe(ITEMS),
    together: z.boolean().describe(TOGETHER),
    expiresAt: z.string(),
    secondsLeft: z.int(),
    status: z.enum(['live', 'expired', 'released', 'confirmed']),
    holder: z.string().nullable(),
    reference: z.string().nullable(),
    metadata: toldMetadata,
    booking: ids.booking.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Hold' })
export type Hold = z.infer<typeof Hold>

/** A page of live holds. */
export const HoldList = listOf(Hold).meta({ id: 'HoldList' })
export type HoldList = z.infer<typeof HoldList>

/** Page of the caller's holds to read. */
export const ListMyHoldsQuery = z.strictObject(page)
export type ListMyHoldsQuery = z.infer<typeof ListMyHoldsQuery>

/** Conditions on the live holds of a show, and the page to read. */
export const ListHoldsQuery = z.strictObject({ ...page, ...file, ...found })
export type ListHoldsQuery = z.infer<typeof ListHoldsQuery>
