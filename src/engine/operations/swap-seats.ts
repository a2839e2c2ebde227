import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Booking, SwapSeatsBody } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Exchanges seats of a booking for as many others; see `sql/functions/swap_seats.sql`. */
export async function swapSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  booking: string,
  body: SwapSeatsBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'swapSeats',
    kind: 'swap',
    holdId: uuidOf('booking', booking),
    path: [booking],
    body,
    seats: body.from,
    toSeats: body.to,
    fields: { details: body.reason === undefined ? undefined : { reason: body.reason } },
  })
  return toAnswer(outcome, toBooking(show, outcome, outcome.origin))
}
