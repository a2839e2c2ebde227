import { z } from 'zod'
import { STATUS_LETTERS } from './seats.ts'

const untilMs = z.int().describe('When the hold ends: milliseconds since 1970.')
const seatNo = z.int().describe('The number of the seat in the map.')

/** A seat that is held: its number, and when that ends in milliseconds since 1970. */
export const LiveHold = z.tuple([seatNo, untilMs])
export type LiveHold = z.infer<typeof LiveHold>

/** A seat, what it is now, and while it is held until when (milliseconds since 1970). */
export const SeatChange = z.tuple([
  seatNo,
  z.enum(STATUS_LETTERS).describe('a, h, b or x (blocked).'),
  untilMs.nullable(),
])
export type SeatChange = z.infer<typeof SeatChange>

/** `event: snapshot`: every seat as it is. Replaces whatever the client knew. */
export const ShowSnapshot = z
  .strictObject({
    show: z.string(),
    version: z.int(),
    asOf: z.string(),
    statuses: z.string().describe('Character n is seat number n: a, h, b or x (blocked).'),
    holds: z.array(LiveHold).describe('When the seats that are held become available again.'),
  })
  .meta({ id: 'ShowSnapshot' })
export type ShowSnapshot = z.infer<typeof ShowSnapshot>

/**
 * `event: change`: seats that became something else. The version stays the same where only time has
 * passed. Changes say what seats *are*, so applying one twice does no harm.
 */
export const ShowChange = z
  .strictObject({
    version: z.int(),
    asOf: z.string(),
    changes: z.array(SeatChange),
    holds: z
      .array(LiveHold)
      .optional()
      .describe(
        'Only in the first event after a resume: exactly these seats are held. A seat that you ' +
          'know as held, and that is neither here nor in `changes`, is available again.',
      ),
    seatCount: z
      .int()
      .optional()
      .describe('With `holds`: how many seats there are. New ones are available.'),
  })
  .meta({ id: 'ShowChange' })
export type ShowChange = z.infer<typeof ShowChange>

/** Event to resume after. `Last-Event-ID` says it too, and wins. */
export const StreamShowQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, { message: 'must be a version' })
    .transform(Number)
    .optional()
    .describe('The last version that the client has seen.'),
})
export type StreamShowQuery = z.infer<typeof StreamShowQuery>
