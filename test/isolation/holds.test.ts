/**
 * Two who do something to one hold, step by step; each race a second time on a kernel that was
 * broken on purpose.
 *
 * Promise 6.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { command, type Kernel, type Session, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'
import {
  brokenKernel,
  CLOCK_BEFORE_LOCK,
  TIME_RUNS_BACK,
  told,
  WITHOUT_CHAIN,
  WITHOUT_COUNT,
  WITHOUT_GUARD,
  WITHOUT_LOCK,
  WITHOUT_OWNER,
  WITHOUT_VERSIONS,
} from './broken-kernel.ts'

const kernel = await useKernel('isolation holds')
await useTestClock(kernel.owner)

/** Two sessions, and a hold of one minute on seat 0. */
interface Stage {
  readonly where: Kernel
  readonly showId: number
  readonly hold: string
  readonly one: Session
  readonly two: Session
}

async function stage(where: Kernel): Promise<Stage> {
  const showId = await where.createShow(1)
  const [one, two] = [await where.session(), await where.session()]
  const hold = command('hold', showId, { seats: [0], hold_seconds: 60 })
  assert.equal((await one.one(hold)).code, 'done')
  return { where, showId, hold: hold.hold_id, one, two }
}

/** Tells what both were told when the second came while the first had not committed. */
async function inTurn(
  { where, showId, hold, one, two }: Stage,
  first: 'confirm' | 'release' | 'extend',
  second: 'confirm' | 'release' | 'extend',
) {
  await one.begin()
  const answer = await told(one.one(command(first, showId, { hold_id: hold })))
  const later = told(two.one(command(second, showId, { hold_id: hold })))
  await two.untilWaiting()
  await one.commit()
  const settled = await later
  const broken = (await where.violations(showId)).map(({ rule }) => rule)
  return { first: answer, second: settled, broken }
}

test('a confirm that comes while a release is under way finds the hold released', async () => {
  const result = await inTurn(await stage(kernel), 'release', 'confirm')
  assert.deepEqual(result, { first: 'done', second: 'hold_released', broken: [] })
})

test('a release that comes while a confirm is under way leaves the booking alone', async () => {
  const result = await inTurn(await stage(kernel), 'confirm', 'release')
  assert.deepEqual(result, { first: 'done', second: 'hold_confirmed', broken: [] })
})

test('even without the lock, who does not own the claim any more is stopped', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK])
  const result = await inTurn(await stage(broken), 'release', 'confirm')
  assert.equal(result.first, 'done')
  assert.match(result.second, /rowlock.write: 0 of 1 seats/)
  assert.deepEqual(result.broken, [])
})

test('even without lock and versions, the chain of the hold stops the second', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_VERSIONS])
  const result = await inTurn(await stage(broken), 'extend', 'extend')
  assert.equal(result.first, 'done')
  assert.match(result.second, /journal_chain/)
  assert.deepEqual(result.broken, [])
})

test('without the lock, a batch that confirms a hold finds that its seats are gone', async (t) => {
  const broken = await brokenKernel(t, [WITHOUT_LOCK], [WITHOUT_CHAIN])
  const { showId, hold, one, two } = await stage(broken)
  await one.begin()
  await one.one(command('release', showId, { hold_id: hold }))
  const [confirm, other] = [
    command('confirm', showId, { hold_id: hold }),
    command('block', showId, { seats: [-1] }),
  ]
  const answer = told(two.apply(confirm, other).then(() => ({ code: 'done' })))
  await two.untilWaiting()
  await one.commit()
  assert.match(await answer, /error: rowlock.write: 0 of 1 seats/)
})

test('control: without lock, count and keys a hold is both released and booked', async (t) => {
  const broken = await brokenKernel(
    t,
    [WITHOUT_LOCK, WITHOUT_COUNT],
    [WITHOUT_CHAIN, WITHOUT_VERSIONS],
  )
  const result = await inTurn(await stage(broken), 'release', 'confirm')
  assert.deepEqual([result.first, result.second], ['done', 'done'])
  assert.ok(result.broken.includes('the entries of a hold are a chain'))
})

test('two confirms at once are one booking', async () => {
  const place = await stage(kernel)
  const result = await inTurn(place, 'confirm', 'confirm')
  assert.deepEqual(result, { first: 'done', second: 'already', broken: [] })
  const again = await place.two.one(
    command('confirm', place.showId, { hold_id: place.hold, reference: 'another' }),
  )
  assert.equal(again.code, 'already')
  assert.equal(again.kind, 'confirm')
})

test('control: without lock, guard and keys the hold is booked twice', async (t) => {
  const broken = await brokenKernel(
    t,
    [WITHOUT_LOCK],
    [WITHOUT_CHAIN, WITHOUT_VERSIONS, WITHOUT_GUARD],
  )
  const result = await inTurn(await stage(broken), 'confirm', 'confirm')
  assert.deepEqual([result.first, result.second], ['done', 'done'])
  assert.ok(result.broken.includes('a hold is booked once'))
})

