/**
 * Two tabs with one hold, and two who hand on one booking, step by step; each race a second time on
 * a kernel that was broken on purpose.
 *
 * Promises 1 and 6.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { command, type Kernel, type Session, useKernel } from '../support/kernel.ts'
import { useTestClock } from '../support/test-clock.ts'
import {
  brokenKernel,
  told,
  WITHOUT_CHAIN,
  WITHOUT_COUNT,
  WITHOUT_LOCK,
  WITHOUT_VERSIONS,
} from './broken-kernel.ts'

const kernel = await useKernel('isolation changes')
await useTestClock(kernel.owner)

interface Stage {
  readonly where: Kernel
  readonly showId: number
  readonly one: Session
  readonly two: Session
}

async function stage(where: Kernel): Promise<Stage> {
  const showId = await where.createShow(5)
  return { where, showId, one: await where.session(), two: await where.session() }
}

/** Tells what both were told when the second came while the first had not committed. */
async function inTurn({ where, showId, one, two }: Stage, first: Command, second: Command) {
  await one.begin()
  const answer = await told(one.one(first))
  const later = told(two.one(second))
  await two.untilWaiting()
  await one.commit()
  const settled = await later
  const broken = (await where.violations(showId)).map(({ rule }) => rule)
  return { first: answer, second: settled, broken }
}

async function seatsOf({ where, showId }: Stage, holdId: string): Promise<number[]> {
  const { rows } = await where.owner.query<{ seat_no: number }>(
    `select seat_no from rowlock.claims
     where show_id = $1 and hold_id = $2 and until > rowlock.clock() order by seat_no`,
    [showId, holdId],
  )
  return rows.map(({ seat_no }) => seat_no)
}

async function holdOf({ one, showId }: Stage, seats: readonly number[]): Promise<string> {
  const hold = command('hold', showId, { seats })
  assert.equal((await one.one(hold)).code, 'done')
  return hold.hold_id
}

async function bookingOf({ one, showId }: Stage, seats: readonly number[]): Promise<string> {
  const book = command('book', showId, { seats, holder: 'Alice' })
  assert.equal((await one.one(book)).code, 'done')
  return book.hold_id
}

const change = ({ showId }: Stage, hold: string, fields: Partial<Command>) =>
  command('change', showId, { hold_id: hold, ...fields })

const transfer = ({ showId }: Stage, booking: string, holder: string, seats: readonly number[]) =>
  command('transfer', showId, { hold_id: booking, holder, seats, to_hold: newUuid() })

test('two tabs that each add a seat to one hold both have it', async () => {
  const place = await stage(kernel)
  const hold = await holdOf(place, [0])
  const [first, second] = [[1], [2]].map((to_seats) => change(place, hold, { to_seats }))
  const result = await inTurn(place, first as Command, second as Command)
  assert.deepEqual(result, { first: 'done', second: 'done', broken: [] })
  assert.deepEqual(await seatsOf(place, hold), [0, 1, 2])
})

test('a tab that adds what the other one drops has it in the end', async () => {
  const place = await stage(kernel)
  const hold = await holdOf(place, [0, 1])
  const drop = change(place, hold, { seats: [0], to_seats: [2] })
  const add = change(place, hold, { seats: [1], to_seats: [0] })
  const result = await inTurn(place, drop, add)
  assert.deepEqual(result, { first: 'done', second: 'done', broken: [] })
  assert.deepEqual(await seatsOf(place, hold), [0, 2])
})

test('a seat that is dropped goes to who waits for it, and comes back to nobody', async () => {
  const place = await stage(kernel)
  const hold = await holdOf(place, [0, 1])
  const drop = change(place, hold, { seats: [0] })
  const other = command('book', place.showId, { seats: [0] })
  const result = await inTurn(place, drop, other)
  assert.deepEqual(result, { first: 'done', second: 'done', broken: [] })
  const again = await place.one.one(change(place, hold, { to_seats: [0] }))
  assert.equal(again.code, 'seats_unavailable')
})

test('a change that comes while a confirm is under way leaves the booking alone', async () => {
  const place = await stage(kernel)
  const hold = await holdOf(place, [0])
  const confirm = command('confirm', place.showId, { hold_id: hold })
  const result = await inTurn(place, confirm, change(place, hold, { to_seats: [1] }))
  assert.deepEqual(result, { first: 'done', second: 'hold_confirmed', broken: [] })
})

