import { type Answer, expectDone, type WriteRequest } from '../../calls/index.ts'
import type { ChangeVenueBody, Venue } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { uuidOf } from '../run-command.ts'
import { catalogueAnswer, writeCatalogue } from '../write-catalogue.ts'
import { getVenue } from './get-venue.ts'

const CHANGE_VENUE = 'select rowlock.change_venue($1, $2, $3, $4, $5) as answer'

/** Changes a venue's name or time zone, retires it, or brings it back. Refusal: `venue_unknown`. */
export async function changeVenue(
  context: Context,
  request: WriteRequest,
  venue: string,
  body: ChangeVenueBody,
): Promise<Answer<Venue>> {
  const venueId = uuidOf('venue', venue)
  const answer = await writeCatalogue(context, request, {
    operation: 'changeVenue',
    path: [venue],
    body,
    sql: CHANGE_VENUE,
    values: [venueId, JSON.stringify(body)],
  })
  expectDone(answer)
  const value = await getVenue(context, venue)
  return catalogueAnswer(answer, value)
}
