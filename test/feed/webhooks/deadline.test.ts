/** A sale sets deliveries going, and its deadline is not theirs: they go on for much longer. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { withDeadline } from '../../../src/calls/index.ts'
import { connectClient } from '../../../src/db/connection.ts'
import { WebhookSender } from '../../../src/feed/index.ts'
import { newUuid } from '../../../src/protocol/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { by, createShow, shopper, useServer } from '../../support/engines.ts'
import { Receiver } from '../../support/receiver.ts'
import { until } from '../../support/until.ts'

const database = await useTestDatabase('webhook_deadline')
const owner = await connectClient(database.owner)
after(() => owner.end())
const engine = await useServer(database.settings)
const operator = { caller: { ...shopper('operator'), boxOffice: true }, idempotencyKey: null }
const late = <Result>(work: () => Result) => withDeadline(performance.now() - 1, work)

test('what a request set going is told after its deadline, too', async (t) => {
  const receiver = await Receiver.use()
  await engine.createWebhook(operator, { url: receiver.url })
  const settings = { allowsLoopback: true, userAgent: 'test', lookEveryMs: 1e9 }
  const sender = new WebhookSender(engine, settings)
  t.after(() => sender.close())
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 2 })
  await engine.holdSeats(by('A1'), show, { seats: ['A1'] })
  // Whoever is told by nobody else: until its first look the sender knows of no webhook.
  await until('the sender to take notice', async () => {
    late(() => sender.refresh(show))
    return receiver.arrivals.length >= 2 ? true : null
  })
})

test('its questions wait for the database, where those of the request are refused', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 2 })
  const showId = (await engine.showNumber(show)) ?? 0
  const start = { version: 0, expiryNo: 0 }
  await owner.query('begin; lock table rowlock.journal, rowlock.webhook_cursors, rowlock.webhooks')
  const query = { after: '0', limit: 1, owner: null }
  const ofTheRequest = late(() => engine.listEvents(show, query))
  const asked = late(() => [
    engine.eventsOf([{ showId, after: start, limit: 10 }]),
    engine.webhookTurns([showId], newUuid()),
    engine.webhookLook({ withLags: true }),
  ])
  await assert.rejects(ofTheRequest, { code: 'unavailable' })
  await owner.query('commit')
  for (const answer of await Promise.all(asked)) assert.ok(answer)
})
