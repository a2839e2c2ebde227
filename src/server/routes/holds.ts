import type { Engine } from '../../engine/index.ts'
import { changed, created } from '../answers.ts'
import { heldFor, requireOwnName } from '../held-for.ts'
import { listRoute } from '../lists.ts'
import { route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** Holds, from taking the seats to selling them or giving them back. */
export function addHoldRoutes(app: App, engine: Engine): void {
  route(app, 'holdSeats', async (request, reply) => {
    const { show } = request.params
    const body = heldFor(request.identity, request.body)
    const answer = await engine.holdSeats(writeOf(request), show, body)
    return created(reply, answer, ({ id }) => `/v1/shows/${show}/holds/${id}`)
  })

  route(app, 'confirmHold', async (request, reply) => {
    const { show, hold } = request.params
    const answer = await engine.confirmHold(writeOf(request), show, hold, request.body)
    return created(reply, answer, ({ id }) => `/v1/shows/${show}/bookings/${id}`)
  })

  route(app, 'changeHold', async (request, reply) => {
    const { show, hold } = request.params
    requireOwnName(request.identity, request.body.holder)
    return changed(reply, await engine.changeHold(writeOf(request), show, hold, request.body))
  })

  route(app, 'releaseHold', async (request, reply) => {
    const { show, hold } = request.params
    return changed(reply, await engine.releaseHold(writeOf(request), show, hold, request.body))
  })

  listRoute(app, 'listHolds', {
    read: ({ identity, params }, query) => engine.listHolds(identity.caller, params.show, query),
  })

  route(app, 'getHold', (request) => {
    const { show, hold } = request.params
    return engine.getHold(request.identity.caller, show, hold)
  })

  route(app, 'extendHold', async (request, reply) => {
    const { show, hold } = request.params
    return changed(reply, await engine.extendHold(writeOf(request), show, hold, request.body))
  })
}
