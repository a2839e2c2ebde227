import { mayBookFromBlocks } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { changed, created } from '../answers.ts'
import { heldFor } from '../held-for.ts'
import { listRoute } from '../lists.ts'
import { route, writeOf } from '../route.ts'
import type { App } from './app.ts'

/** Bookings: made directly, looked at, cancelled, swapped and handed on. */
export function addBookingRoutes(app: App, engine: Engine): void {
  route(app, 'bookSeats', async (request, reply) => {
    const { show } = request.params
    if (request.body.block !== undefined && !mayBookFromBlocks(request.identity)) {
      throw new Refusal('forbidden', {
        detail: 'Only callers who may block seats can book from a block.',
      })
    }
    const body = heldFor(request.identity, request.body)
    const answer = await engine.bookSeats(writeOf(request), show, body)
    return created(reply, answer, ({ id }) => `/v1/shows/${show}/bookings/${id}`)
  })

  route(app, 'swapSeats', async (request, reply) => {
    const { show, booking } = request.params
    const answer = await engine.swapSeats(writeOf(request), show, booking, request.body)
    return changed(reply, answer)
  })

  route(app, 'transferBooking', async (request, reply) => {
    const { show, booking } = request.params
    const answer = await engine.transferBooking(writeOf(request), show, booking, request.body)
    return changed(reply, answer)
  })

  listRoute(app, 'listBookings', {
    read: ({ identity, params }, query) => engine.listBookings(identity.caller, params.show, query),
  })

  listRoute(app, 'findBookings', {
    read: ({ identity }, query) => engine.findBookings(identity.caller, query),
  })

  route(app, 'getBooking', (request) => {
    const { show, booking } = request.params
    return engine.getBooking(request.identity.caller, show, booking)
  })

  route(app, 'changeBooking', async (request, reply) => {
    const { show, booking } = request.params
    return changed(reply, await engine.changeBooking(writeOf(request), show, booking, request.body))
  })

  route(app, 'cancelBooking', async (request, reply) => {
    const { show, booking } = request.params
    const answer = await engine.cancelBooking(writeOf(request), show, booking, request.body)
    return changed(reply, answer)
  })
}
