/**
 * Test of what people complain of in the webhooks of this field, each by its name. Ours has none of
 * it.
 */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { RowlockError } from '../../../src/client/index.ts'
import { connectClient } from '../../../src/db/connection.ts'
import { EVENT_TYPES, type Event } from '../../../src/protocol/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { type Arrival, Receiver } from '../../support/receiver.ts'
import { createShowOn, listen, useListening } from '../../support/servers.ts'
import { advanceClock, useTestClock } from '../../support/test-clock.ts'
import { until } from '../../support/until.ts'

const database = await useTestDatabase('complaints')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 100 }
const server = await useListening(database, settings)
const { operator, shopper } = server

async function useShow(receiver: Receiver, seats: string[] = ['A1', 'A2', 'A3']) {
  const show = await createShowOn(server, seats)
  const webhook = await operator.createWebhook({ url: receiver.url, shows: [show] })
  return { show, webhook }
}

function eventsOf(receiver: Receiver, type: Event['type']): Arrival[] {
  return receiver.arrivals.filter(({ event }) => event.type === type)
}

/** Not by count: a lease that a moved clock has ended is told once more. */
function untilTold(receiver: Receiver, type: Event['type']): Promise<Arrival> {
  return until(type, async () => eventsOf(receiver, type)[0] ?? null)
}

