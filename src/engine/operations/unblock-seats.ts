import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Block, UnblockSeatsBody } from '../../protocol/index.ts'
import { toBlock } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Puts all or some seats of a block on sale again; see `sql/functions/unblock_seats.sql`. */
export async function unblockSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  block: string,
  body: UnblockSeatsBody,
): Promise<Answer<Block>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'unblockSeats',
    kind: 'unblock',
    holdId: uuidOf('block', block),
    path: [block],
    body,
    seats: body.seats,
  })
  return toAnswer(outcome, toBlock(show, outcome))
}
