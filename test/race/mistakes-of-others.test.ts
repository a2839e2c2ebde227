/**
 * Test of what real booking systems got wrong, each by its name: the project that had it and what
 * happened there. Through two servers, as it would happen.
 */
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, shopper, tally, useServer } from '../support/engines.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const database = await useTestDatabase('mistakes of others')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const here = await useServer(database.settings)
const there = await useServer(database.settings)
const housekeeper = await useServer({ ...database.settings, target: database.owner, role: null })
let show = ''

beforeEach(async () => {
  show = await createShow(here, ['A1', 'A2', 'A3'], { holdSeconds: 60 })
})

async function hold(name: string, seats: string[], engine = here): Promise<string> {
  return (await engine.holdSeats(by(name), show, { seats })).value.id
}

async function statuses(): Promise<string> {
  return (await there.getStatuses(show)).read().statuses
}

test('eventyay 1359, Attendize 473: the last seats are sold once, whoever presses', async () => {
  const told = await Promise.all(
    Array.from({ length: 60 }, (_, index) => {
      const engine = index % 2 === 0 ? here : there
      const seats = [['A1'], ['A2', 'A3'], ['A1', 'A2', 'A3']][index % 3] as string[]
      return codeOf(engine.bookSeats(by(`shopper ${index}`), show, { seats }))
    }),
  )
  assert.equal(await statuses(), 'bbb')
  assert.ok((tally(told).done ?? 0) <= 2)
})

test('LibreBooking 147: of two who press at once, not both are told yes', async () => {
  const told = await Promise.all(
    [here, there].map((engine, index) => {
      return codeOf(engine.holdSeats(by(`user ${index}`), show, { seats: ['A1'] }))
    }),
  )
  assert.deepEqual(told.toSorted(), ['done', 'seats_unavailable'])
})

test('hoangdaochuz/booking 27: two tabs of one user exclude each other, too', async () => {
  const told = await Promise.all(
    [here, there].map((engine) => {
      return codeOf(engine.holdSeats(by('Alice'), show, { seats: ['A1'], holder: 'Alice' }))
    }),
  )
  assert.deepEqual(told.toSorted(), ['done', 'seats_unavailable'])
})

test("hoangdaochuz/booking 31: late clean-up and payment leave the next owner's seat", async () => {
  const old = await hold('Alice', ['A1'])
  await advanceClock(owner, 61)
  const next = await hold('Bob', ['A1'], there)
  assert.equal(await codeOf(here.confirmHold(by('Alice'), show, old, {})), 'hold_expired')
  await here.releaseHold(by('Alice'), show, old, {})
  await housekeeper.pruneShow(show, 0)
  assert.equal(await statuses(), 'haa')
  await there.confirmHold(by('Bob'), show, next, {})
  await here.releaseHold(by('Alice'), show, old, {})
  assert.equal(await statuses(), 'baa')
})

test('events-made-easy 496, odoo 173809: paid after expiry, the same seats or none', async () => {
  const [free, gone] = [await hold('Alice', ['A1']), await hold('Bob', ['A2'])]
  await advanceClock(owner, 61)
  await hold('Carol', ['A2'], there)
  const body = { reacquire: true, reference: 'paid late' }
  const { value: booking } = await here.confirmHold(by('Alice'), show, free, body)
  assert.deepEqual(booking.seats, ['A1'])
  const refused = codeOf(here.confirmHold(by('Bob'), show, gone, body))
  assert.equal(await refused, 'seats_unavailable')
  assert.equal(await statuses(), 'bha')
})

test('kompassi 1016: a payment does not bring a cancelled booking back to life', async () => {
  const id = await hold('Alice', ['A1'])
  const { value: booking } = await here.confirmHold(by('Alice'), show, id, {})
  await there.cancelBooking(by('box office'), show, booking.id, {})
  const { value: again, changed } = await here.confirmHold(by('Alice'), show, id, {})
  assert.deepEqual([changed, again.seats], [false, []])
  assert.notEqual(again.cancelledAt, null)
  assert.equal(await statuses(), 'aaa')
})

test('Hi.Events 466: cancelling frees the seats at once', async () => {
  const { value: booking } = await here.bookSeats(by('Alice'), show, { seats: ['A1', 'A2'] })
  await here.cancelBooking(by('box office'), show, booking.id, { seats: ['A2'] })
  assert.equal(await statuses(), 'baa')
  await hold('Bob', ['A2'], there)
})

test('Hi.Events 224: cancelling twice counts once', async () => {
  const { value: booking } = await here.bookSeats(by('Alice'), show, { seats: ['A1'] })
  const cancel = (engine: typeof here) => {
    return engine.cancelBooking(by('box office'), show, booking.id, {})
  }
  const answers = await Promise.all([cancel(here), cancel(there), cancel(here)])
  assert.equal(answers.filter(({ changed }) => changed).length, 1)
  const { counts } = (await there.getAvailability(show)).read()
  assert.deepEqual(counts, { total: 3, available: 3, held: 0, booked: 0, blocked: 0 })
})

test('Gimhae-Yay 848: only the clock of the database says when a hold ends', async () => {
  const { value } = await here.holdSeats(by('Alice'), show, { seats: ['A1'] })
  // As if the database were an hour ahead of the servers.
  await advanceClock(owner, 3600)
  assert.equal((await there.getHold(shopper('anybody'), show, value.id)).status, 'expired')
  const late = await here.holdSeats(by('Bob'), show, { seats: ['A1'] })
  assert.equal(late.value.secondsLeft, 60)
  await advanceClock(owner, -3600)
})

test('seatreg 34: nobody blocks every seat, neither for ever nor beyond the limit', async () => {
  show = await createShow(here, ['A1', 'A2', 'A3'], { maxSeatsPerHolder: 2, holdSeconds: 60 })
  const all = { seats: ['A1', 'A2', 'A3'], holder: 'Mallory' }
  assert.equal(await codeOf(here.holdSeats(by('Mallory'), show, all)), 'holder_limit_reached')
  await here.holdSeats(by('Mallory'), show, { seats: ['A1', 'A2'], holder: 'Mallory' })
  await advanceClock(owner, 61)
  assert.equal(await statuses(), 'aaa')
})

test('pretix 1575: extending again and again ends at the longest life of a hold', async () => {
  const terms = { holdSeconds: 60, holdSecondsMax: 60, holdLifeSecondsMax: 300 }
  show = await createShow(here, ['A1', 'A2', 'A3'], terms)
  const id = await hold('Alice', ['A1'])
  const told: string[] = []
  for (let seconds = 0; seconds <= 300; seconds += 20) {
    told.push(await codeOf(here.extendHold(by('Alice'), show, id, {})))
    await advanceClock(owner, 20)
  }
  assert.ok(told.includes('hold_life_exceeded'))
  assert.equal(told.at(-1), 'hold_expired')
  assert.equal(await statuses(), 'aaa')
})
