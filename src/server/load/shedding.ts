import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../../protocol/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { PROBLEM_TYPE, problemBody } from '../problem.ts'
import { SECURITY_HEADERS } from '../security-headers.ts'
import { ACCESS_COOKIE } from '../session-cookies.ts'
import { traceIdOf } from '../trace-id.ts'
import type { LoopLag } from './loop-lag.ts'

/** Fewer than these are no crowd: if the process is late, it is not because of them. */
const CROWD = 256
/**
 * How late the process may get to requests, by who asks: callers without an account are sent away
 * first, and those who sell or run the house never.
 */
const LATE_MS_MAX: Readonly<Record<Role, number>> = {
  anonymous: 60,
  user: 150,
  partner: 150,
  box_office: Number.POSITIVE_INFINITY,
  operator: Number.POSITIVE_INFINITY,
}
const RETRY_AFTER_SECONDS = 2
const DETAIL = 'More is asked than can be answered in time; nothing was done.'

/** Whom a server that is asked for too much still takes. */
export class Shedding {
  readonly #lag: Pick<LoopLag, 'usualMs'>
  readonly #inFlight: () => number
  #sentAway: { readonly request: IncomingMessage; readonly response: ServerResponse }[] = []
  /** Since the start. */
  count = 0

  constructor(lag: Pick<LoopLag, 'usualMs'>, inFlight: () => number) {
    this.#lag = lag
    this.#inFlight = inFlight
  }

  /** The refusal for a caller of this role, or null. */
  refusalFor(role: Role): Refusal | null {
    if (!this.#isTooMuchFor(role)) return null
    this.count += 1
    return new Refusal('busy', { detail: DETAIL, retryAfterSeconds: RETRY_AFTER_SECONDS })
  }

  /**
   * Answers who asks the API without saying who they are before anything is done for them: even a
   * refusal by the framework costs so much that a crowd of them would keep health waiting.
   */
  answerEarly(request: IncomingMessage, response: ServerResponse): boolean {
    // It is not in flight yet, as it will be when it is asked for who it is.
    if (!isAnonymous(request) || !this.#isTooMuchFor('anonymous', 1)) return false
    this.count += 1
    if (this.#sentAway.length === 0) setImmediate(() => this.#answerAll())
    this.#sentAway.push({ request, response })
    return true
  }

  /**
   * At the end of a turn of the event loop, which takes up to 48 times 1,024 events before it comes
   * to anything else. Who is answered at once and asks again at once would be most of them: lanes,
   * timers and new connections waited for ten seconds.
   */
  #answerAll(): void {
    const sentAway = this.#sentAway
    this.#sentAway = []
    for (const { request, response } of sentAway) {
      const traceId = traceIdOf(request)
      response.writeHead(503, {
        ...SECURITY_HEADERS,
        'content-type': PROBLEM_TYPE,
        'cache-control': 'no-store',
        'retry-after': String(RETRY_AFTER_SECONDS),
        'x-request-id': traceId,
      })
      response.end(problemBody('busy', { detail: DETAIL }, request.url ?? '', traceId))
    }
  }

  #isTooMuchFor(role: Role, more = 0): boolean {
    return this.#lag.usualMs > LATE_MS_MAX[role] && this.#inFlight() + more >= CROWD
  }
}

function isAnonymous({ url = '', headers }: IncomingMessage): boolean {
  if (!url.startsWith('/v1/')) return false
  return headers.authorization === undefined && !headers.cookie?.includes(`${ACCESS_COOKIE}=`)
}

/** Puts it before the framework. Call it when all routes are there. */
export function shedEarly({ server }: Pick<FastifyInstance, 'server'>, shedding: Shedding): void {
  const handlers = server.listeners('request') as ((...args: unknown[]) => void)[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    if (shedding.answerEarly(request, response)) return
    for (const handle of handlers) handle.call(server, request, response)
  })
}
