import type { Tracer } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'

/** A tracer, and the spans that have ended. Whether a span is recorded, its parent decides. */
export interface Recorder {
  readonly tracer: Tracer
  /** In the order in which they ended. */
  spans(name?: string): readonly ReadableSpan[]
  forget(): void
}

/** Keeps spans in memory. */
export function newRecorder(): Recorder {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  return {
    tracer: provider.getTracer('test'),
    spans: (name) =>
      exporter.getFinishedSpans().filter((span) => name === undefined || span.name === name),
    forget: () => exporter.reset(),
  }
}
