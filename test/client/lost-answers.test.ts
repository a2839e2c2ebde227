/** The SDK against a real server, over a line that eats answers and cuts connections. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { createClient, RowlockError } from '../../src/client/index.ts'
import { BadLine, type Fate } from '../support/bad-line.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, OPERATOR_KEY, useListening } from '../support/servers.ts'

const database = await useTestDatabase('lost answers')
const one = await useListening(database)
const two = await useListening(database)

let turn = 0
const line = await BadLine.open([one.url, two.url], (count) => {
  turn += 1
  return turn % count
})
after(() => line.close())
beforeEach(() => {
  line.fateOf = () => null
  line.cutAll()
})

const shopper = createClient({ server: line.url })
const operator = createClient({ server: line.url, key: OPERATOR_KEY })

/** The next connections meet these fates, one each. */
function strike(...fates: Fate['kind'][]): void {
  line.cutAll()
  line.fateOf = () => {
    const kind = fates.shift()
    return kind === undefined ? null : { kind, afterBytes: kind === 'eat' ? 1 : 30 }
  }
}

async function historyOf(show: string): Promise<string[]> {
  const kinds: string[] = []
  for await (const { kind } of one.operator.listJournal(show)) kinds.push(kind)
  return kinds
}

describe('a lost answer', () => {
  test('is asked for again, on another server, and the effect is there once', async () => {
    const show = await createShowOn(one)
    strike('eat', 'cut', 'eat')
    const hold = await shopper.holdSeats(show, { seats: ['A1', 'A2'] })
    assert.deepEqual(hold.seats, ['A1', 'A2'])
    strike('eat')
    const booking = await shopper.confirmHold(show, hold.id, { reference: 'payment-1' })
    assert.equal(booking.hold, hold.id)
    strike('eat', 'eat')
    const swap = { from: ['A1'], to: ['B1'] }
    assert.deepEqual((await operator.swapSeats(show, booking.id, swap)).seats, ['A2', 'B1'])
    strike('cut')
    assert.equal((await shopper.getBooking(show, booking.id)).version, 4)
    assert.deepEqual(await historyOf(show), ['create', 'hold', 'confirm', 'swap'])
  })

  test('stays asked for under the same key by who comes back after all retries', async () => {
    const show = await createShowOn(one)
    const hasty = createClient({ server: line.url, retries: 0 })
    strike('eat')
    const lost = await hasty.bookSeats(show, { seats: ['A1'] }).catch((error: unknown) => error)
    assert.ok(lost instanceof RowlockError && lost.code === 'no_answer')
    const idempotencyKey = lost.idempotencyKey as string
    const booking = await hasty.bookSeats(show, { seats: ['A1'] }, { idempotencyKey })
    assert.deepEqual(booking.seats, ['A1'])
    assert.deepEqual(await historyOf(show), ['create', 'book'])
  })

  test('without the key would be a refusal by oneself: that is what the key is for', async () => {
    const show = await createShowOn(one)
    const hasty = createClient({ server: line.url, retries: 0 })
    strike('eat')
    await assert.rejects(hasty.bookSeats(show, { seats: ['A1'] }), { code: 'no_answer' })
    const again = hasty.bookSeats(show, { seats: ['A1'] })
    await assert.rejects(again, { code: 'seats_unavailable' })
  })
})

describe('every operation', () => {
  test('reaches the server and comes back typed', async () => {
    const venue = await operator.createVenue({ name: 'The Globe' })
    assert.equal((await shopper.getVenue(venue.id)).name, 'The Globe')
    assert.ok((await shopper.listVenues()).items.some(({ id }) => id === venue.id))
    const source = 'label,row,seat,category\nA1,A,1,standard\nA2,A,2,standard\n'
    const plan = await operator.createPlan(venue.id, { format: 'csv', source })
    assert.equal((await shopper.getPlan(plan.id)).seatCount, 2)
    assert.match(await operator.exportPlan(plan.id, 'csv'), /A1/)
    const startsAt = '2030-01-01T00:00:00Z'
    const show = await operator.createShow({
      key: 'x',
      title: 'X',
      startsAt,
      plan: plan.id,
      confirmBy: 'holder',
    })
    assert.equal((await operator.changeShow(show.key, { title: 'Y' })).title, 'Y')
    assert.ok((await shopper.listShows({ venue: venue.id })).items.length === 1)
    assert.deepEqual((await shopper.getMap('x')).seats.labels, ['A1', 'A2'])
    const hold = await shopper.holdSeats('x', { best: { quantity: 1 } })
    assert.equal((await shopper.getHold('x', hold.id)).status, 'live')
    assert.equal((await shopper.extendHold('x', hold.id, { holdSeconds: 900 })).status, 'live')
    assert.equal((await shopper.getStatuses('x')).statuses.length, 2)
    assert.equal((await shopper.releaseHold('x', hold.id)).status, 'released')
    const block = await operator.blockSeats('x', { seats: ['A2'], reason: 'house' })
    assert.deepEqual((await operator.unblockSeats('x', block.id)).seats, [])
    const booking = await shopper.bookSeats('x', { seats: ['A2'] })
    assert.equal((await shopper.getAvailability('x')).counts.booked, 1)
    assert.notEqual((await operator.cancelBooking('x', booking.id)).cancelledAt, null)
    const own = await createShowOn(one)
    assert.equal((await operator.addSeats(own, { seats: ['Z1'] })).seatCount, 13)
  })

  test('is refused with a code that tells what to do', async () => {
    await assert.rejects(shopper.createVenue({ name: 'X' }), { code: 'unauthenticated' })
    await assert.rejects(shopper.getShow('nothing'), { code: 'show_unknown', status: 404 })
    const wrong = shopper.holdSeats('x', { seats: [] })
    const error = await wrong.catch((reason: unknown) => reason)
    assert.ok(error instanceof RowlockError && error.code === 'invalid_request')
    assert.equal(error.details.mistakes?.[0]?.path, 'seats')
    assert.match(String(error.requestId), /^[0-9a-f-]{36}$/)
  })
})
