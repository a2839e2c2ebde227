import {
  type Context,
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Trace } from '../calls/index.ts'
import type { OperationId, OperationSpec } from '../protocol/operations/index.ts'
import type { ServerSettings } from './settings.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where nothing is traced. */
    trace: Trace | null
  }
}

/** Settings of the tracing of requests. */
interface TraceSettings {
  readonly tracer: Tracer
  /** True when `traceparent` is believed: where a proxy of ours sets it. */
  readonly isJoined: boolean
}

/** Null where nothing is traced. */
export function traceSettings(settings: ServerSettings): TraceSettings | null {
  const { tracer, trustProxy } = settings
  return tracer ? { tracer, isJoined: Boolean(trustProxy) } : null
}

/** https://www.w3.org/TR/trace-context: later versions may have more behind the flags. */
const PARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/

/** Begins the span of a request, and ends it with the answer, or when its caller goes away. */
export function traceRequest(
  { tracer, isJoined }: TraceSettings,
  operation: OperationId,
  { method, path }: Pick<OperationSpec, 'method' | 'path'>,
): onRequestHookHandler {
  const kind = SpanKind.SERVER
  const name = `${method} ${path}`
  const attributes = {
    'http.request.method': method,
    'http.route': path,
    'rowlock.operation': operation,
  }
  return (request, reply, done) => {
    const within = isJoined ? parentOf(request.headers) : ROOT_CONTEXT
    const { arrivedAt } = request.raw
    const startTime = arrivedAt === undefined ? {} : { startTime: arrivedAt }
    const span = tracer.startSpan(name, { kind, attributes, ...startTime }, within)
    request.trace = { tracer, span }
    reply.raw.once('close', () => endRequest(request, reply))
    done()
  }
}

function endRequest(request: FastifyRequest, { raw }: FastifyReply): void {
  const span = request.trace?.span
  if (span === undefined) return
  span.setAttribute('rowlock.request_id', request.id)
  if (!raw.writableEnded) span.setAttribute('error.type', 'broken_off')
  else span.setAttribute('http.response.status_code', raw.statusCode)
  if (request.refusalCode !== null) span.setAttribute('error.type', request.refusalCode)
  if (raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

function parentOf({ traceparent, tracestate }: FastifyRequest['headers']): Context {
  const [, version, traceId = '', spanId = '', flags = '', more] =
    PARENT.exec(String(traceparent ?? '')) ?? []
  if (version === '00' && more !== undefined) return ROOT_CONTEXT
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
  if (!isSpanContextValid(parent)) return ROOT_CONTEXT
  const state = tracestate === undefined ? {} : { traceState: createTraceState(String(tracestate)) }
  return trace.setSpanContext(ROOT_CONTEXT, { ...parent, ...state })
}
