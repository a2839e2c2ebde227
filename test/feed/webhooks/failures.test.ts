/** Promise 15: receivers that fail, one way after the other, by a clock that is moved. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { connectClient } from '../../../src/db/connection.ts'
import { useTestDatabase } from '../../support/database.ts'
import { Receiver } from '../../support/receiver.ts'
import { createShowOn, listen, useListening } from '../../support/servers.ts'
import { advanceClock, useTestClock } from '../../support/test-clock.ts'
import { until } from '../../support/until.ts'

const database = await useTestDatabase('webhook failures')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 100 }
const server = await useListening(database, settings)
const { operator, shopper } = server

/** A show with a webhook of its own, and a hold on it. */
async function useShow(receiver: Receiver, events = ['hold.created', 'hold.extended'] as const) {
  const show = await createShowOn(server)
  const webhook = await operator.createWebhook({
    url: receiver.url,
    shows: [show],
    events: [...events],
  })
  return { show, webhook }
}

/** Waits until the last failure of a webhook is written down. */
async function untilWaiting(id: string, tries: number): Promise<void> {
  await until(`try ${tries} to be noted`, async () => {
    const { items } = await operator.listWebhookDeliveries(id, { state: 'waiting' })
    return items.some((one) => one.tries >= tries) ? true : null
  })
}

describe('a receiver that fails', () => {
  it('gets the same event again, signed anew, and what follows waits its turn', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    let isDown = true
    receiver.answer = (response) => response.writeHead(isDown ? 500 : 204).end('not now')
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 100 })
    await shopper.extendHold(show, hold.id, { holdSeconds: 200 })
    await untilWaiting(webhook.id, 1)
    assert.equal(receiver.arrivals.length, 1)
    isDown = false
    await advanceClock(owner, 6)
    await receiver.untilCount(3)
    const [first, again, next] = receiver.arrivals
    assert.deepEqual(again?.event, first?.event)
    assert.equal(again?.headers['webhook-id'], first?.headers['webhook-id'])
    assert.deepEqual(receiver.types, ['hold.created', 'hold.created', 'hold.extended'])
    assert.equal(next?.event.version, 3)
    await until('all to be noted as delivered', async () => {
      const { items } = await operator.listWebhookDeliveries(webhook.id)
      return items.every(({ state }) => state === 'delivered') ? true : null
    })
  })

  it('is late by the age of what it was not told, which /metrics says by its id', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    let isDown = true
    receiver.answer = (response) => response.writeHead(isDown ? 500 : 204).end()
    await shopper.holdSeats(show, { seats: ['A1'] })
    await untilWaiting(webhook.id, 1)
    const late = new RegExp(
      `^rowlock_webhook_oldest_seconds\\{webhook="${webhook.id}"\\} (\\S+)$`,
      'm',
    )
    const secondsLate = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      return Number(late.exec(text)?.[1] ?? 0)
    }
    await until('the webhook to be late', async () => ((await secondsLate()) > 0 ? true : null))
    // It fails at all later tries, too, and goes on alone.
    for (const [tries, seconds] of [
      [2, 6],
      [3, 34],
    ] as const) {
      await advanceClock(owner, seconds)
      await untilWaiting(webhook.id, tries)
    }
    await advanceClock(owner, 60)
    await until('as late as it is', async () => ((await secondsLate()) >= 100 ? true : null))
    isDown = false
    await advanceClock(owner, 130)
    await until('the webhook to be late no more', async () =>
      (await secondsLate()) === 0 ? true : null,
    )
  })

  it('does not hold the rest back by one event for longer than the first tries', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    let isDown = true
    receiver.answer = (response, { event }) =>
      response.writeHead(isDown && event.type === 'hold.created' ? 500 : 204).end()
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1000 })
    await shopper.extendHold(show, hold.id, { holdSeconds: 1500 })
    for (const [tries, seconds] of [
      [1, 6],
      [2, 34],
    ] as const) {
      await untilWaiting(webhook.id, tries)
      await advanceClock(owner, seconds)
    }
    await receiver.untilCount(4)
    assert.deepEqual(receiver.types.slice(2), ['hold.created', 'hold.extended'])
    isDown = false
    await untilWaiting(webhook.id, 3)
    await advanceClock(owner, 140)
    await receiver.untilCount(5)
    assert.equal(receiver.types.at(-1), 'hold.created')
  })

  it('is left alone for good after 410, until it is enabled again', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    receiver.answer = (response) => response.writeHead(410).end()
    await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1000 })
    const disabled = await until('the end of the webhook', async () => {
      const now = await operator.getWebhook(webhook.id)
      return now.status === 'disabled' ? now : null
    })
    assert.equal(disabled.disabledWhy, 'gone')
    receiver.answer = (response) => response.writeHead(204).end()
    await operator.changeWebhook(webhook.id, { disabled: false })
    await receiver.untilCount(2)
    const { items } = await operator.listAudit({ limit: 1000 })
    assert.ok(
      items.some(({ action, subject }) => action === 'disableWebhook' && subject === webhook.id),
    )
  })

  it('is disabled after five days of nothing but failures', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    receiver.answer = (response) => response.writeHead(503).end()
    await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1000 })
    await untilWaiting(webhook.id, 1)
    await advanceClock(owner, 5 * 86_400 + 60)
    const disabled = await until('the end of the webhook', async () => {
      const now = await operator.getWebhook(webhook.id)
      return now.status === 'disabled' ? now : null
    })
    assert.equal(disabled.disabledWhy, 'failing')
  })

  it('is given the time that it asks for', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    receiver.answer = (response) => response.writeHead(429, { 'retry-after': '100' }).end()
    await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1000 })
    await untilWaiting(webhook.id, 1)
    await advanceClock(owner, 50)
    const other = await Receiver.use()
    const second = await useShow(other)
    await shopper.holdSeats(second.show, { seats: ['A1'], holdSeconds: 1000 })
    await other.untilCount(1)
    assert.equal(receiver.arrivals.length, 1)
    receiver.answer = (response) => response.writeHead(204).end()
    await advanceClock(owner, 60)
    await receiver.untilCount(2)
  })

  it('redirects, hangs, trickles or talks for ever: the others are not late', async () => {
    const bad = await Promise.all([1, 2, 3, 4].map(() => Receiver.use()))
    const [redirects, hangs, trickles, talks] = bad as [Receiver, Receiver, Receiver, Receiver]
    const good = await Receiver.use()
    redirects.answer = (response) => response.writeHead(302, { location: good.url }).end()
    hangs.answer = () => {}
    trickles.answer = (response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(timer))
    }
    talks.answer = (response) => response.writeHead(200).end('x'.repeat(200_000))
    const show = await createShowOn(server)
    const webhooks = await Promise.all(
      [...bad, good].map(({ url }) =>
        operator.createWebhook({ url, shows: [show], events: ['hold.created'] }),
      ),
    )
    for (const seat of ['A1', 'A2', 'A3']) await shopper.holdSeats(show, { seats: [seat] })
    await good.untilCount(3)
    assert.deepEqual(good.types, ['hold.created', 'hold.created', 'hold.created'])
    await untilWaiting(webhooks[0]?.id ?? '', 1)
    await untilWaiting(webhooks[3]?.id ?? '', 1)
    const [redirected] = (await operator.listWebhookDeliveries(webhooks[0]?.id ?? '')).items
    assert.equal(redirected?.status, 302)
    assert.match(redirected?.error ?? '', /not followed/)
    const [talked] = (await operator.listWebhookDeliveries(webhooks[3]?.id ?? '')).items
    assert.match(talked?.error ?? '', /too long/)
    for (const receiver of [hangs, trickles]) receiver.answer = (response) => response.destroy()
  })
})

