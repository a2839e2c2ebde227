/**
 * Two who want the same seat, step by step: one has done its work but not committed, the other is
 * seen to wait, the first commits. Each race runs a second time on a kernel that was broken on
 * purpose, and must go wrong there.
 *
 * Promise 1.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, type Kernel, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import {
  brokenKernel,
  told,
  WITHOUT_CONDITION,
  WITHOUT_GUARD,
  WITHOUT_KEY,
  WITHOUT_LOCK,
  WITHOUT_VERSIONS,
} from './broken-kernel.ts'

const kernel = await useKernel('isolation seats')
await useTestClock(kernel.owner)

/** Answers that the two were told, and which promises were broken afterwards. */
interface Result {
  readonly first: string
  readonly second: string
  readonly broken: readonly string[]
}

/** The second waits for the first, for its lock or for a key. */
async function twoHolds(where: Kernel, showId: number, waits = true): Promise<Result> {
  const [one, two] = [await where.session(), await where.session()]
  await one.begin()
  const first = await told(one.one(command('hold', showId, { seats: [0, 1] })))
  const second = told(two.one(command('hold', showId, { seats: [1, 2] })))
  if (waits) await two.untilWaiting()
  else await second
  await one.commit()
  return { first, second: await second, broken: await rules(where, showId) }
}

async function rules(where: Kernel, showId: number): Promise<string[]> {
  return (await where.violations(showId)).map(({ rule }) => rule)
}

test('of two holds on one seat, the second sees what the first has taken', async () => {
  const showId = await kernel.createShow(3)
  const result = await twoHolds(kernel, showId)
  assert.deepEqual(result, { first: 'done', second: 'seats_unavailable', broken: [] })
})

test('a batch that glanced at a taken seat takes the others only under the lock', async () => {
  const showId = await kernel.createShow(3)
  const [one, two] = [await kernel.session(), await kernel.session()]
  const hold = (seat: number) => command('hold', showId, { seats: [seat] })
  await one.one(hold(2))
  await one.begin()
  await one.one(hold(0))
  const answers = two.apply(hold(2), hold(0), hold(1))
  await two.untilWaiting()
  await one.commit()
  assert.deepEqual(
    (await answers).map(({ code }) => code),
    ['seats_unavailable', 'seats_unavailable', 'done'],
  )
})

test('a hold that waits gets the seat when the one before it is rolled back', async () => {
  const showId = await kernel.createShow(1)
  const [one, two] = [await kernel.session(), await kernel.session()]
  await one.begin()
  await one.one(command('hold', showId, { seats: [0] }))
  const second = told(two.one(command('hold', showId, { seats: [0] })))
  await two.untilWaiting()
  await one.rollback()
  assert.equal(await second, 'done')
})

test('even without the lock, the key of the claims stops the second hold', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK])
  const result = await twoHolds(broken, await broken.createShow(3))
  assert.equal(result.first, 'done')
  assert.match(result.second, /error: .*claims_pkey/)
  assert.deepEqual(result.broken, [])
})

test('even without the lock, the key of the claims stops a second batch of holds', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK])
  const showId = await broken.createShow(3)
  const [one, two] = [await broken.session(), await broken.session()]
  const batch = () => [0, 1].map((seat) => command('hold', showId, { seats: [seat] }))
  await one.begin()
  await one.apply(...batch())
  const second = two.apply(...batch().toReversed()).then(([outcome]) => ({ ...outcome, code: '' }))
  const answer = told(second)
  await two.untilWaiting()
  await one.commit()
  assert.match(await answer, /error: .*claims_pkey/)
  assert.deepEqual(await broken.violations(showId), [])
})

test('control: without lock and keys both holds are told yes', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_KEY, WITHOUT_VERSIONS])
  const result = await twoHolds(broken, await broken.createShow(3), false)
  assert.equal(result.first, 'done')
  assert.equal(result.second, 'done')
  assert.ok(result.broken.includes('a seat has one owner in the journal'))
})

