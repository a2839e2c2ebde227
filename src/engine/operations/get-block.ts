import type { Caller } from '../../calls/index.ts'
import type { Block } from '../../protocol/index.ts'
import { toBlock } from '../answers.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'
import { findShow, withSeats } from '../sold-show.ts'
import { readChain } from './read-chain.ts'

/**
 * A block as it is now, released or not. Refusals: `show_unknown`, `block_unknown`, also for one
 * that belongs to somebody else.
 */
export async function getBlock(
  context: Context,
  caller: Caller,
  showKey: string,
  block: string,
): Promise<Block> {
  const show = await findShow(context, showKey)
  const chain = await readChain(context, caller, show, uuidOf('block', block))
  if (chain?.origin !== 'block') throw unknownId('block')
  const known = await withSeats(context, show, chain.entry.seats)
  return toBlock(known, chain.entry)
}
