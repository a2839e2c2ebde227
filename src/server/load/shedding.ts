import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Role } from '../../protocol/index.ts'
import { Refusal } from '../../protocol/index.ts'
import { PROBLEM_TYPE, problemBody } from '../problem.ts'
import { SECURITY_HEADERS } from '../security-headers.ts'
import { traceIdOf } from '../trace-id.ts'
import type { LoopLag } from './loop-lag.ts'

/** Requests that are no crowd yet: if the process is late, it is not because of them. */
const CROWD = 256
/**
 * Milliseconds that the process may be late with requests, by who asks: callers without an account
 * are sent away first, and those who sell or run the house never.
 */
const LATE_MS_MAX: Readonly<Record<Role, number>> = {
  anonymous: 60,
  user: 150,
  partner: 150,
  box_office: Number.POSITIVE_INFINITY,
  operator: Number.POSITIVE_INFINITY,
}
/** Callers with an account, of whom one is served all the same, or nobody would be. */
const SERVED_OF = 4
const RETRY_AFTER_SECONDS = 2
const DETAIL = 'There are more requests than can be answered in time; nothing was done.'

/** Queue in which requests wait until there is time for them. */
interface Line {
  readonly waiting: number
  /** Milliseconds that the first of those who ask in that way has waited. */
  lateMs(asking: 'known' | 'anonymous'): number
}

/** Decides whom an overloaded server still serves. */
export class Shedding {
  readonly #lag: Pick<LoopLag, 'usualMs'>
  readonly #inFlight: () => number
  #line: Line | null = null
  #asked = 0
  /** Since the start. */
  count = 0

  constructor(lag: Pick<LoopLag, 'usualMs'>, inFlight: () => number) {
    this.#lag = lag
    this.#inFlight = inFlight
  }

  /** Counts from now on who waits there, too, and how long. */
  watch(line: Line): void {
    this.#line = line
  }

  /** Requests have to wait for their turn. */
  get isBehind(): boolean {
    return (this.#line?.waiting ?? 0) > 0
  }

  isTooMuchFor(role: Role): boolean {
    const line = role === 'anonymous' ? 'anonymous' : 'known'
    const lateMs = Math.max(this.#lag.usualMs, this.#line?.lateMs(line) ?? 0)
    if (lateMs <= LATE_MS_MAX[role]) return false
    return this.#inFlight() + (this.#line?.waiting ?? 0) > CROWD
  }

  /**
   * The refusal for a caller of this role who was let in, or null. Callers without an account are
   * sent away before that.
   */
  refusalFor(role: Role): Refusal | null {
    if (role === 'anonymous' || !this.isTooMuchFor(role)) return null
    this.#asked += 1
    if (this.#asked % SERVED_OF === 0) return null
    this.count += 1
    return new Refusal('busy', { detail: DETAIL, retryAfterSeconds: RETRY_AFTER_SECONDS })
  }

  /** Answers the refusal before anything is done: one by the framework costs several times more. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    this.count += 1
    const traceId = traceIdOf(request)
    const body = problemBody('busy', { detail: DETAIL }, request.url ?? '', traceId)
    response.writeHead(503, {
      ...SECURITY_HEADERS,
      'content-type': PROBLEM_TYPE,
      // Without it the answer goes out in several pieces.
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'retry-after': String(RETRY_AFTER_SECONDS),
      'x-request-id': traceId,
    })
    response.end(body)
  }
}
