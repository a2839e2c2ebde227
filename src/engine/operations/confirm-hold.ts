import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Booking, ConfirmHoldBody } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/**
 * Turns a hold into a booking. With `reacquire` an expired hold gets its seats again, if every one
 * is still free. See `sql/functions/confirm_hold.sql` for the refusals.
 */
export async function confirmHold(
  context: Context,
  request: WriteRequest,
  showKey: string,
  hold: string,
  body: ConfirmHoldBody,
): Promise<Answer<Booking>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'confirmHold',
    kind: 'confirm',
    holdId: uuidOf('hold', hold),
    path: [hold],
    body,
    fields: { reference: body.reference, reacquire: body.reacquire },
  })
  return toAnswer(outcome, toBooking(show, outcome, outcome.origin))
}
