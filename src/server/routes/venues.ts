import type { Engine } from '../../engine/index.ts'
import { changed, created } from '../answers.ts'
import { route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** Venues: where plans belong. */
export function addVenueRoutes(app: App, engine: Engine): void {
  route(app, 'createVenue', async (request, reply) => {
    const answer = await engine.createVenue(writeOf(request), request.body)
    return created(reply, answer, ({ id }) => `/v1/venues/${id}`)
  })

  route(app, 'listVenues', (request) => engine.listVenues(request.query))

  route(app, 'getVenue', (request) => engine.getVenue(request.params.venue))

  route(app, 'changeVenue', async (request, reply) =>
    changed(reply, await engine.changeVenue(writeOf(request), request.params.venue, request.body)),
  )
}