test('what a hold keeps is not written, let alone free for a moment', async () => {
  const place = await stage(kernel)
  const hold = await holdOf(place, [0, 1])
  const claims = await kernel.tableOf('claims')
  const rowOf = async (seat: number) => {
    const { rows } = await place.where.owner.query(
      `select xmin::text, ctid::text from ${claims} where show_id = $1 and seat_no = $2`,
      [place.showId, seat],
    )
    return rows[0]
  }
  const before = await rowOf(1)
  await place.one.one(change(place, hold, { seats: [0], to_seats: [2] }))
  assert.deepEqual(await seatsOf(place, hold), [1, 2])
  assert.deepEqual(await rowOf(1), before)
})

test('even without lock and versions, the chain stops the second tab', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_VERSIONS])
  const place = await stage(broken)
  const hold = await holdOf(place, [0])
  const [first, second] = [[1], [2]].map((to_seats) => change(place, hold, { to_seats }))
  const result = await inTurn(place, first as Command, second as Command)
  assert.equal(result.first, 'done')
  assert.match(result.second, /journal_chain/)
  assert.deepEqual(result.broken, [])
})

test('control: without lock and keys one tab loses the seat of the other', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_CHAIN, WITHOUT_VERSIONS])
  const place = await stage(broken)
  const hold = await holdOf(place, [0])
  await place.one.begin()
  await place.one.one(change(place, hold, { to_seats: [1] }))
  assert.equal(await told(place.two.one(change(place, hold, { to_seats: [2] }))), 'done')
  await place.one.commit()
  const rules = (await broken.violations(place.showId)).map(({ rule }) => rule)
  assert.ok(rules.includes('replaying the journal gives the claims'), rules.join())
})

test('of two who are handed the same seat, the second gets nothing', async () => {
  const place = await stage(kernel)
  const booking = await bookingOf(place, [0, 1])
  const [bob, carol] = ['Bob', 'Carol'].map((holder) => transfer(place, booking, holder, [0]))
  const result = await inTurn(place, bob as Command, carol as Command)
  assert.deepEqual(result, { first: 'done', second: 'seats_not_in_booking', broken: [] })
  assert.deepEqual(await seatsOf(place, (bob as Command).to_hold as string), [0])
})

test('what is cancelled meanwhile is handed on to nobody', async () => {
  const place = await stage(kernel)
  const booking = await bookingOf(place, [0, 1])
  const cancel = command('cancel', place.showId, { hold_id: booking })
  const result = await inTurn(place, cancel, transfer(place, booking, 'Bob', [0]))
  assert.deepEqual(result, { first: 'done', second: 'booking_cancelled', broken: [] })
})

test('even without the lock, who does not own the seat any more hands nothing on', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_CHAIN, WITHOUT_VERSIONS])
  const place = await stage(broken)
  const booking = await bookingOf(place, [0, 1])
  const [bob, carol] = ['Bob', 'Carol'].map((holder) => transfer(place, booking, holder, [0]))
  const result = await inTurn(place, bob as Command, carol as Command)
  assert.match(result.second, /rowlock.write: 0 of 1 seats/)
  assert.deepEqual(result.broken, [])
})

test('even without lock, count and chain, the key of the seat stops the second', async (t) => {
  const broken = await brokenKernel(
    t,
    [WITHOUT_LOCK, WITHOUT_COUNT],
    [WITHOUT_CHAIN, WITHOUT_VERSIONS],
  )
  const place = await stage(broken)
  const booking = await bookingOf(place, [0, 1])
  const [bob, carol] = ['Bob', 'Carol'].map((holder) => transfer(place, booking, holder, [0]))
  const result = await inTurn(place, bob as Command, carol as Command)
  assert.equal(result.first, 'done')
  assert.match(result.second, /claims_pkey/)
  assert.deepEqual(result.broken, [])
})

test('control: without lock and chain a booking is handed on to two', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_CHAIN, WITHOUT_VERSIONS])
  const place = await stage(broken)
  const booking = await bookingOf(place, [0, 1])
  const [bob, carol] = ['Bob', 'Carol'].map((holder) => transfer(place, booking, holder, [0, 1]))
  await place.one.begin()
  assert.equal(await told(place.one.one(bob as Command)), 'done')
  assert.equal(await told(place.two.one(carol as Command)), 'done')
  await place.one.commit()
  const rules = (await broken.violations(place.showId)).map(({ rule }) => rule)
  assert.ok(rules.includes('the entries of a hold are a chain'), rules.join())
})
