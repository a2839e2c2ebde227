import type { Tracer } from '@opentelemetry/api'
import type { Sampler } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import { VERSION } from '../../runtime/index.ts'
import type { TracingChoice } from '../configuration/read-configuration.ts'

/** Makes spans, and sends them away. */
export interface Tracing {
  readonly tracer: Tracer
  /** Sends what has not been sent. Never throws. */
  close(): Promise<void>
}

/** Links that a span may have: one for each command of a batch, which seldom has more. */
const LINKS_MAX = 1_024

const INSTALL =
  'npm install @opentelemetry/sdk-trace @opentelemetry/resources ' +
  '@opentelemetry/exporter-trace-otlp-http'

/**
 * Loads what sends traces, only where they are asked for. Null where they are not, or where it is
 * not installed: nobody fails to sell because nobody can watch.
 */
export async function openTracing(
  choice: TracingChoice | null,
  logger: Logger,
): Promise<Tracing | null> {
  if (choice === null) return null
  try {
    return await load(choice)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const isMissing = code === 'ERR_MODULE_NOT_FOUND'
    const why = isMissing ? `it takes packages that are not installed: ${INSTALL}` : undefined
    logger.warn({ ...(!isMissing && { err: error }) }, `Nothing is traced${why ? `; ${why}` : '.'}`)
    return null
  }
}

async function load(choice: TracingChoice): Promise<Tracing> {
  const sdk = await import('@opentelemetry/sdk-trace')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { detectResources, defaultResource, envDetector, resourceFromAttributes } = await import(
    '@opentelemetry/resources'
  )
  const named = resourceFromAttributes({ 'service.name': 'rowlock', 'service.version': VERSION })
  const environment = detectResources({ detectors: [envDetector] })
  const provider = new sdk.TracerProvider({
    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and counts.
    resource: defaultResource().merge(named).merge(environment),
    sampler: samplerOf(sdk, choice),
    spanLimits: { linkCountLimit: LINKS_MAX },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  return {
    tracer: provider.getTracer('rowlock', VERSION),
    close: () => provider.shutdown().catch(() => {}),
  }
}

function samplerOf(
  sdk: typeof import('@opentelemetry/sdk-trace'),
  { sampler, ratio }: TracingChoice,
): Sampler {
  const [, parentBased, name] = /^(parentbased_)?(.+)$/.exec(sampler) ?? []
  const root = {
    always_on: () => new sdk.AlwaysOnSampler(),
    always_off: () => new sdk.AlwaysOffSampler(),
    traceidratio: () => new sdk.TraceIdRatioBasedSampler(ratio),
  }[name as 'always_on' | 'always_off' | 'traceidratio']()
  return parentBased ? new sdk.ParentBasedSampler({ root }) : root
}
