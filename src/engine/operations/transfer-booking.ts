import type { Answer, WriteRequest } from '../../calls/index.ts'
import { type Booking, newTimedUuid, type TransferBookingBody } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Hands a booking on, or some of its seats; see `sql/functions/transfer_booking.sql`. */
export async function transferBooking(
  context: Context,
  request: WriteRequest,
  showKey: string,
  booking: string,
  body: TransferBookingBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'transferBooking',
    kind: 'transfer',
    holdId: uuidOf('booking', booking),
    path: [booking],
    body,
    seats: body.seats,
    holder: body.holder,
    fields: { reference: body.reference, to_hold: newTimedUuid() },
  })
  return toAnswer(outcome, toBooking(show, outcome, outcome.origin))
}
