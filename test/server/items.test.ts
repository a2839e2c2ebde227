/** Test of what a shop has to know of seats to charge for them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RowlockError } from '../../src/client/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'

const server = await useListening(await useTestDatabase('items'))
const { shopper, operator } = server
const CSV = `section,row,seat,category,accessible
Stalls,A,1,Premium,yes
Stalls,A,2,Premium,no
Circle,B,1,Standard,no`

async function placedShow(): Promise<string> {
  const venue = await operator.createVenue({ name: newUuid() })
  const plan = await operator.createPlan(venue.id, { format: 'csv', source: CSV, name: 'House' })
  const show = { key: newUuid(), title: 'Hamlet', startsAt: '2030-12-01T19:00Z', plan: plan.id }
  await operator.createShow({ ...show, confirmBy: 'holder' })
  return show.key
}

describe('items', () => {
  test('of a hold and its booking say what each seat is, in the order of the seats', async () => {
    const show = await placedShow()
    const { items: all } = await shopper.listSeats(show)
    const seats = all.map(({ seat }) => seat).reverse()
    const hold = await shopper.holdSeats(show, { seats })
    assert.deepEqual(
      hold.items.map(({ seat }) => seat),
      hold.seats,
    )
    for (const item of hold.items) {
      const { seat, section, row, number, category, accessible } =
        all.find((one) => one.seat === item.seat) ?? assert.fail(item.seat)
      assert.deepEqual(item, { seat, section, row, number, category, accessible })
    }
    assert.equal(hold.items.filter(({ accessible }) => accessible).length, 1)
    assert.equal(new Set(hold.items.map(({ category }) => category)).size, 2)
    const booking = await shopper.confirmHold(show, hold.id)
    assert.deepEqual(booking.items, hold.items)
    assert.deepEqual((await shopper.getHold(show, hold.id)).items, hold.items)
    const cancelled = await operator.cancelBooking(show, booking.id, {
      seats: [seats[0] as string],
    })
    assert.deepEqual(
      cancelled.items,
      hold.items.filter(({ seat }) => seat !== seats[0]),
    )
  })
})

describe('seats by their labels', () => {
  test('are listed, however they are spelled, in the order of the plan', async () => {
    const show = await createShowOn(server)
    const { items, next } = await shopper.listSeats(show, { seats: 'b2, A1,a1' })
    assert.deepEqual([items.map(({ seat }) => seat), next], [['A1', 'B2'], null])
  })

  test('are refused with those that are not there', async () => {
    const show = await createShowOn(server)
    await assert.rejects(
      async () => await shopper.listSeats(show, { seats: 'A1,Z9' }),
      ({ code, details }: RowlockError) => {
        assert.equal(code, 'invalid_request')
        assert.deepEqual(details.mistakes, [
          { path: 'seats', message: '"Z9" is no seat of the show' },
        ])
        return true
      },
    )
  })
})

describe('confirming again', () => {
  test('with another reference is refused, with the booking that is there', async () => {
    const show = await createShowOn(server)
    const hold = await shopper.holdSeats(show, { seats: ['A1'] })
    const booking = await shopper.confirmHold(show, hold.id, { reference: 'p1' })
    assert.deepEqual(await shopper.confirmHold(show, hold.id, { reference: 'p1' }), booking)
    assert.deepEqual(await shopper.confirmHold(show, hold.id), booking)
    await assert.rejects(
      shopper.confirmHold(show, hold.id, { reference: 'p2', reacquire: true }),
      ({ code, status, details, message }: RowlockError) => {
        assert.deepEqual([code, status, details.booking], ['already_confirmed', 409, booking])
        assert.match(message, /already confirmed, for "p1"/)
        return true
      },
    )
  })

  test('with a reference, where there was none, is refused as well', async () => {
    const show = await createShowOn(server)
    const hold = await shopper.holdSeats(show, { seats: ['A1'] })
    await shopper.confirmHold(show, hold.id)
    await assert.rejects(shopper.confirmHold(show, hold.id, { reference: 'p1' }), {
      code: 'already_confirmed',
    })
  })
})

test('a show on a plan that is not there is refused for its plan, not for its key', async () => {
  const { seats: _, ...show } = { ...HAMLET, key: newUuid(), startsAt: '2030-12-01T19:00Z' }
  await assert.rejects(
    operator.createShow({ ...show, plan: `plan_${'0'.repeat(32)}` }),
    ({ code, message }: RowlockError) => {
      assert.equal(code, 'plan_unknown')
      assert.doesNotMatch(message, /key/)
      return true
    },
  )
})

test('instants need no seconds, but an offset, and a day that there is', async () => {
  const show = (startsAt: string) => operator.createShow({ ...HAMLET, key: newUuid(), startsAt })
  assert.equal((await show('2030-12-01T19:00+01:00')).startsAt, '2030-12-01T18:00:00.000Z')
  for (const wrong of ['2030-12-01T19:00', '2030-02-30T19:00Z', '2030-12-01', '7 pm']) {
    await assert.rejects(show(wrong), ({ code, details }: RowlockError) => {
      assert.equal(code, 'invalid_request')
      assert.match(details.mistakes?.[0]?.message ?? '', /^must be an instant with Z or an offset/)
      return true
    })
  }
})

const HAMLET = { title: 'Hamlet', seats: ['A1'] }
