import { toPublicId, type Venue } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'

/** A venue as `SELECT_VENUE` reads it. */
export interface VenueRow extends Record<string, unknown> {
  venue_id: string
  name: string
  time_zone: string | null
  retired_at: Date | null
  created_at: Date
}

/** Add a `where`. */
export const SELECT_VENUE = `
  select venue.venue_id, venue.name, venue.time_zone, venue.retired_at, venue.created_at
  from rowlock.venues as venue`

/** A venue. Refusal: `venue_unknown`. */
export async function getVenue(context: Context, venue: string): Promise<Venue> {
  const [row] = await context.database.read<VenueRow>(`${SELECT_VENUE} where venue.venue_id = $1`, [
    uuidOf('venue', venue),
  ])
  if (!row) throw unknownId('venue')
  return toVenue(row)
}

/** A venue as it goes over the wire. */
export function toVenue(row: VenueRow): Venue {
  return {
    id: toPublicId('venue', row.venue_id),
    name: row.name,
    timeZone: row.time_zone,
    retiredAt: row.retired_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
