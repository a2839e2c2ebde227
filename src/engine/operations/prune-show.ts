import { callFunction } from '../../calls/index.ts'
import type { Context } from '../context.ts'
import type { Pruned } from '../engine.ts'

const PRUNE_SHOW = 'select rowlock.prune_show($1, make_interval(secs => $2)) as answer'
const PRUNE_REQUESTS = 'select rowlock.prune_requests(make_interval(secs => $1)) as answer'

/**
 * Deletes what no longer counts: claims that ran out, and refusals that were remembered for longer
 * than `keepSeconds`. A retry that comes later than that is a new request. Refusal: `show_unknown`.
 */
export async function pruneShow(
  context: Context,
  showKey: string,
  keepSeconds: number,
): Promise<Pruned> {
  const { showId } = await context.shows.get(showKey)
  return callFunction<Pruned>(context.database, PRUNE_SHOW, [showId, keepSeconds])
}

/** Deletes answers of the catalogue older than `keepSeconds`, and says how many there were. */
export async function pruneRequests(context: Context, keepSeconds: number): Promise<number> {
  return callFunction<number>(context.database, PRUNE_REQUESTS, [keepSeconds])
}
