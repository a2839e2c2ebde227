import type { Answer, WriteRequest } from '../../calls/index.ts'
import { type Block, type BlockSeatsBody, newTimedUuid } from '../../protocol/index.ts'
import { toBlock } from '../answers.ts'
import type { Context } from '../context.ts'
import { runCommand, toAnswer } from '../run-command.ts'

/** Withholds seats from sale, with a reason; see `sql/functions/block_seats.sql`. */
export async function blockSeats(
  context: Context,
  request: WriteRequest,
  showKey: string,
  body: BlockSeatsBody,
): Promise<Answer<Block>> {
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'blockSeats',
    kind: 'block',
    holdId: newTimedUuid(),
    body,
    seats: body.seats,
    holder: body.holder,
    fields: { reference: body.reason, own_reference: body.reference, metadata: body.metadata },
  })
  return toAnswer(outcome, toBlock(show, outcome))
}
