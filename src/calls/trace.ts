import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'

/** The span of what is being done, and what makes those within it. */
export interface Trace {
  readonly tracer: Tracer
  readonly span: Span
}

/** Begins a call of the database within a trace. */
export function databaseSpan(
  { tracer, span }: Trace,
  name: string,
  attributes: Attributes = {},
): Span {
  const about = { 'db.system.name': 'postgresql', ...attributes }
  const within = trace.setSpan(ROOT_CONTEXT, span)
  return tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes: about }, within)
}

/** Ends a span whose work failed: with its code, such as a SQLSTATE. A text might have data. */
export function endFailed(span: Span, error: unknown): void {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  span.setAttribute('error.type', String(code ?? name ?? 'unknown'))
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
