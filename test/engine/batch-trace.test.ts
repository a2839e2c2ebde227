import assert from 'node:assert/strict'
import { test } from 'node:test'
import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api'
import { withDeadline } from '../../src/calls/index.ts'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { newRecorder } from '../support/recorder.ts'
import { until } from '../support/until.ts'

const kernel = await useKernel('batch_trace')
const engine = await useServer(kernel.database.settings)
const show = await createShow(engine, { rows: 'A-J', seatsPerRow: 10 })
const { tracer, spans, forget } = newRecorder()

/** Holds a seat as part of a request, which is recorded or not. */
async function hold(seat: string, span = tracer.startSpan(seat)) {
  const work = () => engine.holdSeats(by(seat), show, { seats: [seat] })
  await withDeadline(performance.now() + 20_000, work, { tracer, span })
  span.end()
  return span.spanContext()
}

/** A batch ends a moment after the answers of its commands. */
async function untilBatches() {
  return until('a batch that ended', async () =>
    spans('batch').length > 0 ? spans('batch') : null,
  )
}

test('a batch links to the requests that it carries, and each of them to it', async () => {
  await hold('A1')
  await untilBatches()
  forget()
  const requests = await Promise.all(['A2', 'A3', 'A4'].map((seat) => hold(seat)))
  const [batch, ...more] = await untilBatches()
  assert.ok(batch !== undefined)
  assert.deepEqual(more, [])
  const linked = batch.links.map(({ context }) => context.spanId)
  assert.deepEqual(
    linked,
    requests.map(({ spanId }) => spanId),
  )
  assert.equal(batch.parentSpanContext?.spanId, requests[0]?.spanId)
  assert.equal(batch.attributes['rowlock.batch.commands'], 3)
  assert.equal(batch.attributes['rowlock.batch.shows'], 1)
  for (const seat of ['A2', 'A3', 'A4']) {
    const [request] = spans(seat)
    assert.deepEqual(
      request?.links.map(({ context }) => context),
      [batch.spanContext()],
    )
  }
  const [call] = spans('rowlock.apply_at')
  assert.equal(call?.parentSpanContext?.spanId, batch.spanContext().spanId)
  assert.equal(call?.attributes['db.operation.batch.size'], 3)
})

test('of requests that are not recorded nothing is told', async () => {
  forget()
  const unrecorded = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
  await Promise.all([hold('B1', unrecorded), engine.holdSeats(by('B2'), show, { seats: ['B2'] })])
  assert.deepEqual(spans(), [])
})

test('a call that fails says by which SQLSTATE, and nothing of its text', async () => {
  forget()
  await kernel.owner.query('alter function rowlock.apply_at rename to apply_away')
  const holding = hold('C1')
  const back = async () => {
    await kernel.owner.query('alter function rowlock.apply_away rename to apply_at')
  }
  await assert.rejects(holding.finally(back))
  const [call] = spans('rowlock.apply_at')
  assert.equal(call?.attributes['error.type'], '42883')
  assert.equal(call?.status.message, undefined)
  assert.equal((await untilBatches()).length, 1)
})
