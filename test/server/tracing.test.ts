import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SpanStatusCode } from '@opentelemetry/api'
import { createServer } from '../../src/server/index.ts'
import { newRecorder } from '../support/recorder.ts'
import { OPERATOR, useServer } from './use-server.ts'

const recorder = newRecorder()
const proxied = await useServer('tracing_of_requests', {
  tracer: recorder.tracer,
  trustProxy: 'loopback',
})
const { asOperator, asShopper, createShow, send } = proxied
const show = await createShow()

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN_ID = '00f067aa0ba902b7'

/** The span of one request with this `traceparent`. */
async function spanOf(traceparent: string, headers: Record<string, string> = {}) {
  recorder.forget()
  await send({ method: 'GET', url: `/v1/shows/${show}`, headers: { traceparent, ...headers } })
  const spans = recorder.spans('GET /v1/shows/{show}')
  assert.ok(spans.length <= 1)
  return spans[0]
}

test('a request goes on with the trace of the proxy', async () => {
  const span = await spanOf(`00-${TRACE_ID}-${SPAN_ID}-01`, { tracestate: 'vendor=value' })
  assert.equal(span?.spanContext().traceId, TRACE_ID)
  assert.equal(span?.parentSpanContext?.spanId, SPAN_ID)
  assert.equal(span?.spanContext().traceState?.get('vendor'), 'value')
  assert.equal(span?.attributes['http.route'], '/v1/shows/{show}')
  assert.equal(span?.attributes['http.response.status_code'], 200)
})

test('what the proxy does not record is not recorded', async () => {
  assert.equal(await spanOf(`00-${TRACE_ID}-${SPAN_ID}-00`), undefined)
})

test('a traceparent that is none begins a trace of its own', async () => {
  const odd = [
    'nonsense',
    `00-${'0'.repeat(32)}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
    `ff-${TRACE_ID}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${SPAN_ID}-01-more`,
    `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`,
    '',
  ]
  for (const traceparent of odd) {
    const span = await spanOf(traceparent)
    assert.ok(span !== undefined, traceparent)
    assert.notEqual(span.spanContext().traceId, TRACE_ID, traceparent)
    assert.equal(span.parentSpanContext, undefined, traceparent)
  }
  // Of a version that we do not know yet the first four fields count.
  const later = await spanOf(`01-${TRACE_ID}-${SPAN_ID}-01-more`)
  assert.equal(later?.spanContext().traceId, TRACE_ID)
})

test('a server that trusts no proxy believes no traceparent', async (t) => {
  const { tracer, spans } = newRecorder()
  const { trustProxy: _, ...settings } = proxied.settings
  const server = await createServer({ ...settings, tracer })
  t.after(() => server.close())
  const headers = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` }
  await server.app.inject({ method: 'GET', url: `/v1/shows/${show}`, headers })
  assert.notEqual(spans('GET /v1/shows/{show}')[0]?.spanContext().traceId, TRACE_ID)
})

test('a refusal is named by its code, and is no failure of ours', async () => {
  recorder.forget()
  await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['ZZ9'] })
  const [span] = recorder.spans('POST /v1/shows/{show}/holds')
  assert.equal(span?.attributes['error.type'], 'seats_unavailable')
  assert.equal(span?.attributes['http.response.status_code'], 409)
  assert.equal(span?.status.code, SpanStatusCode.UNSET)
})

test('reads and calls of the database belong to the request that they were made for', async () => {
  recorder.forget()
  await asOperator('POST', '/v1/venues', { name: 'Globe' })
  const [request] = recorder.spans('POST /v1/venues')
  const [call] = recorder.spans('call')
  assert.equal(call?.parentSpanContext?.spanId, request?.spanContext().spanId)
  assert.match(String(call?.attributes['db.query.text']), /rowlock\./)
  await send({ method: 'GET', url: '/v1/venues', headers: OPERATOR })
  const [list] = recorder.spans('GET /v1/venues')
  const reads = recorder.spans('read').map(({ parentSpanContext: parent }) => parent?.spanId)
  assert.ok(reads.includes(list?.spanContext().spanId))
})
