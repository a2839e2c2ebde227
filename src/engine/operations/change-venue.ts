import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import type { ChangeVenueBody, Venue } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { uuidOf } from '../run-command.ts'
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
  const { requestId, fingerprint } = identifyWrite(request, 'changeVenue', [venue], body)
  const answer = await callFunction(context.database, CHANGE_VENUE, [
    requestId,
    fingerprint,
    request.caller.actor,
    venueId,
    JSON.stringify(body),
  ])
  expectDone(answer)
  const value = await getVenue(context, venue)
  return { value, changed: true, replayed: answer.replayed === true }
}
