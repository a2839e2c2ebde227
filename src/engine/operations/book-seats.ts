import type { Answer, WriteRequest } from '../../calls/index.ts'
import { type Booking, type BookSeatsBody, newTimedUuid } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Sells seats without a hold, or out of a block; see `sql/functions/book_seats.sql`. */
export async function bookSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: BookSeatsBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'bookSeats',
    kind: 'book',
    holdId: newTimedUuid(),
    body,
    seats: body.seats,
    places: body.places,
    best: body.best,
    holder: body.holder,
    fields: {
      reference: body.reference,
      metadata: body.metadata,
      from_block: body.block === undefined ? undefined : uuidOf('block', body.block),
    },
  })
  return toAnswer(outcome, toBooking(show, outcome, 'book'))
}
