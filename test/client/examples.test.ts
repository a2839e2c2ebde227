/** The examples, run against a real server as they stand. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { buyTwoSeats } from '../../examples/buy-two-seats.ts'
import { settlePayment } from '../../examples/late-payment.ts'
import { watchAShow } from '../../examples/watch-a-show.ts'
import { createClient } from '../../src/client/index.ts'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const database = await useTestDatabase('examples')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const server = await useListening(database)
const { shopper, url } = server

describe('buying two seats', () => {
  test('ends with a booking of neighbours when the payment works', async () => {
    const show = await createShowOn(server)
    const paid: number[] = []
    const booking = await buyTwoSeats(url, show, async (cents) => paid.push(cents) > 0)
    assert.deepEqual([booking?.seats.length, booking?.together, paid], [2, true, [9_000]])
  })

  test('gives the seats back when it does not', async () => {
    const show = await createShowOn(server)
    assert.equal(await buyTwoSeats(url, show, async () => false), null)
    assert.equal((await shopper.getAvailability(show)).counts.available, 12)
  })

  test('says so when there are not two left', async () => {
    const show = await createShowOn(server, ['A1'])
    assert.equal(await buyTwoSeats(url, show, async () => assert.fail()), null)
  })
})

test('watching a show prints each change, until it is sold out', async () => {
  const show = await createShowOn(server, ['A1', 'A2', 'A3', 'A4'])
  const lines: string[] = []
  const seats = [['A1', 'A2'], ['A3'], ['A4']]
  await watchAShow(url, show, (line) => {
    lines.push(line)
    const next = seats.shift()
    if (next) void shopper.bookSeats(show, { seats: next })
  })
  assert.equal(lines[0], `${'.'.repeat(40)} 4 of 4 left (v1)`)
  assert.equal(lines.at(-1), `${'#'.repeat(40)} 0 of 4 left (v4)`)
})

describe('a payment that comes late', () => {
  async function lateFor(seat: string): Promise<{ show: string; hold: string }> {
    const show = await createShowOn(server)
    const { id } = await shopper.holdSeats(show, { seats: [seat], holdSeconds: 60 })
    await advanceClock(owner, 61)
    return { show, hold: id }
  }

  test('still gets its seats when nobody has taken them, once', async () => {
    const { show, hold } = await lateFor('A1')
    const first = await settlePayment(shopper, show, hold, '9d3c8b1e-4711')
    const again = await settlePayment(shopper, show, hold, '9d3c8b1e-4711')
    assert.ok('sold' in first && 'sold' in again)
    assert.deepEqual(again.sold, first.sold)
    assert.equal((await shopper.getAvailability(show)).counts.booked, 1)
  })

  test('sells once, and the second payment for the same hold is paid back', async () => {
    const show = await createShowOn(server)
    const { id } = await shopper.holdSeats(show, { seats: ['A1', 'A2'] })
    const first = await settlePayment(shopper, show, id, 'payment-of-alice-0001')
    const again = await settlePayment(shopper, show, id, 'payment-of-alice-0001')
    assert.ok('sold' in first)
    assert.deepEqual(again, first)
    const second = await settlePayment(shopper, show, id, 'payment-of-alice-0002')
    assert.deepEqual(second, { refund: true, paidBefore: first.sold })
    assert.equal((await shopper.getAvailability(show)).counts.booked, 2)
  })

  test('whose answer was lost is asked for again, by whichever server it reaches', async () => {
    const show = await createShowOn(server)
    const { id } = await shopper.holdSeats(show, { seats: ['A1'] })
    let lost = 0
    const deaf: typeof fetch = async (...request) => {
      const response = await fetch(...request)
      if (lost++ > 0) return response
      await response.text()
      throw new TypeError('the line went dead')
    }
    const client = createClient({ server: url, fetch: deaf })
    const settled = await settlePayment(client, show, id, 'payment-of-alice-0001')
    assert.ok('sold' in settled && lost === 2)
    assert.deepEqual(settled.sold, await shopper.getBooking(show, settled.sold.id))
  })

  test('is paid back when somebody has, also after they are gone', async () => {
    const { show, hold } = await lateFor('A1')
    const other = await shopper.holdSeats(show, { seats: ['A1'] })
    const refund = { refund: true, takenSeats: ['A1'] }
    assert.deepEqual(await settlePayment(shopper, show, hold, '77aa12c4-4712'), refund)
    await shopper.releaseHold(show, other.id)
    assert.deepEqual(await settlePayment(shopper, show, hold, '77aa12c4-4712'), refund)
  })
})