/** The confirm is sent in time, and waits until the hold has run out. */
async function confirmAgainstExpiry({ where, showId, hold, one, two }: Stage): Promise<string> {
  await two.lock(showId)
  await advanceClock(where.owner, 59)
  const answer = told(one.one(command('confirm', showId, { hold_id: hold })))
  await one.untilWaiting()
  await advanceClock(where.owner, 2)
  await two.commit()
  return answer
}

test('a confirm that had to wait until the hold ran out is refused', async () => {
  assert.equal(await confirmAgainstExpiry(await stage(kernel)), 'hold_expired')
})

test('control: with the clock read before the lock it confirms an expired hold', async (t) => {
  const broken = await brokenKernel(t, CLOCK_BEFORE_LOCK)
  assert.equal(await confirmAgainstExpiry(await stage(broken)), 'done')
})

/** Its seat is taken over while the extend waits; then the clock jumps back. */
async function againstTakeover(
  { where, showId, hold, one, two }: Stage,
  kind: 'extend' | 'confirm',
): Promise<{ second: string; broken: string[] }> {
  await advanceClock(where.owner, 61)
  await one.begin()
  assert.equal((await one.one(command('hold', showId, { seats: [0] }))).code, 'done')
  await advanceClock(where.owner, -30)
  const later = told(two.one(command(kind, showId, { hold_id: hold })))
  await two.untilWaiting()
  await one.commit()
  const second = await later
  return { second, broken: (await where.violations(showId)).map(({ rule }) => rule) }
}

for (const kind of ['extend', 'confirm'] as const) {
  test(`the seat was taken over: ${kind} is refused, even when the clock jumps back`, async () => {
    const result = await againstTakeover(await stage(kernel), kind)
    assert.deepEqual(result, { second: 'hold_expired', broken: [] })
  })

  test(`control: when the show's time runs back, ${kind} finds another's seat`, async (t) => {
    const broken = await brokenKernel(t, [TIME_RUNS_BACK])
    const result = await againstTakeover(await stage(broken), kind)
    assert.match(result.second, /error: rowlock.write: 0 of 1 seats/)
  })

  test(`control: without an owner either, ${kind} takes the next one's seat`, async (t) => {
    const broken = await brokenKernel(t, [TIME_RUNS_BACK, WITHOUT_OWNER])
    const result = await againstTakeover(await stage(broken), kind)
    assert.equal(result.second, 'done')
    assert.ok(result.broken.includes('a seat has one owner in the journal'))
  })
}

test('a release that had to wait until its seat was taken over leaves the new owner', async () => {
  const { where, showId, hold, one, two } = await stage(kernel)
  await advanceClock(where.owner, 61)
  await one.begin()
  const next = command('hold', showId, { seats: [0] })
  assert.equal((await one.one(next)).code, 'done')
  const later = two.one(command('release', showId, { hold_id: hold }))
  await two.untilWaiting()
  await one.commit()
  assert.deepEqual((await later).freed ?? [], [])
  const { rows } = await where.owner.query(
    'select hold_id from rowlock.claims where show_id = $1',
    [showId],
  )
  assert.deepEqual(rows, [{ hold_id: next.hold_id }])
  assert.deepEqual(await where.violations(showId), [])
})

test('the same request twice in one batch has one effect', async () => {
  const showId = await kernel.createShow(4)
  const session = await kernel.session()
  const once = command('hold', showId, { seats: [0] })
  const again = { ...once, hold_id: newUuid() }
  const [first, second] = await session.apply(once, again)
  assert.deepEqual([first?.code, first?.replayed], ['done', false])
  assert.deepEqual([second?.code, second?.replayed], ['done', true])
  assert.equal(second?.hold_id, first?.hold_id)
  const other = command('hold', showId, { seats: [1] })
  const reused = command('hold', showId, { seats: [2], request_id: other.request_id })
  const codes = (await session.apply(other, reused)).map(({ code }) => code)
  assert.deepEqual(codes, ['done', 'idempotency_key_reused'])
  assert.deepEqual(await kernel.violations(showId), [])
})

test('in a batch, too, a booking is no hold: it stays booked, whoever asks', async () => {
  const showId = await kernel.createShow(4)
  const session = await kernel.session()
  const holds = [0, 1, 2].map((seat) => command('hold', showId, { seats: [seat] }))
  await session.apply(...holds)
  const ids = holds.map(({ hold_id }) => hold_id)
  const [first, second, third] = ids as [string, string, string]
  const confirm = (hold_id: string) => command('confirm', showId, { hold_id })
  const release = (hold_id: string) => command('release', showId, { hold_id })
  await session.apply(confirm(first), confirm(second))
  const answers = await session.apply(confirm(first), release(second), confirm(third))
  const codes = answers.map(({ code }) => code)
  assert.deepEqual(codes, ['already', 'hold_confirmed', 'done'])
  assert.deepEqual(await kernel.violations(showId), [])
})
