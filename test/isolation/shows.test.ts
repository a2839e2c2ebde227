/**
 * Test of what the lock of a whole show is for: batches over several shows, and limits that are
 * counted.
 *
 * Promise 10.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, type Kernel, type Session, useKernel } from '../support/kernel.ts'
import { useTestClock } from '../support/test-clock.ts'
import { brokenKernel, told, WITHOUT_LOCK } from './broken-kernel.ts'

const kernel = await useKernel('isolation shows')
await useTestClock(kernel.owner)

function codesOf(outcomes: readonly { readonly code: string }[]): string[] {
  return outcomes.map(({ code }) => code)
}

/** Shows are locked in the order in which a batch names them. */
const LOCKS_AS_NAMED = [
  {
    file: 'functions/apply.sql',
    find: '    v_policies := rowlock.lock_shows(v_shows, p_waits);',
    replace: `    for v_place in 1 .. cardinality(v_open) loop
      perform from rowlock.policies as policy
      where policy.show_id = v_open[v_place].show_id for update;
    end loop;
    v_policies := rowlock.lock_shows(v_shows, p_waits);`,
  },
]

/**
 * Two batches want the same two shows, named in opposite order. A gate at each show lets them go
 * on one step at a time, so that each would hold one show when it comes to the other.
 */
async function oppositeOrders(where: Kernel): Promise<string[]> {
  const shows = [await where.createShow(2), await where.createShow(2)] as const
  const [gateOne, gateTwo] = [await where.session(), await where.session()]
  const [one, two] = [await where.session(), await where.session()]
  await one.client.query("set deadlock_timeout = '20ms'")
  await two.client.query("set deadlock_timeout = '20ms'")
  await gateOne.lock(shows[0])
  await gateTwo.lock(shows[1])
  const hold = (show: 0 | 1, seat: number) => command('hold', shows[show], { seats: [seat] })
  const told = [one.apply(hold(0, 0), hold(1, 0)), two.apply(hold(1, 1), hold(0, 1))]
  const codes = told.map((answer) =>
    answer.then(
      (outcomes) => outcomes.map(({ code }) => code).join(),
      (error: { code: string }) => error.code,
    ),
  )
  await one.untilWaiting()
  await two.untilWaiting()
  await gateOne.commit()
  await one.untilWaiting()
  await gateTwo.commit()
  return Promise.all(codes)
}

test('two batches over the same shows in opposite order do not deadlock', async () => {
  assert.deepEqual(await oppositeOrders(kernel), ['done,done', 'done,done'])
})

test('control: with locks taken as named, one of them is a deadlock', async (t) => {
  const codes = await oppositeOrders(await brokenKernel(t, LOCKS_AS_NAMED))
  assert.deepEqual(codes.toSorted(), ['40P01', 'done,done'])
})

/** Two seats each for one holder who may have three. */
async function limitFromTwoServers(where: Kernel): Promise<{ second: string; taken: number }> {
  const showId = await where.createShow(4, { seats_per_holder_max: 3 })
  const [one, two] = [await where.session(), await where.session()]
  const holder = 'Alice'
  await one.begin()
  assert.equal((await one.one(command('hold', showId, { seats: [0, 1], holder }))).code, 'done')
  const later = told(two.one(command('hold', showId, { seats: [2, 3], holder })))
  await two.untilWaiting()
  await one.commit()
  const second = await later
  const { rows } = await where.owner.query<{ taken: number }>(
    'select count(*)::int as taken from rowlock.claims where show_id = $1',
    [showId],
  )
  return { second, taken: rows[0]?.taken as number }
}

test('a holder who asks two servers at once stays within the limit', async () => {
  const result = await limitFromTwoServers(kernel)
  assert.deepEqual(result, { second: 'holder_limit_reached', taken: 2 })
})

