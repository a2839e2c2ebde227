import type { EventPage } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { fromAfter, toAfter } from '../events/event-position.ts'
import type { EventQuery } from '../events/event-query.ts'
import { eventFor } from '../events/placed-event.ts'
import { readOn } from '../events/read-events.ts'
import { loadShow, showUnknown } from '../stored/stored-show.ts'

const NOTE_SHOW = 'select rowlock.note_show($1) as answer'

/**
 * Events of a show after a position, as far as they have happened. Refusals: `show_unknown`,
 * `position_unknown`.
 */
export async function listEvents(
  context: Context,
  show: string,
  { after, limit, owner, isOfToday = false }: EventQuery,
): Promise<EventPage> {
  const row = await loadShow(context.database, show)
  if (!row) throw showUnknown(show)
  await context.database.read(NOTE_SHOW, [row.show_id])
  const start = fromAfter(after)
  const from = isOfToday ? { ...start, restores: null } : start
  const { placed, restores } = await readOn(context, row, from, limit)
  const reader = { owner, seesAll: owner === null }
  const told = placed.flatMap((one) => eventFor(one, reader) ?? [])
  const position = placed.at(-1)?.position ?? start
  return { events: told, after: toAfter({ ...position, restores }) }
}
