/** Promise 15: what happened reaches every webhook that asked for it, once each, in order. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { connectClient } from '../../../src/db/connection.ts'
import { useTestDatabase } from '../../support/database.ts'
import { Receiver } from '../../support/receiver.ts'
import { createShowOn, useListening } from '../../support/servers.ts'

const database = await useTestDatabase('webhooks')
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 200 }
const server = await useListening(database, settings)
const { operator, shopper } = server
const owner = await connectClient(database.owner)
after(() => owner.end())

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
    // Held first, so that its first end has passed when the other one is told.
    const kept = await shopper.holdSeats(show, { seats: ['A2'], holdSeconds: 5 })
    await shopper.extendHold(show, kept.id, { holdSeconds: 60 })
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 5 })
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

  it('is told of what comes after a restore by ids that nobody has seen', async () => {
    const receiver = await Receiver.use()
    await operator.createWebhook({ url: receiver.url })
    const show = await createShowOn(server)
    const hold = await shopper.holdSeats(show, { seats: ['A1'], holdSeconds: 1 })
    await receiver.untilCount(2)
    await owner.query('select rowlock.note_restore()')
    // What was written before keeps its ids: a hold of that time that runs out, too.
    await receiver.untilCount(3)
    await shopper.bookSeats(show, { seats: ['A2'] })
    await receiver.untilCount(4)
    const ids = [`evt_${show}_1`, `evt_${show}_2`, `evt_${show}_2_expired`, `evt_${show}_3_r1`]
    assert.deepEqual(
      receiver.arrivals.map(({ event }) => event.id),
      ids,
    )
    assert.equal((receiver.arrivals[2]?.event.data as { id: string }).id, hold.id)
    const { events } = await operator.listEvents(show)
    assert.deepEqual(events.map(({ id }) => id).sort(), [...ids].sort())
    assert.deepEqual((await owner.query('select rowlock.note_restore() as count')).rows, [
      { count: '2' },
    ])
  })
})
