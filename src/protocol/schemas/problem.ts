import { z } from 'zod'
import { Booking } from './bookings.ts'
import { SECOND_FACTORS } from './people.ts'

/** RFC 9457 problem details; `code` is one of the stable codes. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    instance: z.string().optional(),
    seats: z
      .array(
        z.strictObject({
          seat: z.string(),
          reason: z.enum(['held', 'booked', 'blocked', 'unknown', 'orphan']),
          until: z.string().optional(),
        }),
      )
      .optional(),
    mistakes: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    limit: z.int().optional(),
    factors: z.array(z.enum(SECOND_FACTORS)).optional(),
    booking: Booking.optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
