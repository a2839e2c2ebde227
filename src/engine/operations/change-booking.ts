import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Booking, ChangeBookingBody } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { orCleared } from '../lanes/command.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Gives a booking another reference, or notes; see `sql/functions/change_booking.sql`. */
export async function changeBooking(
  context: Context,
  request: WriteRequest,
  showKey: string,
  booking: string,
  body: ChangeBookingBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'changeBooking',
    kind: 'amend',
    holdId: uuidOf('booking', booking),
    path: [booking],
    body,
    fields: { reference: orCleared(body.reference), metadata: body.metadata },
  })
  return toAnswer(outcome, toBooking(show, outcome, outcome.origin))
}
