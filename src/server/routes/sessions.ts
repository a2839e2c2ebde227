import fastifyCookie from '@fastify/cookie'
import type { Access } from '../../auth/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { accessRequestOf, route } from '../route.ts'
import { refuseOtherOrigins, requireSameOrigin } from '../same-origin.ts'
import { clearCookies, cookieOf, sendAsCookies, setCookie } from '../session-cookies.ts'
import type { App } from './app.ts'

/** Signing in, staying signed in, signing out. */
export function addSessionRoutes(app: App, access: Access): void {
  // In a scope of its own: what writes cookies would look at every answer.
  app.register(async (scope) => {
    await scope.register(fastifyCookie, { hook: false })
    route(scope, 'createSession', async (request, reply) => {
      const { cookies = false } = request.body
      const refusal = cookies ? refuseOtherOrigins(request) : null
      if (refusal !== null) throw refusal
      const browser = {
        replaces: (cookies ? cookieOf(request, 'refresh') : null) ?? null,
        device: cookieOf(request, 'device') ?? null,
      }
      const asked = { ...accessRequestOf(request), browser }
      const session = await access.createSession(asked, request.body)
      reply.code(201)
      if (!cookies) return session
      setCookie(request, reply, 'device', access.deviceOf(session.user))
      return sendAsCookies(request, reply, session)
    })

    route(scope, 'createPasskeyChallenge', async (request, reply) => {
      reply.code(201)
      return access.createPasskeyChallenge(accessRequestOf(request))
    })

    route(scope, 'refreshSession', async (request, reply) => {
      const { refreshToken } = request.body
      if (refreshToken !== undefined) {
        return access.refreshSession(accessRequestOf(request), { refreshToken })
      }
      const refusal = requireSameOrigin(request)
      if (refusal !== null) throw refusal
      const kept = cookieOf(request, 'refresh')
      if (kept === undefined) throw new Refusal('session_ended')
      try {
        const body = { refreshToken: kept }
        const session = await access.refreshSession(accessRequestOf(request), body)
        return sendAsCookies(request, reply, session)
      } catch (error) {
        // What has ended need not be sent again.
        if (error instanceof Refusal && error.code === 'session_ended') clearCookies(request, reply)
        throw error
      }
    })

    route(scope, 'endSession', async (request, reply) => {
      const ended = await access.endSession(accessRequestOf(request))
      clearCookies(request, reply)
      return ended
    })

    route(scope, 'endAllSessions', async (request, reply) => {
      const ended = await access.endAllSessions(accessRequestOf(request))
      clearCookies(request, reply)
      return ended
    })
  })
}
