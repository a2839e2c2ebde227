import { type Link, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { databaseSpan, endFailed, type Trace } from '../../calls/index.ts'
import type { Pending } from './pending.ts'

/**
 * The span of a batch. It lies in the trace of the first request that is recorded, so that whoever
 * records one in a hundred has whole traces; links lead to every request that it carries, and from
 * each of them back.
 */
export class BatchTrace {
  readonly #trace: Trace
  #call: Span | null = null

  private constructor(trace: Trace) {
    this.#trace = trace
  }

  /** Begins one where a request of the batch is recorded; null where none is. */
  static of(batch: readonly Pending[]): BatchTrace | null {
    const recorded: Trace[] = []
    for (const { trace } of batch) if (trace?.span.isRecording()) recorded.push(trace)
    const [first] = recorded
    if (first === undefined) return null
    const links: Link[] = recorded.map(({ span }) => ({ context: span.spanContext() }))
    const attributes = {
      'rowlock.batch.commands': batch.length,
      'rowlock.batch.shows': shows(batch),
    }
    const within = trace.setSpan(ROOT_CONTEXT, first.span)
    const span = first.tracer.startSpan('batch', { attributes, links }, within)
    for (const one of recorded) one.span.addLink({ context: span.spanContext() })
    return new BatchTrace({ tracer: first.tracer, span })
  }

  /** It is sent; once more, when the time before was in doubt. */
  send(count: number): void {
    const attributes = { 'db.stored_procedure.name': 'rowlock.apply_at' }
    const size = { 'db.operation.batch.size': count }
    this.#call = databaseSpan(this.#trace, 'rowlock.apply_at', { ...attributes, ...size })
  }

  answered(): void {
    this.#call?.end()
    this.#call = null
  }

  failed(error: unknown): void {
    if (this.#call !== null) endFailed(this.#call, error)
    this.#call = null
  }

  end(): void {
    this.#trace.span.end()
  }
}

function shows(batch: readonly Pending[]): number {
  return new Set(batch.map(({ command }) => command.show_id)).size
}
