import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../protocol/index.ts'

/**
 * The cookies of a session. All of them outlive it: what is in them ends on the database's clock,
 * and who sends what has ended is told so (401). If the browser dropped them first, who was signed
 * in would ask as nobody, and be served as nobody.
 */
export type SessionCookie = 'access' | 'refresh' | 'device'

/** Ending of the access cookie's name, over TLS and in plain HTTP. */
export const ACCESS_COOKIE = 'rowlock_access'

/** The longest that browsers keep any. */
const KEPT_SECONDS = 400 * 86_400

interface Kind {
  readonly name: string
  /** Path to which the browser sends it, in plain HTTP. */
  readonly path: string
}

const KINDS: Readonly<Record<SessionCookie, Kind>> = {
  access: { name: ACCESS_COOKIE, path: '/' },
  refresh: { name: 'rowlock_refresh', path: '/v1/sessions' },
  device: { name: 'rowlock_device', path: '/v1/sessions' },
}

type Request = Pick<FastifyRequest, 'headers' | 'protocol'>

/**
 * Over TLS the name begins with `__Host-`: then no neighbour under the same parent domain can have
 * set it. Browsers take such a cookie for the whole host only.
 */
function kindOf(protocol: string, cookie: SessionCookie): Kind {
  const kind = KINDS[cookie]
  return protocol === 'https' ? { name: `__Host-${kind.name}`, path: '/' } : kind
}

/** The value of a cookie, or undefined. A page elsewhere can neither read nor send ours. */
export function cookieOf({ headers, protocol }: Request, cookie: SessionCookie) {
  const { cookie: header } = headers
  // Most requests have none, or none of ours.
  if (!header?.includes(KINDS[cookie].name)) return undefined
  return fastifyCookie.parse(header)[kindOf(protocol, cookie).name] || undefined
}

/** Sets the tokens of a session as cookies, and answers it without them. */
export function sendAsCookies(
  request: Pick<FastifyRequest, 'protocol'>,
  reply: Pick<FastifyReply, 'setCookie'>,
  session: Session,
): Session {
  setCookie(request, reply, 'access', session.accessToken ?? '')
  setCookie(request, reply, 'refresh', session.refreshToken ?? '')
  return { ...session, accessToken: null, refreshToken: null }
}

/** Sets one of them. */
export function setCookie(
  { protocol }: Pick<FastifyRequest, 'protocol'>,
  reply: Pick<FastifyReply, 'setCookie'>,
  cookie: SessionCookie,
  value: string,
): void {
  const { name, path } = kindOf(protocol, cookie)
  reply.setCookie(name, value, { ...optionsFor(protocol), path, maxAge: KEPT_SECONDS })
}

/** Takes the tokens away, where the browser has them. What it is known by stays. */
export function clearCookies(
  { protocol }: Pick<FastifyRequest, 'protocol'>,
  reply: Pick<FastifyReply, 'clearCookie'>,
): void {
  for (const cookie of ['access', 'refresh'] as const) {
    const { name, path } = kindOf(protocol, cookie)
    reply.clearCookie(name, { ...optionsFor(protocol), path })
  }
}

function optionsFor(protocol: string) {
  return { httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const
}
