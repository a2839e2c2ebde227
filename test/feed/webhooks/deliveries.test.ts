/** Promise 15: what happened reaches every webhook that asked for it, once each, in order. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { useTestDatabase } from '../../support/database.ts'
import { Receiver } from '../../support/receiver.ts'
import { createShowOn, useListening } from '../../support/servers.ts'

const database = await useTestDatabase('webhooks')
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 200 }
const server = await useListening(database, settings)
const { operator, shopper } = server

describe('a webhook', () => {
  it('is told of a sale from its hold to its end, in order, once each', async () => {
    const receiver = await Receiver.use()
    const { secret } = await operator.createWebhook({ url: receiver.url })
    const show = await createShowOn(server)
    const hold = await shopper.holdSeats(show, { seats: ['A1', 'A2', 'A3'] })
    await shopper.releaseHold(show, hold.id, { seats: ['A3'] })
    const booking = await shopper.confirmHold(show, hold.id, { reference: 'payment-1' })
    await operator.cancelBooking(show, booking.id, {})
    await receiver.untilCount(5)
    assert.deepEqual(receiver.types, [
      'show.created',
      'hold.created',
      'hold.changed',
      'booking.created',
      'booking.cancelled',
    ])
    const ids = receiver.arrivals.map(({ event }) => event.id)
    assert.equal(new Set(ids).size, 5)
    assert.deepEqual(
      receiver.arrivals.map(({ event }) => event.version),
      [1, 2, 3, 4, 5],
    )
    const [, created] = receiver.arrivals
    assert.deepEqual((created?.event.data as { seats: string[] }).seats, ['A1', 'A2', 'A3'])
    for (const { headers, body, event } of receiver.arrivals) {
      assert.equal(headers['webhook-id'], event.id)
      assert.deepEqual(new Webhook(secret).verify(body, headers as Record<string, string>), event)
    }
  })

  it('is told exactly once that a hold ran out, even when somebody else has the seat', async () => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server)
    await operator.createWebhook({ url: receiver.url, events: ['hold.expired'], shows: [show] })
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1 })
    const kept = await shopper.holdSeats(show, { seats: ['A2'], holdSeconds: 1 })
    await shopper.extendHold(show, kept.id, { holdSeconds: 60 })
    await receiver.untilCount(1)
    await shopper.bookSeats(show, { seats: ['A1'] })
    await operator.changeShow(show, { title: 'Another title' })
    const [{ event } = assert.fail()] = receiver.arrivals
    assert.equal((event.data as { id: string }).id, hold.id)
    assert.equal((event.data as { status: string }).status, 'expired')
    const { events } = await operator.listEvents(show)
    const expired = events.filter(({ type }) => type === 'hold.expired')
    assert.deepEqual(expired, [event])
    assert.equal(receiver.arrivals.length, 1)
  })
})
