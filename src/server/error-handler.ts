import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, Refusal } from '../protocol/index.ts'
import { sendProblem } from './problem.ts'

/** Codes for what the framework refuses by itself. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_http',
  FST_ERR_BAD_URL: 'uri_invalid',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_invalid',
}

/** Every method that a route of ours may have. */
const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

/** Answers whatever was thrown: a refusal as itself, the unexpected as `internal`, with a log. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refusal) return sendProblem(request, reply, error.code, error.details)
  const code = codeOf(error)
  if (code === 'internal') {
    request.log.error(
      { err: error, requestId: request.id, url: request.url.split('?', 1)[0] },
      'internal error',
    )
  }
  return sendProblem(request, reply, code)
}

function codeOf(error: unknown): ErrorCode {
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>
  const known = code === undefined ? undefined : CODES[code]
  if (known !== undefined) return known
  if (statusCode === 404) return 'route_unknown'
  // A body that broke off, and whatever else the framework blames on the client.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'malformed_http'
  return 'internal'
}

/** Answers an address that no route has: 405 where another method would do, else 404. */
export function createNotFound(app: FastifyInstance) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const [url = '/'] = request.url.split('?', 1)
    const allowed = METHODS.filter((method) => app.findRoute({ method, url }) !== null)
    // A route that takes the method found nothing itself: a file that is not there.
    const isUnknown = allowed.length === 0 || allowed.some((method) => method === request.method)
    if (isUnknown) return sendProblem(request, reply, 'route_unknown')
    const methods = allowed.join(', ')
    reply.header('allow', methods)
    return sendProblem(request, reply, 'method_not_allowed', { detail: `It takes ${methods}.` })
  }
}
