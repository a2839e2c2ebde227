import type { Access } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { changed } from '../answers.ts'
import { accessRequestOf, route } from '../route.ts'
import type { App } from './app.ts'

const NOTHING = { items: [], next: null }

/** Who is asking, and what is theirs. */
export function addMeRoutes(app: App, access: Access, engine: Engine): void {
  route(app, 'getMe', (request) => access.getMe(accessRequestOf(request)))

  route(app, 'changeMe', async (request, reply) =>
    changed(reply, await access.changeMe(accessRequestOf(request), request.body)),
  )

  route(app, 'changePassword', (request) =>
    access.changePassword(accessRequestOf(request), request.body),
  )

  route(app, 'listMyHolds', async ({ identity, query }) => {
    const { owner } = identity.caller
    return owner === null ? NOTHING : engine.listHoldsOf(owner, query)
  })

  route(app, 'listMyBookings', async ({ identity, query }) => {
    const { owner } = identity.caller
    return owner === null ? NOTHING : engine.listBookingsOf(owner, query)
  })
}
