import type { Answer, WriteRequest } from '../../calls/index.ts'
import { type Booking, type ConfirmHoldBody, Refusal } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/**
 * Turns a hold into a booking. With `reacquire` an expired hold gets its seats again, if every one
 * is still free. Whether it is a booking already is the kernel's to say; that it belongs to another
 * `reference` is `already_confirmed`. See `sql/functions/confirm_hold.sql` for the refusals.
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
    fields: {
      reference: body.reference,
      metadata: body.metadata,
      reacquire: body.reacquire,
    },
  })
  const booking = toBooking(show, outcome, outcome.origin)
  if (outcome.code === 'already' && isOfAnother(booking, body)) throw soldBefore(booking)
  return toAnswer(outcome, booking)
}

/** Two payments for one hold: the second one bought nothing, and its money has to go back. */
function isOfAnother(booking: Booking, { reference }: ConfirmHoldBody): boolean {
  return reference !== undefined && reference !== booking.reference
}

function soldBefore(booking: Booking): Refusal {
  const by = booking.reference === null ? 'without a reference' : `for "${booking.reference}"`
  const detail = `The hold was already confirmed, ${by}. Nothing was sold under this reference.`
  return new Refusal('already_confirmed', { detail, booking })
}
