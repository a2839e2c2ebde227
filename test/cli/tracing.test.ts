import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { environmentOf, startServer } from '../support/command-line.ts'
import { useTestDatabase } from '../support/database.ts'

/** Span as OTLP has it in JSON. */
interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[]
  readonly links?: readonly { traceId: string; spanId: string }[]
}

interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: OtlpSpan['attributes'] }
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

const testDatabase = await useTestDatabase('tracing')

/** A collector of OpenTelemetry on the loopback, and what it was sent. */
async function useCollector() {
  const sent: OtlpTraces[] = []
  const paths = new Set<string>()
  const server = createServer(async (request, response) => {
    paths.add(`${request.method} ${request.url} ${request.headers['content-type']}`)
    sent.push((await json(request)) as OtlpTraces)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { endpoint: `http://127.0.0.1:${port}`, sent, paths }
}

function attributesOf({ attributes }: Pick<OtlpSpan, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
}

const TRACE_IDS = ['a', 'b', 'c'].map((digit) => digit.repeat(32))
const PARENT = '00f067aa0ba902b7'

test('a collector is told of requests, of the batch that carried them, and its call', async (t) => {
  const collector = await useCollector()
  const server = await startServer(t, {
    ...environmentOf(testDatabase),
    ROWLOCK_TRUST_PROXY: 'loopback',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  })
  const send = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.operatorKey}`,
        ...headers,
      },
      body: JSON.stringify(body),
    })
  const startsAt = '2030-12-01T19:00:00Z'
  const show = { key: 'traced', title: 'Hamlet', startsAt, seats: ['A1', 'A2', 'A3'] }
  assert.equal((await send('/v1/shows', show)).status, 201)

  const holds = TRACE_IDS.map((traceId, index) => {
    const traceparent = `00-${traceId}-${PARENT}-01`
    return send('/v1/shows/traced/holds', { seats: [`A${index + 1}`] }, { traceparent })
  })
  for (const answer of await Promise.all(holds)) assert.equal(answer.status, 201)
  assert.equal(await server.end('SIGTERM'), 0)

  assert.deepEqual([...collector.paths], ['POST /v1/traces application/json'])
  const resources = collector.sent.flatMap(({ resourceSpans }) => resourceSpans)
  const resource = attributesOf((resources[0] as (typeof resources)[0]).resource)
  assert.equal(resource['service.name'], 'rowlock')
  assert.equal(resource['deployment.environment.name'], 'test')
  const spans = resources.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans))
  const requests = TRACE_IDS.map((traceId) => {
    const [request, ...more] = spans.filter(
      (span) => span.traceId === traceId && span.name === 'POST /v1/shows/{show}/holds',
    )
    assert.ok(request !== undefined && more.length === 0)
    assert.equal(request.parentSpanId, PARENT)
    const told = attributesOf(request)
    assert.equal(told['rowlock.operation'], 'holdSeats')
    assert.equal(Number(told['http.response.status_code']), 201)
    const line = server.log().match(new RegExp(`^.*"traceId":"${traceId}".*$`, 'm'))
    assert.equal(JSON.parse(String(line)).requestId, told['rowlock.request_id'])
    return request
  })
  const batches = spans.filter(({ name }) => name === 'batch')
  for (const request of requests) {
    const [link] = request.links ?? []
    const batch = batches.find(({ spanId }) => spanId === link?.spanId)
    assert.ok(batch !== undefined)
    assert.ok(batch.links?.some(({ spanId }) => spanId === request.spanId))
    const call = spans.find(({ parentSpanId }) => parentSpanId === batch.spanId)
    assert.equal(call?.name, 'rowlock.apply_at')
  }
})

test('a collector that is away keeps no server from selling or ending', async (t) => {
  const server = await startServer(t, {
    ...environmentOf(testDatabase),
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  })
  const answer = await fetch(`${server.url}/v1/shows`)
  assert.equal(answer.status, 200)
  assert.equal(await server.end('SIGTERM'), 0)
})
