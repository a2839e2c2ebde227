/** The best seats and places at the edges: houses of no seat, plans that grow, odd asks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { by, createShow, useServer } from '../support/engines.ts'
import { command, SHOW, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('best seats')
const server = await useServer(kernel.database.settings)
const other = await useServer(kernel.database.settings)
const box = {
  caller: {
    scope: 'box',
    actor: 'box',
    owner: null,
    boxOffice: true,
    seller: true,
    heldSeatsMax: null,
  },
  idempotencyKey: null,
}
const best = (quantity: number) => ({ best: { quantity } })
const pair = ['A1', 'A2']

interface Seat {
  readonly label: string
  readonly section?: string
  readonly accessible?: boolean
}

/** A show on a plan with a standing section "A" and a category of the same name. */
async function createHouse(seats: readonly Seat[], terms: Partial<typeof SHOW> = {}) {
  const { value: venue } = await server.createVenue(box, { name: 'A house' })
  const source = {
    categories: [{ key: 'standard' }, { key: 'A' }],
    sections: [
      { key: 'A', generalAdmission: true },
      { key: 'empty', generalAdmission: true },
    ],
    seats,
  }
  const body = { format: 'rowlock' as const, source }
  const { value: plan } = await server.createPlan(box, venue.id, body)
  const key = newUuid()
  const startsAt = '2030-01-01T20:00:00Z'
  const show = { ...SHOW, title: 'A play', startsAt, ...terms, key, plan: plan.id }
  await server.createShow(box, show)
  return key
}

async function refusal(answer: Promise<unknown>) {
  const error = await answer.then(
    () => assert.fail('it was done'),
    (reason) => reason,
  )
  return { code: error.code, limit: error.details.limit, detail: error.details.detail }
}

const NOTHING = {
  code: 'not_enough_seats',
  limit: 0,
  detail: 'No seats left.',
}

