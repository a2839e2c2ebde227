import type { Caller } from '../../calls/index.ts'
import type { HoldList, ListHoldsQuery } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { listLive } from './live-chains.ts'

/** Live holds of a show, in the order in which they were made. */
export async function listHolds(
  context: Context,
  caller: Caller,
  showKey: string,
  query: ListHoldsQuery,
): Promise<HoldList> {
  const { show, rows, next } = await listLive(context, caller, showKey, 'hold', query)
  return { items: rows.map(({ entry, now }) => toHold(show, entry, now)), next }
}
