import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Hold, ReleaseHoldBody } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Gives back all or some seats of a hold; see `sql/functions/release_hold.sql`. */
export async function releaseHold(
  context: Context,
  request: WriteRequest,
  showKey: string,
  hold: string,
  body: ReleaseHoldBody,
): Promise<Answer<Hold>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'releaseHold',
    kind: 'release',
    holdId: uuidOf('hold', hold),
    path: [hold],
    body,
    seats: body.seats,
    places: body.places,
  })
  return toAnswer(outcome, toHold(show, outcome, outcome.now, outcome.replayed))
}
