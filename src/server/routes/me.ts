import fastifyCookie from '@fastify/cookie'
import type { Access } from '../../auth/index.ts'
import type { Engine } from '../../engine/index.ts'
import { changed } from '../answers.ts'
import { accessRequestOf, route } from '../route.ts'
import { sendAsCookies } from '../session-cookies.ts'
import type { App } from './app.ts'

const NOTHING = { items: [], next: null }

/** Adds the routes of callers about themselves: who is asking, and what is theirs. */
export function addMeRoutes(app: App, access: Access, engine: Engine): void {
  route(app, 'getMe', (request) => access.getMe(accessRequestOf(request)))

  route(app, 'changeMe', async (request, reply) =>
    changed(reply, await access.changeMe(accessRequestOf(request), request.body)),
  )

  // In a scope of its own: what writes cookies would look at every answer.
  app.register(async (scope) => {
    await scope.register(fastifyCookie, { hook: false })
    route(scope, 'changePassword', async (request, reply) => {
      const changed = await access.changePassword(accessRequestOf(request), request.body)
      if (request.headers.authorization !== undefined) return changed
      return { ...changed, session: sendAsCookies(request, reply, changed.session) }
    })
  })

  route(app, 'listMySessions', (request) => access.listMySessions(accessRequestOf(request)))

  route(app, 'endMySession', (request) =>
    access.endMySession(accessRequestOf(request), request.params.session),
  )

  route(app, 'listMyHolds', async ({ identity, query }) => {
    const owner = identity.user ?? identity.key
    return owner === null ? NOTHING : engine.listHoldsOf(owner, query)
  })

  route(app, 'listMyBookings', async ({ identity, query }) => {
    const owner = identity.user ?? identity.key
    return owner === null ? NOTHING : engine.listBookingsOf(owner, query)
  })
}
