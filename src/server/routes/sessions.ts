import fastifyCookie from '@fastify/cookie'
import type { Access } from '../../auth/index.ts'
import {
  CreateSessionBody,
  EmptyBody,
  EndedSessions,
  RefreshSessionBody,
  Refusal,
  Session,
} from '../../protocol/index.ts'
import { accessRequestOf, operation } from '../operation.ts'
import { refuseOtherOrigins, requireSameOrigin } from '../same-origin.ts'
import { clearCookies, cookieOf, REFRESH_COOKIE, sendAsCookies } from '../session-cookies.ts'
import type { App } from './app.ts'

/** Signing in, staying signed in, signing out. */
export function addSessionRoutes(app: App, access: Access): void {
  // In a scope of its own: what writes cookies would look at every answer.
  app.register(async (scope) => {
    await scope.register(fastifyCookie, { hook: false })
    addCreateSession(scope, access)
    addRefreshSession(scope, access)
    addEndSession(scope, access)
    addEndAllSessions(scope, access)
  })
}

function addCreateSession(app: App, access: Access): void {
  app.post(
    '/v1/sessions',
    operation(
      'createSession',
      {
        tag: 'Sessions',
        summary: 'Sign in',
        description:
          'With e-mail and password, or with the token of a sign-in link. The access token is ' +
          'for `Authorization: Bearer` and lasts `accessSeconds`; the refresh token gives the ' +
          'next one. With `cookies` both are cookies that no script can read, for pages of this ' +
          'server.',
        isLocated: false,
        refusals: ['csrf_refused', 'rate_limited', 'credentials_wrong'],
        examples: {
          password: { email: 'ada@example.org', password: 'difference engine no. 2' },
          cookies: { link: 'the-token-of-a-link', cookies: true },
        },
      },
      { body: CreateSessionBody, response: { 201: Session } },
    ),
    async (request, reply) => {
      const { cookies = false } = request.body
      const refusal = cookies ? refuseOtherOrigins(request) : null
      if (refusal !== null) throw refusal
      const session = await access.createSession(accessRequestOf(request), request.body)
      reply.code(201)
      return cookies ? sendAsCookies(request, reply, session) : session
    },
  )
}

function addRefreshSession(app: App, access: Access): void {
  app.post(
    '/v1/sessions/refresh',
    operation(
      'refreshSession',
      {
        tag: 'Sessions',
        summary: 'Stay signed in',
        description:
          'Each refresh token is good for one use, and gives the next; one that is used again ' +
          'later was stolen, and ends the session. Without a token in the body the cookie ' +
          'counts, and the answer comes as cookies.',
        refusals: ['csrf_refused', 'session_ended'],
        bodyOptional: true,
        examples: { token: { refreshToken: 'the-token-of-the-answer-before' } },
      },
      { body: RefreshSessionBody, response: { 200: Session } },
    ),
    async (request, reply) => {
      const { refreshToken } = request.body
      if (refreshToken !== undefined) {
        return access.refreshSession(accessRequestOf(request), { refreshToken })
      }
      const refusal = requireSameOrigin(request)
      if (refusal !== null) throw refusal
      const kept = cookieOf(request, REFRESH_COOKIE)
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
    },
  )
}

function addEndSession(app: App, access: Access): void {
  app.post(
    '/v1/sessions/end',
    operation(
      'endSession',
      {
        tag: 'Sessions',
        summary: 'Sign out',
        refusals: [],
        bodyOptional: true,
      },
      { body: EmptyBody, response: { 200: EndedSessions } },
    ),
    async (request, reply) => {
      const ended = await access.endSession(accessRequestOf(request))
      clearCookies(request, reply)
      return ended
    },
  )
}

function addEndAllSessions(app: App, access: Access): void {
  app.post(
    '/v1/sessions/end-all',
    operation(
      'endAllSessions',
      {
        tag: 'Sessions',
        summary: 'Sign out everywhere',
        refusals: [],
        bodyOptional: true,
      },
      { body: EmptyBody, response: { 200: EndedSessions } },
    ),
    async (request, reply) => {
      const ended = await access.endAllSessions(accessRequestOf(request))
      clearCookies(request, reply)
      return ended
    },
  )
}
