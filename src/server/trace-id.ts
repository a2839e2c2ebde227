import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * Form of what may stand in logs and headers as it came: short, and without anything to be escaped.
 */
const SANE = /^[A-Za-z0-9._:/+=@-]{1,128}$/

/** The caller's `X-Request-Id` where it is sane, so that logs of many systems join; else a UUID. */
export function traceIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const sent = request.headers['x-request-id']
  return typeof sent === 'string' && SANE.test(sent) ? sent : randomUUID()
}
