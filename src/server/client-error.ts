import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import type { ErrorCode } from '../protocol/index.ts'
import { ERRORS } from '../protocol/index.ts'
import { PROBLEM_TYPE, problemBody } from './problem.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { traceIdOf } from './trace-id.ts'

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
}

/**
 * Answers what never became a request: broken HTTP, headers that are too large or too slow. There
 * is no reply object yet, so the answer and its line of the log are written by hand, and the
 * connection ends.
 */
export function answerClientError(
  error: Error & { code?: string },
  socket: Socket,
  log?: Pick<FastifyBaseLogger, 'info'>,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable) {
    socket.destroy(error)
    return
  }
  const code = codeOf(error)
  const { status } = ERRORS[code]
  const traceId = traceIdOf({ headers: {} })
  log?.info({ requestId: traceId, status, code }, 'no request')
  const body = problemBody(code, {}, '', traceId)
  socket.end(
    [
      `HTTP/1.1 ${status} ${REASONS[status]}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${traceId}`,
      ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
      'cache-control: no-store',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

function codeOf({ code }: { code?: string }): ErrorCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large'
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout'
  return 'malformed_http'
}
