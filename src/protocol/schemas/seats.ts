import { z } from 'zod'
import { normalizeLabel, seatKey } from '../labels.ts'
import { LIMITS } from '../limits.ts'
import { file, listOf, page, text } from './text.ts'

/** The four things a seat of a show can be. Always derived, never stored. */
export const SEAT_STATUSES = ['available', 'held', 'booked', 'blocked'] as const
export type SeatStatus = (typeof SEAT_STATUSES)[number]

/** One character per status in the compact form. */
export const STATUS_LETTERS = { available: 'a', held: 'h', booked: 'b', blocked: 'x' } as const

/** Mistakes of one list that are told. Looking for more of them costs more than it helps. */
const LABEL_MISTAKES_MAX = 20

const TOO_LONG = `has more than ${LIMITS.labelLengthMax} characters when it is written out (NFKC)`

/** Seats named by their labels: at least one, none twice (`a1` and `A1` are the same seat). */
export const seatLabels = z
  .array(text(LIMITS.labelLengthMax))
  .min(1)
  .max(LIMITS.seatsPerCommandMax)
  .superRefine((labels, context) => {
    const seen = new Set<string>()
    let count = 0
    const wrong = (index: number, message: string) => {
      count += 1
      context.addIssue({ code: 'custom', path: [index], message })
    }
    for (let index = 0; index < labels.length && count < LABEL_MISTAKES_MAX; index += 1) {
      const label = normalizeLabel(labels[index] as string)
      const key = seatKey(label)
      if (label === '') wrong(index, 'is blank')
      if (label.length > LIMITS.labelLengthMax) wrong(index, TOO_LONG)
      else if (seen.has(key)) wrong(index, `names "${key}" a second time`)
      seen.add(key)
    }
  })

/** Labels to make seats of. One that NFKC writes out at length is found before all of them are. */
export const newLabels = z
  .array(text(LIMITS.labelLengthMax))
  .max(LIMITS.seatsPerPlanMax)
  .superRefine((labels, context) => {
    const isTooLong = (label: string) => normalizeLabel(label).length > LIMITS.labelLengthMax
    const index = labels.findIndex(isTooLong)
    if (index >= 0) context.addIssue({ code: 'custom', path: [index], message: TOO_LONG })
  })

/** So many places of general admission sections, each section at most once. */
export const places = z
  .array(
    z.strictObject({
      section: text(LIMITS.titleLengthMax),
      quantity: z.int().min(1).max(LIMITS.seatsPerCommandMax),
    }),
  )
  .min(1)
  .max(100)
export type Places = z.infer<typeof places>[number]

/** The best seats that are free: side by side where that can be, near the focal point. */
export const BestSeats = z
  .strictObject({
    quantity: z.int().min(1).max(LIMITS.seatsPerCommandMax),
    section: text(LIMITS.titleLengthMax).optional(),
    category: text(LIMITS.titleLengthMax).optional(),
    accessible: z
      .int()
      .min(0)
      .max(LIMITS.seatsPerCommandMax)
      .optional()
      .describe('How many of them should be accessible seats: exactly that many, 0 by default.'),
  })
  .refine(({ quantity, accessible = 0 }) => accessible <= quantity, {
    path: ['accessible'],
    message: 'must not be more than quantity',
  })
  .meta({ id: 'BestSeats' })
export type BestSeats = z.infer<typeof BestSeats>

/**
 * Fields by which a hold or a booking asks: seats by name, places by quantity, or the best ones.
 */
export const asked = {
  seats: seatLabels.optional(),
  places: places.optional(),
  best: BestSeats.optional(),
}

/** Sentence for `together` of a hold or a booking. */
export const TOGETHER =
  'Whether they are all side by side in one row, or places in one general admission section.'

/** Tells whether something is asked for at all. */
export function asksForSeats(body: { seats?: unknown; places?: unknown; best?: unknown }): boolean {
  return body.seats !== undefined || body.places !== undefined || body.best !== undefined
}

/** The message where nothing is. */
export const ASK_FOR_SEATS = {
  path: ['seats'],
  message: 'name seats, places or best',
}

/** A seat of a hold or a booking, with what its price may depend on. */
export const SeatItem = z
  .strictObject({
    seat: z.string(),
    section: z.string().nullable(),
    row: z.string().nullable(),
    number: z.string(),
    category: z.string(),
    accessible: z.boolean(),
  })
  .meta({ id: 'SeatItem' })
export type SeatItem = z.infer<typeof SeatItem>

/** Sentence for `items` of a hold or a booking. */
export const ITEMS = 'The seats in the same order, each with what its price may depend on.'

/** Filters by which holds and bookings are found; they are combined. */
export const found = {
  reference: text(LIMITS.referenceLengthMax).optional().describe('Only those with this reference.'),
  holder: text(LIMITS.holderLengthMax).optional().describe('Only those with this holder.'),
  seat: z
    .string()
    .min(1)
    .max(LIMITS.labelLengthMax)
    .optional()
    .describe('Only those that have this seat now.'),
}

/** A seat of a show with what it is just now. `heldUntil` is set while it is held. */
export const Seat = z
  .strictObject({
    seat: z.string(),
    section: z.string().nullable(),
    row: z.string().nullable(),
    number: z.string(),
    category: z.string(),
    status: z.enum(SEAT_STATUSES),
    heldUntil: z.string().nullable(),
    accessible: z.boolean(),
    companion: z.boolean(),
    restrictedView: z.boolean(),
  })
  .meta({ id: 'Seat' })
export type Seat = z.infer<typeof Seat>

/** A page of seats, in the order of the plan. */
export const SeatList = listOf(Seat).meta({ id: 'SeatList' })
export type SeatList = z.infer<typeof SeatList>

/** Filters that narrow each other. Sections and categories are named by their keys. */
export const ListSeatsQuery = z.strictObject({
  ...page,
  ...file,
  status: z.enum(SEAT_STATUSES).optional(),
  section: text(LIMITS.titleLengthMax).optional(),
  category: text(LIMITS.titleLengthMax).optional(),
  seats: z
    .string()
    .min(1)
    .max(LIMITS.seatsQueryLengthMax)
    .optional()
    .describe('Only these: labels, separated by commas. All of them must exist.'),
})
export type ListSeatsQuery = z.infer<typeof ListSeatsQuery>

/** Labels to add to a show's own plan; they may not exist there yet. */
export const AddSeatsBody = z.strictObject({
  seats: newLabels.min(1),
})
export type AddSeatsBody = z.infer<typeof AddSeatsBody>

const counts = {
  total: z.int(),
  available: z.int(),
  held: z.int(),
  booked: z.int(),
  blocked: z.int(),
}
/** Counts of seats by status. The four parts add up to `total`. */
export const Counts = z.strictObject(counts).meta({ id: 'Counts' })
export type Counts = z.infer<typeof Counts>

/** Counts of a show at a version, over all and by section and category. */
export const Availability = z
  .strictObject({
    show: z.string(),
    version: z.int(),
    asOf: z.string(),
    counts: Counts,
    sections: z.array(z.strictObject({ section: z.string().nullable(), ...counts })),
    categories: z.array(z.strictObject({ category: z.string(), ...counts })),
  })
  .meta({ id: 'Availability' })
export type Availability = z.infer<typeof Availability>

/** Every seat of a show in the shortest form, for drawing and polling. */
export const Statuses = z
  .strictObject({
    show: z.string(),
    version: z.int(),
    asOf: z.string(),
    statuses: z.string().describe('Character n is seat number n: a, h, b or x (blocked).'),
  })
  .meta({ id: 'Statuses' })
export type Statuses = z.infer<typeof Statuses>
