import { z } from 'zod'
import { seatKey } from '../labels.ts'
import { LIMITS } from '../limits.ts'
import { listOf, page, text } from './text.ts'

/** The four things a seat of a show can be. Always derived, never stored. */
export const SEAT_STATUSES = ['available', 'held', 'booked', 'blocked'] as const
export type SeatStatus = (typeof SEAT_STATUSES)[number]

/** One character per status in the compact form. */
export const STATUS_LETTERS = { available: 'a', held: 'h', booked: 'b', blocked: 'x' } as const

/** Seats named by their labels: at least one, none twice (`a1` and `A1` are the same seat). */
export const seatLabels = z
  .array(text(LIMITS.labelLengthMax))
  .min(1)
  .max(LIMITS.seatsPerCommandMax)
  .superRefine((labels, context) => {
    const seen = new Set<string>()
    labels.forEach((label, index) => {
      const key = seatKey(label)
      if (key === '') context.addIssue({ code: 'custom', path: [index], message: 'is blank' })
      if (seen.has(key)) {
        context.addIssue({ code: 'custom', path: [index], message: `names "${key}" a second time` })
      }
      seen.add(key)
    })
  })

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

export const SeatList = listOf(Seat).meta({ id: 'SeatList' })
export type SeatList = z.infer<typeof SeatList>

export const ListSeatsQuery = z.strictObject({
  ...page,
  status: z.enum(SEAT_STATUSES).optional(),
  section: text(LIMITS.titleLengthMax).optional(),
  category: text(LIMITS.titleLengthMax).optional(),
})
export type ListSeatsQuery = z.infer<typeof ListSeatsQuery>

export const AddSeatsBody = z.strictObject({
  seats: z.array(text(LIMITS.labelLengthMax)).min(1).max(LIMITS.seatsPerPlanMax),
})
export type AddSeatsBody = z.infer<typeof AddSeatsBody>

const counts = {
  total: z.int(),
  available: z.int(),
  held: z.int(),
  booked: z.int(),
  blocked: z.int(),
}
export const Counts = z.strictObject(counts).meta({ id: 'Counts' })
export type Counts = z.infer<typeof Counts>

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

export const Statuses = z
  .strictObject({
    show: z.string(),
    version: z.int(),
    asOf: z.string(),
    statuses: z.string().describe('Character n is seat number n: a, h, b or x (blocked).'),
  })
  .meta({ id: 'Statuses' })
export type Statuses = z.infer<typeof Statuses>
