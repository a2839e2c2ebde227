import {
  type Answer,
  callFunction,
  expectDone,
  identifyWrite,
  type WriteRequest,
} from '../../calls/index.ts'
import { type CreateVenueBody, newUuid, toPublicId, type Venue } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { getVenue } from './get-venue.ts'

const CREATE_VENUE = 'select rowlock.create_venue($1, $2, $3, $4, $5, $6) as answer'

/** Creates a venue. Two venues may have the same name. */
export async function createVenue(
  context: Context,
  request: WriteRequest,
  body: CreateVenueBody,
): Promise<Answer<Venue>> {
  const { requestId, fingerprint } = identifyWrite(request, 'createVenue', [], body)
  const answer = await callFunction(context.database, CREATE_VENUE, [
    requestId,
    fingerprint,
    newUuid(),
    body.name,
    body.timeZone ?? null,
    request.caller.actor,
  ])
  expectDone(answer)
  const value = await getVenue(context, toPublicId('venue', answer.venueId ?? ''))
  return { value, changed: true, replayed: answer.replayed === true }
}
