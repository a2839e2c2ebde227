import { z } from 'zod'
import type { Engine } from '../../engine/index.ts'
import { CreateVenueBody, ListVenuesQuery, Venue, VenueList } from '../../protocol/index.ts'
import { created } from '../answers.ts'
import { operation, path, writeOf } from '../operation.ts'
import type { App } from './app.ts'

/** Venues: where plans belong. */
export function addVenueRoutes(app: App, engine: Engine): void {
  app.post(
    '/v1/venues',
    operation(
      'createVenue',
      {
        tag: 'Venues',
        summary: 'Create a venue',
        refusals: ['idempotency_key_reused'],
        examples: { example: { name: 'Grand Theatre', timeZone: 'Europe/London' } },
      },
      { body: CreateVenueBody, response: { 200: Venue, 201: Venue } },
    ),
    async (request, reply) => {
      const answer = await engine.createVenue(writeOf(request), request.body)
      return created(reply, answer, ({ id }) => `/v1/venues/${id}`)
    },
  )

  app.get(
    '/v1/venues',
    operation(
      'listVenues',
      { tag: 'Venues', summary: 'List venues', refusals: [] },
      { querystring: ListVenuesQuery, response: { 200: VenueList } },
    ),
    (request) => engine.listVenues(request.query),
  )

  app.get(
    '/v1/venues/:venue',
    operation(
      'getVenue',
      { tag: 'Venues', summary: 'Get a venue', refusals: ['venue_unknown'] },
      { params: z.object({ venue: path.venue }), response: { 200: Venue } },
    ),
    (request) => engine.getVenue(request.params.venue),
  )
}
