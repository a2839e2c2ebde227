import { badCursor } from '../../calls/index.ts'
import { fromPublicId, type ListShowsQuery, type ShowList } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { SELECT_SHOW, type ShowRow, toShow } from '../stored/stored-show.ts'

/** Shows in the order in which they start; the cursor is the place of the last one so far. */
export async function listShows(context: Context, query: ListShowsQuery): Promise<ShowList> {
  const [afterMs, afterId] = parseCursor(query.cursor)
  const venueId = query.venue === undefined ? null : fromPublicId('venue', query.venue)
  if (query.venue !== undefined && venueId === null) return { items: [], next: null }
  const rows = await context.database.read<ShowRow & Record<string, unknown>>(
    `${SELECT_SHOW}
     where ($1::float8 is null or (show.starts_at, show.show_id) > (to_timestamp($1 / 1000), $2))
       and ($3::uuid is null or plan.venue_id = $3)
       and ($4::timestamptz is null or show.starts_at >= $4)
       and ($5::timestamptz is null or show.starts_at < $5)
       and ($6 = 'all' or (show.archived_at is not null) = ($6 = 'true'))
     order by show.starts_at, show.show_id
     limit $7`,
    [
      afterMs,
      afterId,
      venueId,
      query.startsAfter ?? null,
      query.startsBefore ?? null,
      query.archived ?? 'false',
      query.limit + 1,
    ],
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const hasMore = rows.length > query.limit
  const next = hasMore && last ? `${last.starts_at.getTime()}-${last.show_id}` : null
  return { items: page.map(toShow), next }
}

function parseCursor(cursor: string | undefined): [number | null, number] {
  if (cursor === undefined) return [null, 0]
  const parts = /^(\d{1,15})-(\d{1,15})$/.exec(cursor)
  if (!parts) throw badCursor()
  return [Number(parts[1]), Number(parts[2])]
}