test('control: counted before the lock, the limit is exceeded', async (t) => {
  const counted = [
    {
      file: 'functions/apply.sql',
      find: '    v_policies := rowlock.lock_shows(v_shows, p_waits);',
      replace: `    perform set_config('rowlock_test.has', (
      select count(*) from rowlock.claims as claim where claim.show_id = v_open[1].show_id
    )::text, true);
    v_policies := rowlock.lock_shows(v_shows, p_waits);`,
    },
    {
      file: 'functions/hold_seats.sql',
      find: 'if (p_at.holder).has + v_more >',
      replace: "if current_setting('rowlock_test.has')::int + v_more >",
    },
  ]
  const result = await limitFromTwoServers(await brokenKernel(t, counted))
  assert.deepEqual(result, { second: 'done', taken: 4 })
})

test('even without the lock, versions without gaps stop the second', async (t) => {
  const result = await limitFromTwoServers(await brokenKernel(t, [WITHOUT_LOCK]))
  assert.match(result.second, /journal_pkey/)
  assert.equal(result.taken, 2)
})

/** Answers what a session asks that waits for no lock; a kernel that does fails the test. */
async function atOnce<Answer>(one: Session, ask: () => Promise<Answer>): Promise<Answer> {
  await one.client.query("set lock_timeout = '2s'")
  const answer = ask()
  await assert.doesNotReject(answer)
  return await answer
}

test('a show that somebody else has locked does not keep its neighbours waiting', async () => {
  const [locked, free] = [await kernel.createShow(1), await kernel.createShow(1)]
  const [gate, one] = [await kernel.session(), await kernel.session()]
  await gate.lock(locked)
  const commands = [locked, free].map((show) => command('hold', show, { seats: [0] }))
  const told = await atOnce(one, () => one.applyAt(...commands))
  assert.deepEqual(codesOf(told), ['not_now', 'done'])
  await gate.rollback()
  assert.deepEqual(codesOf(await one.applyAt(...commands)), ['done', 'done'])
})

test('whoever wants nothing but the locked show waits for it', async () => {
  const showId = await kernel.createShow(1)
  const [gate, one] = [await kernel.session(), await kernel.session()]
  await gate.lock(showId)
  const answer = one.applyAt(command('hold', showId, { seats: [0] }))
  await one.untilWaiting()
  await gate.rollback()
  assert.deepEqual(codesOf(await answer), ['done'])
})

test('control: a kernel that passes nothing over waits with all of them', async (t) => {
  const broken = await brokenKernel(t, [
    {
      file: 'functions/apply.sql',
      find: '    for update skip locked\n',
      replace: '    for update\n',
    },
  ])
  const [locked, free] = [await broken.createShow(1), await broken.createShow(1)]
  const [gate, one] = [await broken.session(), await broken.session()]
  await gate.lock(locked)
  const commands = [locked, free].map((show) => command('hold', show, { seats: [0] }))
  const answer = one.applyAt(...commands)
  await one.untilWaiting()
  await gate.rollback()
  assert.deepEqual(codesOf(await answer), ['done', 'done'])
})

test('a batch for one show does not wait for the lock of another', async () => {
  const [locked, free] = [await kernel.createShow(1), await kernel.createShow(1)]
  const [gate, one] = [await kernel.session(), await kernel.session()]
  await gate.lock(locked)
  const hold = command('hold', free, { seats: [0] })
  assert.equal((await atOnce(one, () => one.one(hold))).code, 'done')
  await gate.rollback()
})

test('a hold on a seat that is plainly taken is refused without waiting for the lock', async () => {
  const showId = await kernel.createShow(2)
  const [gate, one] = [await kernel.session(), await kernel.session()]
  await one.one(command('book', showId, { seats: [0] }))
  await gate.lock(showId)
  const hold = command('hold', showId, { seats: [0, 1] })
  const outcome = await atOnce(one, () => one.one(hold))
  assert.equal(outcome.code, 'seats_unavailable')
  assert.deepEqual(outcome.obstacles, [{ seat: 0, reason: 'booked', until: null }])
  await gate.rollback()
})
