import type { Answer, WriteRequest } from '../../calls/index.ts'
import { type Hold, type HoldSeatsBody, newTimedUuid } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer } from '../run-command.ts'

/** Holds seats until a time; see `sql/functions/hold_seats.sql` for the refusals. */
export async function holdSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: HoldSeatsBody,
): Promise<Answer<Hold>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'holdSeats',
    kind: 'hold',
    holdId: newTimedUuid(),
    body,
    seats: body.seats,
    places: body.places,
    best: body.best,
    holder: body.holder,
    fields: {
      hold_seconds: body.holdSeconds,
      reference: body.reference,
      metadata: body.metadata,
    },
  })
  return toAnswer(outcome, toHold(show, outcome, outcome.now, outcome.replayed))
}