/** A hold that has run out, on the seat that both want. */
async function expiredHold(where: Kernel, showId: number): Promise<string> {
  const session = await where.session()
  const hold = command('hold', showId, { seats: [1], hold_seconds: 60 })
  assert.equal((await session.one(hold)).code, 'done')
  await advanceClock(where.owner, 61)
  return hold.hold_id
}

async function twoTakeovers(where: Kernel, showId: number): Promise<Result> {
  await expiredHold(where, showId)
  return twoHolds(where, showId)
}

test('of two who take over an expired claim, one gets it', async () => {
  const result = await twoTakeovers(kernel, await kernel.createShow(3))
  assert.deepEqual(result, { first: 'done', second: 'seats_unavailable', broken: [] })
})

test('control: without lock, condition and key both take the expired claim', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK, WITHOUT_CONDITION], [WITHOUT_VERSIONS])
  const result = await twoTakeovers(broken, await broken.createShow(3))
  assert.equal(result.second, 'done')
  assert.ok(result.broken.includes('a seat has one owner in the journal'))
})

/** Confirmed just before it ran out, but committed only after somebody saw that it had. */
async function holdAgainstExpiry(where: Kernel, showId: number): Promise<Result> {
  const [one, two] = [await where.session(), await where.session()]
  const hold = command('hold', showId, { seats: [0], hold_seconds: 60 })
  await one.one(hold)
  await advanceClock(where.owner, 59)
  await one.begin()
  const first = await told(one.one(command('confirm', showId, { hold_id: hold.hold_id })))
  await advanceClock(where.owner, 2)
  const second = told(two.one(command('hold', showId, { seats: [0] })))
  await two.untilWaiting()
  await one.commit()
  return { first, second: await second, broken: await rules(where, showId) }
}

test('a hold that saw a claim run out waits, and finds that it was booked in time', async () => {
  const result = await holdAgainstExpiry(kernel, await kernel.createShow(1))
  assert.deepEqual(result, { first: 'done', second: 'seats_unavailable', broken: [] })
})

test('control: without lock, condition, key and guard a booked seat is given away', async (t) => {
  const broken = await brokenKernel(
    t,
    [WITHOUT_LOCK, WITHOUT_CONDITION],
    [WITHOUT_GUARD, WITHOUT_VERSIONS],
  )
  const result = await holdAgainstExpiry(broken, await broken.createShow(1))
  assert.equal(result.second, 'done')
  assert.ok(result.broken.includes('a seat has one owner in the journal'))
})

test('control: the guard alone keeps a booked seat', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK, WITHOUT_CONDITION])
  const result = await holdAgainstExpiry(broken, await broken.createShow(1))
  assert.match(result.second, /changes hands only by cancel or swap/)
  assert.deepEqual(result.broken, [])
})

test('waiting for the lock does not age a hold', async () => {
  const showId = await kernel.createShow(1)
  const [gate, one] = [await kernel.session(), await kernel.session()]
  await gate.lock(showId)
  const answer = one.one(command('hold', showId, { seats: [0], hold_seconds: 60 }))
  await one.untilWaiting()
  await advanceClock(kernel.owner, 45)
  await gate.commit()
  const { until, at } = await answer
  assert.equal(Date.parse(until) - Date.parse(at), 60_000)
  const { rows } = await kernel.owner.query('select rowlock.clock() as now')
  assert.ok(Math.abs(rows[0].now.getTime() - Date.parse(at)) < 5_000)
})

test('in a stricter isolation level a stale look is an error, never a second claim', async () => {
  const showId = await kernel.createShow(1)
  const [one, two] = [await kernel.session(), await kernel.session()]
  await one.begin()
  await one.one(command('hold', showId, { seats: [0] }))
  await two.client.query("set default_transaction_isolation = 'repeatable read'")
  const second = told(two.one(command('hold', showId, { seats: [0] })))
  await two.untilWaiting()
  await one.commit()
  assert.match(await second, /error: /)
  assert.deepEqual(await kernel.violations(showId), [])
})
