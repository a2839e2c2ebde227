import type { Access } from '../../auth/index.ts'
import { changed, created } from '../answers.ts'
import { accessRequestOf, route } from '../route.ts'
import type { App } from './app.ts'

/** People: who they are, and what they may. */
export function addUserRoutes(app: App, access: Access): void {
  route(app, 'createUser', async (request, reply) => {
    const answer = await access.createUser(accessRequestOf(request), request.body)
    return created(reply, answer, ({ id }) => `/v1/users/${id}`)
  })

  route(app, 'changeUser', async (request, reply) => {
    const { user } = request.params
    return changed(reply, await access.changeUser(accessRequestOf(request), user, request.body))
  })

  route(app, 'createSignInLink', async (request, reply) => {
    const { user } = request.params
    return created(reply, await access.createSignInLink(accessRequestOf(request), user))
  })

  route(app, 'endUserSessions', (request) =>
    access.endUserSessions(accessRequestOf(request), request.params.user),
  )

  route(app, 'removeUserSecondFactor', (request) =>
    access.removeUserSecondFactor(accessRequestOf(request), request.params.user),
  )

  route(app, 'listUsers', (request) => access.listUsers(accessRequestOf(request), request.query))

  route(app, 'getUser', (request) => access.getUser(accessRequestOf(request), request.params.user))
}
