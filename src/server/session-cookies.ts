import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../protocol/index.ts'

/** The signed access token, for every operation. */
export const ACCESS_COOKIE = 'rowlock_access'
/** The refresh token, which only what is about sessions gets to see. */
export const REFRESH_COOKIE = 'rowlock_refresh'
const REFRESH_PATH = '/v1/sessions'

/** The value of a cookie, or undefined. A page elsewhere can neither read nor send ours. */
export function cookieOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string) {
  const { cookie: header } = headers
  // Most requests have none, or none of ours.
  return header?.includes(name) ? fastifyCookie.parse(header)[name] || undefined : undefined
}

/**
 * Sets the tokens of a session as cookies, and answers it without them. They last as long as what
 * is in them, and are for TLS only where the request came by it.
 */
export function sendAsCookies(
  request: Pick<FastifyRequest, 'protocol'>,
  reply: Pick<FastifyReply, 'setCookie'>,
  session: Session,
): Session {
  const { accessToken, refreshToken, accessSeconds, expiresAt } = session
  const options = optionsFor(request)
  const access = { ...options, path: '/', maxAge: accessSeconds }
  const refresh = { ...options, path: REFRESH_PATH, expires: new Date(expiresAt) }
  reply.setCookie(ACCESS_COOKIE, accessToken ?? '', access)
  reply.setCookie(REFRESH_COOKIE, refreshToken ?? '', refresh)
  return { ...session, accessToken: null, refreshToken: null }
}

/** Takes both cookies away, where the browser has them. */
export function clearCookies(
  request: Pick<FastifyRequest, 'protocol'>,
  reply: Pick<FastifyReply, 'clearCookie'>,
): void {
  const options = optionsFor(request)
  reply.clearCookie(ACCESS_COOKIE, { ...options, path: '/' })
  reply.clearCookie(REFRESH_COOKIE, { ...options, path: REFRESH_PATH })
}

function optionsFor({ protocol }: Pick<FastifyRequest, 'protocol'>) {
  return { httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const
}
