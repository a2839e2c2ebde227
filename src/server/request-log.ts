import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'

/**
 * One line per request, written when it is over: who looks for a request has its id. The usual
 * two lines, and a child logger for each request, cost as much as the rest of the server's work.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const status = reply.statusCode
    const line = {
      requestId: request.id,
      traceId: request.trace?.span.spanContext().traceId,
      actor: request.identity?.caller.actor,
      method: request.method,
      // Without the query, in which people put what they should not.
      url: request.url.split('?', 1)[0],
      status,
      code: request.refusalCode ?? undefined,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }
    if (error) request.log.warn({ ...line, err: error }, 'request broken off')
    else if (status >= 500) request.log.warn(line, 'request failed')
    else request.log.info(line, 'request')
  }

  override routeNotFound(): void {}
}
