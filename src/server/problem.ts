import type { FastifyReply, FastifyRequest } from 'fastify'
import { ERRORS, type ErrorCode, type RefusalDetails, usualDetail } from '../protocol/index.ts'

/** The media type of every refusal (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Path of the page about an error code; also the `type` of its problems. */
export function errorPage(code: string): string {
  return `/errors/${code}`
}

/** Challenge for somebody who was refused: how to say who they are (RFC 6750). */
export const CHALLENGE = 'Bearer realm="rowlock"'

/** Seconds after which a retry makes sense, where the refusal itself does not know. */
const RETRY_AFTER_SECONDS = 1
/** A longer address says nothing to people, and would only be echoed. */
const INSTANCE_LENGTH_MAX = 300

/** The body of a refusal. */
export function problemBody(
  code: ErrorCode,
  details: RefusalDetails,
  url: string,
  traceId: string,
): string {
  const { status, title } = ERRORS[code]
  const [path = ''] = url.split('?', 1)
  return JSON.stringify({
    type: errorPage(code),
    title,
    status,
    code,
    detail: details.detail ?? usualDetail(code),
    instance: path.length <= INSTANCE_LENGTH_MAX ? path : undefined,
    requestId: traceId,
    seats: details.seats,
    mistakes: details.mistakes,
    limit: details.limit,
    factors: details.factors,
    booking: details.booking,
  })
}

/** Answers with a refusal, and remembers its code for the log. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  details: RefusalDetails = {},
): FastifyReply {
  const { status } = ERRORS[code]
  request.refusalCode = code
  reply.code(status).header('content-type', PROBLEM_TYPE).header('x-request-id', request.id)
  reply.header('cache-control', 'no-store')
  // Every 401 has to say how to do better (RFC 9110); the guard's says more.
  if (status === 401 && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', CHALLENGE)
  }
  if (details.replayed === true) reply.header('idempotency-replayed', 'true')
  if (status === 429 || status === 503) {
    const seconds = Math.max(1, Math.ceil(details.retryAfterSeconds ?? RETRY_AFTER_SECONDS))
    reply.header('retry-after', String(seconds))
  }
  return reply.send(problemBody(code, details, request.url, request.id))
}
