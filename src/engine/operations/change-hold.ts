import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { ChangeHoldBody, Hold } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import { requireNoAccount } from '../caller-fields.ts'
import type { Context } from '../context.ts'
import { orCleared } from '../lanes/command.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Changes the seats of a live hold, or what is said beside it; see `change_hold.sql`. */
export async function changeHold(
  context: Context,
  request: WriteRequest,
  showKey: string,
  hold: string,
  body: ChangeHoldBody,
): Promise<Answer<Hold>> {
  requireNoAccount(request.caller, body.holder)
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'changeHold',
    kind: 'change',
    holdId: uuidOf('hold', hold),
    path: [hold],
    body,
    seats: body.drop,
    toSeats: body.add,
    places: body.places,
    best: body.best,
    holder: body.holder,
    fields: { reference: orCleared(body.reference), metadata: body.metadata },
  })
  return toAnswer(outcome, toHold(show, outcome, outcome.now, outcome.replayed))
}