/** Examples of docs/concepts/best-available.md. */
const EXAMPLES = {
  1: ['B4'],
  2: ['A5', 'A6'],
  3: ['B3', 'B4', 'B5'],
  6: ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'],
  9: ['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'A5', 'A6'],
}

test('the examples of the documentation are true', async () => {
  const show = await createShow(server, { rows: 'A-B', seatsPerRow: 8 })
  await server.blockSeats(box, show, { seats: ['A3', 'A4', 'A7'], reason: 'taken' })
  for (const [quantity, seats] of Object.entries(EXAMPLES)) {
    const { value } = await server.holdSeats(by('Alice'), show, best(Number(quantity)))
    assert.deepEqual(value.seats, seats)
    assert.equal(value.together, seats.length < 9)
    await server.releaseHold(by('Alice'), show, value.id, {})
  }
})

test('a house without seats has none to give, and then it has', async () => {
  const show = await createShow(server, [])
  assert.deepEqual(await refusal(server.holdSeats(by('Alice'), show, best(1))), NOTHING)
  assert.deepEqual(await refusal(server.bookSeats(by('Alice'), show, best(1))), NOTHING)
  await server.addSeats(box, show, { seats: pair })
  const { value } = await server.holdSeats(by('Alice'), show, best(2))
  assert.deepEqual(value.seats, pair)
  assert.equal(value.together, true)
})

test('a house of one seat', async () => {
  const show = await createShow(server, ['A1'])
  const { code } = await refusal(server.holdSeats(by('Alice'), show, best(1000)))
  assert.equal(code, 'too_many_seats')
  assert.equal((await refusal(server.holdSeats(by('Alice'), show, best(2)))).limit, 1)
  assert.deepEqual((await server.bookSeats(by('Alice'), show, best(1))).value.seats, ['A1'])
  assert.deepEqual(await refusal(server.holdSeats(by('Bob'), show, best(1))), NOTHING)
})

test('seats that were added elsewhere are named by their labels', async () => {
  const show = await createShow(server, pair)
  assert.deepEqual((await other.holdSeats(by('Alice'), show, best(2))).value.seats, pair)
  const seats = ['B1', 'B2', 'B3']
  await server.addSeats(box, show, { seats })
  const { value: hold } = await other.holdSeats(by('Bob'), show, best(3))
  assert.deepEqual(hold.seats, seats)
  await server.addSeats(box, show, { seats: ['C1'] })
  const { value: last } = await server.holdSeats(by('Carol'), show, best(1))
  assert.deepEqual((await other.getHold(box.caller, show, last.id)).seats, ['C1'])
  await server.addSeats(box, show, { seats: ['D1'] })
  const { value: booking } = await server.bookSeats(by('Dan'), show, best(1))
  assert.deepEqual((await other.getBooking(box.caller, show, booking.id)).seats, ['D1'])
})

test('an orphan among seats that were added elsewhere is named by its label', async () => {
  const show = await createShow(server, pair, { refuseOrphans: true })
  await other.getHold(box.caller, show, 'hold_').catch(() => {})
  await server.addSeats(box, show, { seats: ['B1', 'B2', 'B3'] })
  const answer = other.holdSeats(by('Alice'), show, { seats: ['B1', 'B2'] })
  await assert.rejects(answer, { code: 'orphan_left', message: /: B3\./ })
})

test('the same key gets the same seats, and a refused sale stays refused', async () => {
  const show = await createShow(server, { rows: 'A', seatsPerRow: 5 })
  const asked = by('Alice', newUuid())
  const first = await server.holdSeats(asked, show, best(2))
  await other.releaseHold(by('Alice'), show, first.value.id, {})
  const again = await other.holdSeats(asked, show, best(2))
  assert.deepEqual([again.replayed, again.value.seats], [true, first.value.seats])
  const sale = by('Bob', newUuid())
  const { value: rest } = await server.holdSeats(by('Carol'), show, best(4))
  const refused = await refusal(server.bookSeats(sale, show, best(2)))
  assert.equal(refused.limit, 1)
  await server.releaseHold(by('Carol'), show, rest.id, {})
  assert.deepEqual(await refusal(other.bookSeats(sale, show, best(2))), refused)
  const { value } = await other.bookSeats(by('Bob'), show, best(2))
  assert.equal(value.seats.length, 2)
})

test('a category is not taken for the section of the same name', async () => {
  const show = await createHouse([{ label: 'A1' }, { label: 'F1', section: 'A' }])
  const inCategory = server.holdSeats(by('Alice'), show, { best: { quantity: 1, category: 'A' } })
  assert.deepEqual(await refusal(inCategory), NOTHING)
  const inSection = await server.holdSeats(by('Alice'), show, {
    best: { quantity: 1, section: 'A' },
  })
  assert.deepEqual(inSection.value.seats, ['F1'])
})

test('a section without any place has none left', async () => {
  const show = await createHouse([{ label: 'A1' }])
  const places = [{ section: 'empty', quantity: 1 }]
  const { code, limit } = await refusal(server.holdSeats(by('Alice'), show, { places }))
  assert.deepEqual({ code, limit }, { code: 'not_enough_seats', limit: 0 })
})

test('places are given although one is left alone, where that is refused', async () => {
  const seats = ['F1', 'F2', 'F3', 'F4'].map((label) => ({ label, section: 'A' }))
  const show = await createHouse(seats, { refuseOrphans: true })
  const places = [{ section: 'A', quantity: 3 }]
  const { value } = await server.holdSeats(by('Alice'), show, { places })
  assert.deepEqual(value.seats, ['F1', 'F2', 'F3'])
  const { value: last } = await server.bookSeats(by('Bob'), show, { seats: ['F4'] })
  assert.equal(last.together, true)
})

test('places that lie apart are together all the same', async () => {
  const seats = ['F1', 'F2', 'F3'].map((label) => ({ label, section: 'A' }))
  const show = await createHouse([...seats, { label: 'B1' }])
  await server.holdSeats(by('Bob'), show, { seats: ['F2'] })
  const places = [{ section: 'A', quantity: 2 }]
  const { value } = await server.holdSeats(by('Alice'), show, { places })
  assert.deepEqual([value.seats, value.together], [['F1', 'F3'], true])
  await server.releaseHold(by('Alice'), show, value.id, {})
  const { value: mixed } = await server.holdSeats(by('Alice'), show, { places, seats: ['B1'] })
  assert.equal(mixed.together, false)
})

test('a section named twice gives different places, though only psql can ask so', async () => {
  const seats = ['F1', 'F2', 'F3', 'F4'].map((label) => ({ label, section: 'A' }))
  const key = await createHouse(seats)
  const { rows } = await kernel.owner.query<{ show_id: number }>(
    'select show_id::int from rowlock.shows where key = $1',
    [key],
  )
  const showId = rows[0]?.show_id as number
  const session = await kernel.session()
  const twice = (quantity: number) => [
    { section: 'A', quantity },
    { section: 'A', quantity: 2 },
  ]
  const hold = command('hold', showId, { places: twice(2) })
  assert.deepEqual((await session.one(hold)).seats, [0, 1, 2, 3])
  const release = { hold_id: hold.hold_id }
  const tooMany = command('release', showId, { ...release, places: twice(3) })
  assert.deepEqual((await session.one(tooMany)).obstacles, { section: 'A', limit: 4 })
  const some = command('release', showId, { ...release, places: twice(1) })
  assert.deepEqual((await session.one(some)).seats, [0])
  assert.deepEqual(await kernel.violations(showId), [])
})
