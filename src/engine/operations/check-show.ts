import { callFunction } from '../../calls/index.ts'
import type { Context } from '../context.ts'
import type { Violation } from '../engine.ts'

const CHECK_SHOW = 'select rowlock.check_show($1) as answer'

const READ_AHEAD = `
  select greatest(0, extract(epoch from newest.at - rowlock.clock()))::float8 as seconds
  from rowlock.journal as newest
  where newest.show_id = $1
  order by newest.version desc
  limit 1`

/**
 * Reads how many seconds a show's time is ahead of the database's clock: its holds end as much
 * later. The clock was set back, or was ahead for a moment. Refusal: `show_unknown`.
 */
export async function readSecondsAhead(context: Context, showKey: string): Promise<number> {
  const { showId } = await context.shows.get(showKey)
  const [row] = await context.database.read<{ seconds: number }>(READ_AHEAD, [showId])
  return row?.seconds ?? 0
}

/**
 * Every place where a promise is broken that can be read off a show; none when all is well. Takes
 * no lock, so it may run while the show is sold. Refusal: `show_unknown`.
 */
export async function checkShow(context: Context, showKey: string): Promise<Violation[]> {
  const { showId } = await context.shows.get(showKey)
  return callFunction<Violation[]>(context.database, CHECK_SHOW, [showId])
}
