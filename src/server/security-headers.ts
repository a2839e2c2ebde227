import type { FastifyInstance } from 'fastify'

/** Directives that `default-src` says nothing about; nothing of ours needs what they rule out. */
const NEVER = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * On every answer, also where nobody thought of it. JSON that a browser opens runs nothing and
 * stands in no frame; no other site may take it in without CORS.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; ${NEVER}`,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Besides those, on every page that people see. */
const PAGE_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

/** The headers of a page: what it may load, and from where. */
export function pageHeaders(sources: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(sources).map(([name, value]) => `${name} ${value}`)
  const policy = ["default-src 'none'", ...own, NEVER].join('; ')
  return { ...PAGE_HEADERS, 'content-security-policy': policy }
}

/** A year. Without subdomains, of which we know nothing. */
const HSTS = 'max-age=31536000'

/**
 * Sets them before anything else is done. A fixed set of our own and not helmet's, which cost as
 * much as the rest of a request. `isProxied` when `X-Forwarded-Proto` may be believed: we speak no
 * TLS ourselves, so only a proxy can tell that a request came by it.
 */
export function addSecurityHeaders(app: FastifyInstance, isProxied: boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS)
    if (isProxied && request.protocol === 'https') reply.header('strict-transport-security', HSTS)
    done()
  })
}
