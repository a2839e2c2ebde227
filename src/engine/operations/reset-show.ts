import { type Caller, callFunction } from '../../calls/index.ts'
import type { Context } from '../context.ts'

const RESET_SHOW = 'select rowlock.reset_show($1, $2) as answer'

/**
 * Brings a show back to its beginning: every booking cancelled, every hold released, every block
 * lifted. The journal stays and tells of it. Answers how many of them there were.
 * Refusal: `show_unknown`.
 */
export async function resetShow(
  context: Context,
  caller: Caller,
  showKey: string,
): Promise<number> {
  const { showId } = await context.shows.get(showKey)
  return callFunction<number>(context.database, RESET_SHOW, [showId, caller.actor])
}
