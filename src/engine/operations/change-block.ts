import type { Answer, WriteRequest } from '../../calls/index.ts'
import type { Block, ChangeBlockBody } from '../../protocol/index.ts'
import { toBlock } from '../answers.ts'
import { requireNoAccount } from '../caller-fields.ts'
import type { Context } from '../context.ts'
import { orCleared } from '../lanes/command.ts'
import { runCommand, toAnswer, uuidOf } from '../run-command.ts'

/** Says anew why seats are blocked, and for whom; see `sql/functions/change_block.sql`. */
export async function changeBlock(
  context: Context,
  request: WriteRequest,
  showKey: string,
  block: string,
  body: ChangeBlockBody,
): Promise<Answer<Block>> {
  requireNoAccount(request.caller, body.holder)
  const { show, outcome } = await runCommand(context, request, showKey, {
    operation: 'changeBlock',
    kind: 'describe',
    holdId: uuidOf('block', block),
    path: [block],
    body,
    holder: body.holder,
    fields: {
      reference: body.reason,
      own_reference: orCleared(body.reference),
      metadata: body.metadata,
    },
  })
  return toAnswer(outcome, toBlock(show, outcome))
}