describe('complaints about webhooks', () => {
  it('the body that is signed is not the body that is sent: here it is, byte by byte', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver, ['Ä 1', '"2"', '座席3'])
    await shopper.holdSeats(show, { seats: ['Ä 1', '"2"', '座席3'], holder: 'Zoë \u{1f600} \\ "' })
    await receiver.untilCount(1)
    const verifier = new Webhook(webhook.secret)
    for (const { body, headers } of receiver.arrivals) {
      assert.ok(verifier.verify(body, headers as Record<string, string>))
      const other = body.replace(/}$/, ' }')
      assert.throws(() => verifier.verify(other, headers as Record<string, string>))
    }
  })

  it('a retry carries a stale timestamp: here each attempt has its own', async () => {
    const receiver = await Receiver.use()
    const { show, webhook } = await useShow(receiver)
    let isDown = true
    receiver.answer = (response) => response.writeHead(isDown ? 500 : 204).end()
    await shopper.holdSeats(show, { seats: ['A1'] })
    await receiver.untilCount(1)
    // Timestamps are in seconds: the next attempt comes in another one than the first.
    const first = Number(receiver.arrivals[0]?.headers['webhook-timestamp'])
    await until('another second', async () => Math.floor(Date.now() / 1000) > first || null)
    isDown = false
    await advanceClock(owner, 6)
    await receiver.untilCount(2)
    const again = receiver.arrivals[1]
    assert.equal(again?.headers['webhook-id'], receiver.arrivals[0]?.headers['webhook-id'])
    const sentAt = Number(again?.headers['webhook-timestamp'])
    assert.ok(sentAt > first && Math.abs(sentAt - (again?.at ?? 0) / 1000) < 60)
    const headers = again?.headers as Record<string, string>
    assert.ok(new Webhook(webhook.secret).verify(again?.body ?? '', headers))
  })

  it('no event when a hold runs out: here there is one', async () => {
    const receiver = await Receiver.use()
    const { show } = await useShow(receiver)
    const { id } = await shopper.holdSeats(show, { seats: ['A1'] })
    await receiver.untilCount(1)
    await advanceClock(owner, 3_600)
    const expired = await untilTold(receiver, 'hold.expired')
    assert.equal((expired.event.data as { id?: string }).id, id)
  })

  it('one event per seat: here there is one for all that was done', async () => {
    const receiver = await Receiver.use()
    const { show } = await useShow(receiver)
    const { id } = await shopper.holdSeats(show, { seats: ['A1', 'A2', 'A3'] })
    await shopper.confirmHold(show, id, {})
    await receiver.untilCount(2)
    assert.deepEqual(receiver.types, ['hold.created', 'booking.created'])
  })

  it('deliveries block checkouts: here nobody waits for a receiver that hangs', async () => {
    const receiver = await Receiver.use()
    const { show } = await useShow(receiver)
    let isHanging = false
    receiver.answer = (response) => {
      isHanging = true
      response.on('close', () => {
        isHanging = false
      })
    }
    const { id } = await shopper.holdSeats(show, { seats: ['A1'] })
    await until('the receiver to hang', async () => isHanging || null)
    await shopper.confirmHold(show, id, {})
    await shopper.bookSeats(show, { seats: ['A2'] })
    assert.ok(isHanging, 'the sales were answered while the delivery hung')
    receiver.answer = (response) => response.destroy()
  })

  it('a URL points at the inside of the network: here it is refused', async () => {
    const strict = await listen(database, { webhooksLookEveryMs: 60_000 })
    after(() => strict.close())
    for (const url of [
      'https://10.0.0.8/hook',
      'https://169.254.169.254/latest/meta-data',
      'https://localhost/hook',
      'https://[::ffff:127.0.0.1]/hook',
      'http://shop.example/hook',
    ]) {
      const refused = await strict.operator.createWebhook({ url }).catch((error) => error)
      assert.ok(refused instanceof RowlockError, url)
      assert.equal(refused.code, 'webhook_url_refused')
    }
  })

  it('a name of the internet that resolves to the inside: here nothing is sent', async () => {
    const receiver = await Receiver.use()
    // It is told what another server has let in: the one that sends is for more than this machine.
    const strict = await listen(database, { webhooksLookEveryMs: 60_000 })
    after(() => strict.close())
    for (const host of ['127.0.0.1', 'localhost']) {
      const url = receiver.url.replace('127.0.0.1', host)
      const { id } = await operator.createWebhook({ url, events: ['show.created'] })
      const { status, error } = await strict.operator.testWebhook(id)
      assert.equal(status, null)
      assert.match(error ?? '', /not on the public internet/, host)
      assert.equal(eventsOf(receiver, 'webhook.test').length, 0)
      assert.equal((await operator.testWebhook(id)).status, 204, 'control: it is reached there')
      assert.equal(eventsOf(receiver, 'webhook.test').length, 1)
      receiver.arrivals.splice(0)
    }
  })

  it('types that silently stop: here every type is told', async () => {
    const receiver = await Receiver.use()
    const webhook = await operator.createWebhook({ url: receiver.url })
    const show = await createShowOn(server, ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'])
    const hold = await shopper.holdSeats(show, { seats: ['A1', 'A2'] })
    await shopper.extendHold(show, hold.id, { holdSeconds: 700 })
    await shopper.releaseHold(show, hold.id, { seats: ['A2'] })
    await shopper.releaseHold(show, hold.id, {})
    const left = await shopper.holdSeats(show, { seats: ['A2'] })
    const booking = await operator.bookSeats(show, { seats: ['A3', 'A4'] })
    await operator.swapSeats(show, booking.id, { from: ['A3'], to: ['A5'] })
    await operator.transferBooking(show, booking.id, { holder: 'somebody else' })
    await operator.cancelBooking(show, booking.id, {})
    const block = await operator.blockSeats(show, { seats: ['A6'], reason: 'camera' })
    await operator.changeBlock(show, block.id, { reason: 'press' })
    await operator.unblockSeats(show, block.id, {})
    await operator.changeShow(show, { title: 'Macbeth' })
    await receiver.untilCount(14)
    await advanceClock(owner, 3_600)
    await untilTold(receiver, 'hold.expired')
    await operator.changeShow(show, { cancelled: true })
    await untilTold(receiver, 'show.cancelled')
    await operator.testWebhook(webhook.id)
    // What a former owner is told has a test of its own: left.test.ts.
    const types = EVENT_TYPES.filter((type) => type !== 'booking.left')
    assert.deepEqual([...new Set(receiver.types)].toSorted(), types.toSorted())
    const [expired] = eventsOf(receiver, 'hold.expired')
    assert.equal((expired?.event.data as { id?: string }).id, left.id)
  })
})
