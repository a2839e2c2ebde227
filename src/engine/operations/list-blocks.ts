import type { Caller } from '../../calls/index.ts'
import type { BlockList, ListBlocksQuery } from '../../protocol/index.ts'
import { toBlock } from '../answers.ts'
import type { Context } from '../context.ts'
import { listLive } from './live-chains.ts'

/** Blocks of a show that withhold seats now, in the order in which they were made. */
export async function listBlocks(
  context: Context,
  caller: Caller,
  showKey: string,
  query: ListBlocksQuery,
): Promise<BlockList> {
  const { show, rows, next } = await listLive(context, caller, showKey, 'block', query)
  return { items: rows.map(({ entry }) => toBlock(show, entry)), next }
}
