/** Tells what a former owner hears of a booking that was handed on: that it left, and no more. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Client, createClient } from '../../../src/client/index.ts'
import { connectClient } from '../../../src/db/connection.ts'
import type { Event } from '../../../src/protocol/index.ts'
import { useTestDatabase } from '../../support/database.ts'
import { Receiver } from '../../support/receiver.ts'
import { createShowOn, useListening } from '../../support/servers.ts'
import { advanceClock, useTestClock } from '../../support/test-clock.ts'
import { until } from '../../support/until.ts'

const database = await useTestDatabase('left')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const settings = { allowsLoopbackWebhooks: true, webhooksLookEveryMs: 100 }
const server = await useListening(database, settings)
const { operator } = server
const user = await operator.createUser({ name: 'Grace Hopper', email: 'grace@example.org' })

async function partner(scopes: readonly ('sell' | 'webhooks' | 'journal')[]): Promise<Client> {
  const { secret } = await operator.createApiKey({ name: 'Web shop', scopes: [...scopes] })
  return createClient({ server: server.url, key: secret })
}

const SALE = { seats: ['A1', 'A2'], holder: 'customer-17', reference: 'order-1' }
const HANDED = { holder: user.id, reference: 'for-grace' }

function tellsNothingOfHer(told: unknown): void {
  const text = JSON.stringify(told)
  for (const word of [user.id, 'for-grace', 'Grace']) assert.ok(!text.includes(word), text)
}

async function eventsFor(client: Client, show: string): Promise<readonly Event[]> {
  return (await client.listEvents(show)).events
}

describe('a booking is handed on to another owner', () => {
  it('its partner is told that it left, as it was when it was theirs', async () => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server, ['A1', 'A2'])
    const shop = await partner(['sell', 'webhooks'])
    await shop.createWebhook({ url: receiver.url, shows: [show] })
    const metadata = { basket: '99' }
    const booking = await shop.bookSeats(show, { ...SALE, metadata })
    await operator.transferBooking(show, booking.id, HANDED)
    await receiver.untilCount(2)
    assert.deepEqual(receiver.types, ['booking.created', 'booking.left'])
    const left = receiver.arrivals[1]?.event
    assert.deepEqual(left?.data, booking)
    assert.equal(left?.version, booking.version + 1)
    tellsNothingOfHer(receiver.arrivals)
    const events = await eventsFor(shop, show)
    assert.deepEqual(events.at(-1), left)
    tellsNothingOfHer(events)
    await assert.rejects(shop.getBooking(show, booking.id), { code: 'booking_unknown' })
  })

  it('operators, and keys that read the journal, see both sides in one event', async () => {
    const show = await createShowOn(server, ['A1', 'A2'])
    const shop = await partner(['sell', 'webhooks', 'journal'])
    const booking = await shop.bookSeats(show, SALE)
    await operator.transferBooking(show, booking.id, HANDED)
    for (const client of [operator, shop]) {
      const types = (await eventsFor(client, show)).map(({ type }) => type)
      assert.deepEqual(types, ['show.created', 'booking.created', 'booking.transferred'])
    }
    const ids = (await eventsFor(operator, show)).map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length)
  })

  it('other partners are told nothing', async () => {
    const show = await createShowOn(server, ['A1', 'A2'])
    const [shop, other] = [await partner(['sell', 'webhooks']), await partner(['webhooks'])]
    const booking = await shop.bookSeats(show, SALE)
    await operator.transferBooking(show, booking.id, HANDED)
    const types = (await eventsFor(other, show)).map(({ type }) => type)
    assert.deepEqual(types, ['show.created'])
  })

  it('of some seats the partner keeps the rest, and is told of that', async () => {
    const show = await createShowOn(server, ['A1', 'A2'])
    const shop = await partner(['sell', 'webhooks'])
    const booking = await shop.bookSeats(show, SALE)
    await operator.transferBooking(show, booking.id, { ...HANDED, seats: ['A2'] })
    const events = await eventsFor(shop, show)
    const [, , rest] = events
    assert.deepEqual([events.length, rest?.type], [3, 'booking.changed'])
    assert.deepEqual((rest?.data as { seats?: unknown }).seats, ['A1'])
    tellsNothingOfHer(events)
  })

  it('it stays the partner’s where it goes to another of their customers', async () => {
    const show = await createShowOn(server, ['A1', 'A2'])
    const shop = await partner(['sell', 'webhooks'])
    const booking = await shop.bookSeats(show, SALE)
    await operator.transferBooking(show, booking.id, { holder: 'customer-18' })
    const types = (await eventsFor(shop, show)).map(({ type }) => type)
    assert.deepEqual(types, ['show.created', 'booking.created', 'booking.transferred'])
  })

  it('a receiver that was down is told later, on its own', async () => {
    const receiver = await Receiver.use()
    const show = await createShowOn(server, ['A1', 'A2'])
    const shop = await partner(['sell', 'webhooks'])
    const booking = await shop.bookSeats(show, SALE)
    const events = ['booking.left' as const]
    const { id } = await shop.createWebhook({ url: receiver.url, events, shows: [show] })
    receiver.answer = (response) => response.writeHead(500).end()
    await operator.transferBooking(show, booking.id, HANDED)
    for (const [count, seconds] of [
      [1, 6],
      [2, 40],
      [3, 150],
    ] as const) {
      // The pause begins when the failure has been noted, not when the event has arrived.
      await until(`try ${count} to be noted`, async () => {
        const { items } = await operator.listWebhookDeliveries(id, { state: 'waiting' })
        return items.some(({ tries }) => tries === count) ? true : null
      })
      await advanceClock(owner, seconds)
    }
    await receiver.untilCount(4)
    assert.deepEqual(new Set(receiver.types), new Set(['booking.left']))
    assert.deepEqual(receiver.arrivals.at(-1)?.event.data, booking)
    receiver.answer = (response) => response.writeHead(204).end()
  })
})
