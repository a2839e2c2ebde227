import type { Caller } from '../../calls/index.ts'
import type { Hold } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'
import { findShow, withSeats } from '../sold-show.ts'
import { readChain } from './read-chain.ts'

/**
 * A hold as it is now, or as it ended. Refusals: `show_unknown`, `hold_unknown`, also for one that
 * belongs to somebody else.
 */
export async function getHold(
  context: Context,
  caller: Caller,
  showKey: string,
  hold: string,
): Promise<Hold> {
  const show = await findShow(context, showKey)
  const chain = await readChain(context, caller, show, uuidOf('hold', hold))
  if (chain?.origin !== 'hold') throw unknownId('hold')
  const known = await withSeats(context, show, chain.entry.seats)
  return toHold(known, chain.entry, chain.now)
}
