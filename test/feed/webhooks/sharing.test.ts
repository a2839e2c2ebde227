/** Promise 15: webhooks share one reading of what they are told, and each is told all of it. */
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, test } from 'node:test'
import { connectClient } from '../../../src/db/connection.ts'
import { WebhookSender } from '../../../src/feed/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { by, createShow, shopper, useServer } from '../../support/engines.ts'
import { Receiver } from '../../support/receiver.ts'
import { until } from '../../support/until.ts'

/** More than a webhook is handed at once, so that each comes back to the middle of the page. */
const SALES = 60
const WEBHOOKS = 2
const SHOWS = 16
/** Pages that are read in one round trip. */
const PAGES = 8

const database = await useTestDatabase('webhook_sharing')
const owner = await connectClient(database.owner)
after(() => owner.end())
const engine = await useServer(database.settings)
const operator = { caller: { ...shopper('operator'), boxOffice: true }, idempotencyKey: null }
const settings = { allowsLoopback: true, userAgent: 'test', lookEveryMs: 50 }

test('a page of events is read once for all webhooks that are told of it', async (t) => {
  const receivers = await Promise.all(Array.from({ length: WEBHOOKS }, () => Receiver.use()))
  for (const { url } of receivers) await engine.createWebhook(operator, { url })
  const show = await createShow(engine, { rows: 'A', seatsPerRow: SALES })
  const labels = Array.from({ length: SALES }, (_, index) => `A${index + 1}`)
  await Promise.all(labels.map((seat) => engine.holdSeats(by(seat), show, { seats: [seat] })))
  let reads = 0
  const counted = {
    ...engine,
    eventsOf: (...asked: Parameters<typeof engine.eventsOf>) => {
      reads += 1
      return engine.eventsOf(...asked)
    },
  }
  const sender = new WebhookSender(counted, settings)
  t.after(() => sender.close())
  for (const receiver of receivers) {
    await receiver.untilCount(SALES + 1)
    const versions = receiver.arrivals.map(({ event }) => event.version)
    assert.deepEqual(
      versions,
      Array.from({ length: SALES + 1 }, (_, index) => index + 1),
    )
  }
  assert.equal(reads, 1)
})

test('shows that sell at once are looked at and read together', async (t) => {
  const receiver = await Receiver.use()
  const shows: string[] = []
  while (shows.length < SHOWS) shows.push(await createShow(engine, { rows: 'A', seatsPerRow: 2 }))
  await engine.createWebhook(operator, { url: receiver.url, shows })
  const holds = shows.map((show) => engine.holdSeats(by('A1'), show, { seats: ['A1'] }))
  await Promise.all(holds)
  const sizes: { turns: number[]; pages: number[] } = { turns: [], pages: [] }
  const counted: typeof engine = {
    ...engine,
    webhookTurns: (showIds, server) => {
      sizes.turns.push(showIds.length)
      return engine.webhookTurns(showIds, server)
    },
    eventsOf: (wanted) => {
      sizes.pages.push(wanted.length)
      return engine.eventsOf(wanted)
    },
  }
  const sender = new WebhookSender(counted, { ...settings, lookEveryMs: 600_000 })
  t.after(() => sender.close())
  await receiver.untilCount(SHOWS)
  assert.equal(sizes.turns[0], SHOWS)
  assert.equal(sizes.pages[0], PAGES)
  assert.equal(new Set(receiver.arrivals.map(({ event }) => event.show)).size, SHOWS)
})

test('what the end of a server cuts off has not failed, and is free for the next', async () => {
  const receiver = await Receiver.use()
  const held: ServerResponse[] = []
  receiver.answer = (response) => held.push(response)
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 2 })
  const { value } = await engine.createWebhook(operator, { url: receiver.url, shows: [show] })
  await engine.holdSeats(by('A1'), show, { seats: ['A1'] })
  const sender = new WebhookSender(engine, settings)
  await until('the receiver to hang', async () => (held.length > 0 ? true : null))
  await sender.close()
  const { rows } = await owner.query(
    `select cursor.leased_by, cursor.tries, cursor.retry_at is not null as is_due
     from rowlock.webhook_cursors as cursor
     join rowlock.shows as show on show.show_id = cursor.show_id
     join rowlock.webhooks as webhook on webhook.webhook_id = cursor.webhook_id
     where show.key = $1 and webhook.url = $2`,
    [show, receiver.url],
  )
  assert.deepEqual(rows, [{ leased_by: null, tries: 0, is_due: true }])
  const { items } = await engine.listWebhookDeliveries(operator.caller, value.id, { limit: 10 })
  assert.deepEqual(items, [])
  receiver.answer = (response) => response.writeHead(204).end()
})
