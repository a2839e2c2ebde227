import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Booking, CancelBookingBody } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Gives back all or some seats of a booking; see `sql/functions/cancel_booking.sql`. */
export async function cancelBooking(
  context: Context,
  request: WriteRequest,
  showKey: string,
  booking: string,
  body: CancelBookingBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'cancelBooking',
    kind: 'cancel',
    holdId: uuidOf('booking', booking),
    path: [booking],
    body,
    seats: body.seats,
    places: body.places,
    fields: { details: body.reason === undefined ? undefined : { reason: body.reason } },
  })
  return toAnswer(outcome, toBooking(show, outcome, outcome.origin))
}
