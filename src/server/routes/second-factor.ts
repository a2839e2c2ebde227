import type { Access } from '../../auth/index.ts'
import { accessRequestOf, route } from '../route.ts'
import type { App } from './app.ts'

/** Adds the routes of second factors. */
export function addSecondFactorRoutes(app: App, access: Access): void {
  route(app, 'beginSecondFactor', async (request, reply) => {
    reply.code(201)
    return access.beginSecondFactor(accessRequestOf(request), request.body)
  })

  route(app, 'confirmSecondFactor', (request) =>
    access.confirmSecondFactor(accessRequestOf(request), request.body),
  )

  route(app, 'removeSecondFactor', (request) =>
    access.removeSecondFactor(accessRequestOf(request), request.body),
  )

  route(app, 'listMyPasskeys', (request) => access.listMyPasskeys(accessRequestOf(request)))

  route(app, 'beginPasskey', async (request, reply) => {
    reply.code(201)
    return access.beginPasskey(accessRequestOf(request), request.body)
  })

  route(app, 'confirmPasskey', (request) =>
    access.confirmPasskey(accessRequestOf(request), request.body),
  )

  route(app, 'removePasskey', (request) =>
    access.removePasskey(accessRequestOf(request), request.params.passkey, request.body),
  )
}
