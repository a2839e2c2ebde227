import type { FastifyRequest } from 'fastify'
import { Refusal } from '../protocol/index.ts'

/**
 * Header that pages of other origins cannot send without asking first, and are then not allowed to.
 */
export const CSRF_HEADER = 'rowlock-csrf'

type Request = Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>

/**
 * A browser sends cookies along by itself, so what is done by their right must have been asked for
 * by a page of ours: it says so in a header, and the browser does not contradict. The refusal is
 * `csrf_refused`, or null where all is well.
 */
export function requireSameOrigin(request: Request): Refusal | null {
  if (request.headers[CSRF_HEADER] === '1') return refuseOtherOrigins(request)
  const detail = 'With a cookie, a write needs the header Rowlock-Csrf: 1.'
  return new Refusal('csrf_refused', { detail })
}

/** Refuses what a browser says a page of another origin asks for: `csrf_refused`, or null. */
export function refuseOtherOrigins({ headers, host, protocol }: Request): Refusal | null {
  const { origin, 'sec-fetch-site': site } = headers
  const isSame =
    (site === undefined || site === 'same-origin') &&
    (origin === undefined || isOurs(origin, protocol, host))
  if (isSame) return null
  return new Refusal('csrf_refused', { detail: 'The request came from a page of another origin.' })
}

/** A proxy that nobody told us of may speak TLS for us; the other way round is an attack. */
function isOurs(origin: string, protocol: string, host: string): boolean {
  return origin === `https://${host}` || (protocol === 'http' && origin === `http://${host}`)
}