describe('a database that answers one question less', () => {
  it('holds deliveries back for a moment, and not for as long as a lease', async () => {
    let failing = 0
    const shaky = await listen(database, settings, (engine) => ({
      ...engine,
      eventsOf: (...asked) =>
        failing-- > 0 ? Promise.reject(new Error('no answer')) : engine.eventsOf(...asked),
      settleLeases: (...asked) =>
        failing-- > 0 ? Promise.reject(new Error('no answer')) : engine.settleLeases(...asked),
    }))
    after(() => shaky.close())
    const receiver = await Receiver.use()
    const show = await createShowOn(shaky)
    await shaky.operator.createWebhook({ url: receiver.url, shows: [show] })
    for (const seat of ['A1', 'A2', 'A3']) {
      failing = 1
      await shaky.shopper.holdSeats(show, { seats: [seat] })
    }
    await receiver.untilCount(3)
    assert.equal(new Set(receiver.arrivals.map(({ event }) => event.id)).size, 3)
  })
})

describe('a server that dies', () => {
  it('while it delivers is replaced when its lease has run out', async () => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server)
    const dead = await listen(database, { ...settings, webhooksLookEveryMs: 1e9 })
    await operator.createWebhook({ url: receiver.url, shows: [show], events: ['hold.created'] })
    const { showNumber, holdSeats, webhookTurns } = dead.engine
    const caller = { scope: 'x', actor: 'x', owner: null, boxOffice: true, seller: true }
    // Past the servers that listen, and leased to one that never settles.
    await holdSeats({ caller: { ...caller, heldSeatsMax: null }, idempotencyKey: null }, show, {
      seats: ['A1'],
    })
    const { leases } = await webhookTurns([(await showNumber(show)) ?? 0], crypto.randomUUID())
    await dead.close()
    if (leases.length === 1) {
      assert.equal(receiver.arrivals.length, 0)
      await advanceClock(owner, 31)
    }
    await receiver.untilCount(1)
    assert.deepEqual(receiver.types, ['hold.created'])
  })

  it('and all others with it, for hours: a hold that ran out is told once, late', async () => {
    const receiver = await Receiver.use()
    const { show } = await useShow(receiver, ['hold.created', 'hold.expired'] as never)
    await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 60 })
    await receiver.untilCount(1)
    await advanceClock(owner, 5 * 3600)
    await receiver.untilCount(2)
    await shopper.bookSeats(show, { seats: ['A1'] })
    const { events } = await operator.listEvents(show)
    assert.equal(events.filter(({ type }) => type === 'hold.expired').length, 1)
    assert.deepEqual(receiver.types, ['hold.created', 'hold.expired'])
  })
})
