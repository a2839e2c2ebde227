import { badCursor } from '../../calls/index.ts'
import {
  fromPublicId,
  type ListVenuesQuery,
  toPublicId,
  type VenueList,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { SELECT_VENUE, toVenue, type VenueRow } from './get-venue.ts'

/** Venues in the order of their ids; the cursor is the last id of the page before. */
export async function listVenues(context: Context, query: ListVenuesQuery): Promise<VenueList> {
  const after = query.cursor === undefined ? null : fromPublicId('venue', query.cursor)
  if (query.cursor !== undefined && after === null) throw badCursor()
  const rows = await context.database.read<VenueRow>(
    `${SELECT_VENUE}
     where ($1::uuid is null or venue.venue_id > $1)
       and ($3 = 'all' or (venue.retired_at is not null) = ($3 = 'true'))
     order by venue.venue_id
     limit $2`,
    [after, query.limit + 1, query.retired ?? 'false'],
  )
  const items = rows.slice(0, query.limit).map(toVenue)
  const last = rows[items.length - 1]
  const hasMore = rows.length > query.limit
  return { items, next: hasMore && last ? toPublicId('venue', last.venue_id) : null }
}
