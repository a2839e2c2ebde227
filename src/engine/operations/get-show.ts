import type { Show } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { loadShow, showUnknown, toShow } from '../stored/stored-show.ts'

/** A show with its terms. Refusal: `show_unknown`. */
export async function getShow(context: Context, showKey: string): Promise<Show> {
  const { key } = await context.shows.get(showKey)
  const row = await loadShow(context.database, key)
  if (!row) throw showUnknown(showKey)
  return toShow(row)
}
