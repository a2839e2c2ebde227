import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { ExtendHoldBody, Hold } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Moves a live hold's end; see `sql/functions/extend_hold.sql` for the refusals. */
export async function extendHold(
  context: Context,
  request: WriteRequest,
  showKey: string,
  hold: string,
  body: ExtendHoldBody,
): Promise<Answer<Hold>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'extendHold',
    kind: 'extend',
    holdId: uuidOf('hold', hold),
    path: [hold],
    body,
    fields: { hold_seconds: body.holdSeconds },
  })
  return toAnswer(outcome, toHold(show, outcome, outcome.now, outcome.replayed))
}
