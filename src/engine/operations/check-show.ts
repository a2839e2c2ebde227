import { callFunction } from '../../calls/index.ts'
import type { Context } from '../context.ts'
import type { Violation } from '../engine.ts'

const CHECK_SHOW = `
  select coalesce(
    jsonb_agg(
      jsonb_build_object('promise', found.promise, 'rule', found.rule, 'detail', found.detail)
      order by found.promise, found.rule, found.detail
    ),
    '[]'
  ) as answer
  from rowlock.violations($1) as found`

/**
 * Every place where a promise is broken that can be read off a show; none when all is well. Takes
 * no lock, so it may run while the show is sold. Refusal: `show_unknown`.
 */
export async function checkShow(context: Context, showKey: string): Promise<Violation[]> {
  const { showId } = await context.shows.get(showKey)
  return callFunction<Violation[]>(context.database, CHECK_SHOW, [showId])
}
