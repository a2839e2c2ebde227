/** Lanes: what shares a batch, what waits, and what is told when too much is asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../src/db/database.ts'
import type { Engine } from '../../src/engine/index.ts'
import type { Lanes } from '../../src/engine/lanes/lanes.ts'
import { Refusal } from '../../src/protocol/index.ts'
import { by, codeOf, createShow, tally, useServer } from '../support/engines.ts'
import { command, useKernel } from '../support/kernel.ts'
import { useLanes } from '../support/lanes.ts'
import { untilLockWaits } from '../support/lock-waits.ts'
import { mutate } from '../support/mutate.ts'

const kernel = await useKernel('lanes')
const settings = {
  ...kernel.database.settings,
  limits: { lockTimeoutMs: 20_000, statementTimeoutMs: 20_000 },
}
const gate = await kernel.session()
const SEATS = { rows: 'A-J', seatsPerRow: 10 }

async function showIdOf(show: string): Promise<number> {
  const { rows } = await kernel.owner.query(
    'select show_id::int from rowlock.shows where key = $1',
    [show],
  )
  return rows[0].show_id
}

/** Holds each of the first seats for somebody else. */
async function holdEach(engine: Engine, show: string, from: number, count: number) {
  const { items } = await engine.listSeats(show, { limit: 100 })
  const wanted = items.slice(from, from + count)
  return wanted.map(({ seat }) => codeOf(engine.holdSeats(by(seat), show, { seats: [seat] })))
}

test('commands of the same turn share one batch', async () => {
  const engine = await useServer(settings)
  const show = await createShow(engine, SEATS)
  const { batches, commands } = engine.status()
  const told = await Promise.all(await holdEach(engine, show, 0, 50))
  assert.deepEqual(tally(told), { done: 50 })
  assert.equal(engine.status().commands - commands, 50)
  assert.equal(engine.status().batches - batches, 1)
})

test('a batch that takes longer than a statement may is done in halves', async () => {
  const limits = { lockTimeoutMs: 20_000, statementTimeoutMs: 1_500 }
  const engine = await useServer({ ...settings, limits })
  const show = await createShow(engine, SEATS)
  await kernel.owner.query(`
    create function public.take_time() returns trigger
    language plpgsql
    as $$ begin perform pg_sleep(0.05); return new; end $$;
    create trigger take_time
      before insert on rowlock.journal
      for each row
      when (new.show_id = ${await showIdOf(show)})
      execute function public.take_time();`)
  const told = await Promise.all(await holdEach(engine, show, 0, 40))
  assert.deepEqual(tally(told), { done: 40 })
  await kernel.owner.query('drop function public.take_time() cascade')
})

test('what arrives while a batch is under way is the next batch', async () => {
  const engine = await useServer(settings)
  const show = await createShow(engine, SEATS)
  await gate.lock(await showIdOf(show))
  const { batches } = engine.status()
  const first = await holdEach(engine, show, 0, 1)
  await untilLockWaits(kernel.owner)
  const more = [...(await holdEach(engine, show, 1, 20)), ...(await holdEach(engine, show, 30, 20))]
  assert.equal(engine.status().batches - batches, 1)
  await gate.commit()
  assert.deepEqual(tally(await Promise.all([...first, ...more])), { done: 41 })
  assert.equal(engine.status().batches - batches, 2)
})

test('a batch has no more commands than it may', async () => {
  const engine = await useServer(settings, { batchMax: 8 })
  const show = await createShow(engine, SEATS)
  const { batches } = engine.status()
  await Promise.all(await holdEach(engine, show, 0, 50))
  assert.equal(engine.status().batches - batches, 7)
})

test('whoever finds the queue full is told busy at once, and when to come again', async () => {
  const engine = await useServer(settings, { queueMax: 5 })
  const show = await createShow(engine, SEATS)
  await gate.lock(await showIdOf(show))
  const first = await holdEach(engine, show, 0, 1)
  await untilLockWaits(kernel.owner)
  const accepted = await holdEach(engine, show, 1, 5)
  await assert.rejects(
    engine.holdSeats(by('late'), show, { seats: ['B1'] }),
    (error: unknown) =>
      error instanceof Refusal && error.code === 'busy' && error.details.retryAfterSeconds === 1,
  )
  await gate.commit()
  assert.deepEqual(tally(await Promise.all([...first, ...accepted])), { done: 6 })
})

test('a show that waits does not hold up other shows', async () => {
  const engine = await useServer(settings)
  const shows = [await createShow(engine, SEATS), await createShow(engine, SEATS)] as const
  await gate.lock(await showIdOf(shows[0]))
  const waiting = await holdEach(engine, shows[0], 0, 1)
  await untilLockWaits(kernel.owner)
  const told = await Promise.all(await holdEach(engine, shows[1], 0, 10))
  assert.deepEqual(tally(told), { done: 10 })
  await gate.commit()
  await Promise.all(waiting)
})

/** Lanes whose batches wait for a lock so long at most. */
function lanesWith(lockTimeoutMs: number, laneMax?: number): Promise<Lanes> {
  const limits = { lockTimeoutMs, statementTimeoutMs: 20_000 }
  return useLanes({ ...settings, limits }, laneMax === undefined ? {} : { laneMax })
}

/** Six rounds of holds, each of one seat of every show; those of the last round are awaited. */
async function sellSome(lanes: Lanes, shows: readonly number[]): Promise<void> {
  for (let seat = 0; seat < 6; seat++) {
    const holds = shows.map((show) => lanes.submit(command('hold', show, { seats: [seat] })))
    await Promise.all(holds)
  }
}

/** Tells whether neighbours of a locked show are served meanwhile; it is served afterwards. */
async function areNeighboursServed(lanes: Lanes, patienceMs: number): Promise<boolean> {
  const locked = await kernel.createShow(4)
  const neighbours = [await kernel.createShow(6), await kernel.createShow(6)]
  await gate.lock(locked)
  const hold = (seat: number) => lanes.submit(command('hold', locked, { seats: [seat] }))
  const waiting = [0, 1, 2].map(hold)
  const sold = sellSome(lanes, neighbours).then(() => true)
  const late = delay(patienceMs, false, { ref: false })
  const areServed = await Promise.race([sold, late])
  await gate.commit()
  await sold
  const versions = (await Promise.all(waiting)).map(({ version }) => version)
  assert.deepEqual(versions, [2, 3, 4], 'in the order in which they came')
  assert.deepEqual(await kernel.violations(locked), [])
  return areServed
}

test('a show that somebody has locked does not keep its neighbours waiting', async () => {
  assert.equal(await areNeighboursServed(await lanesWith(500), 60_000), true)
})

test('control: a kernel that passes nothing over keeps the neighbours waiting', async () => {
  const find = '    for update skip locked\n'
  const replace = '    for update\n'
  await mutate(kernel.owner, [{ file: 'functions/apply.sql', find, replace }])
  assert.equal(await areNeighboursServed(await lanesWith(20_000, 1), 1_000), false)
  await mutate(kernel.owner, [{ file: 'functions/apply.sql', find, replace: find }])
})

test('more locked shows than connections leave one for the others', async () => {
  const lanes = await lanesWith(300)
  const shows: number[] = []
  while (shows.length < 6) shows.push(await kernel.createShow(6))
  const free = shows.pop() as number
  await gate.begin()
  const lock = 'select from rowlock.policies where show_id = any ($1) order by show_id for update'
  await gate.client.query(lock, [shows])
  const waiting = shows.map((show) => lanes.submit(command('hold', show, { seats: [0] })))
  await sellSome(lanes, [free])
  await gate.commit()
  const codes = (await Promise.all(waiting)).map(({ code }) => code)
  assert.deepEqual(tally(codes), { done: 5 })
})

test('a connection that dies with one of two batches in flight: each is done once', async () => {
  const lanes = await lanesWith(20_000)
  const other = await kernel.session()
  const shows = [await kernel.createShow(3), await kernel.createShow(3)] as const
  await gate.lock(shows[0])
  await other.lock(shows[1])
  const of = (show: number) =>
    [0, 1, 2].map((seat) => lanes.submit(command('book', show, { seats: [seat] })))
  const first = of(shows[0])
  await untilLockWaits(kernel.owner)
  const second = of(shows[1])
  const pids = await untilLockWaits(kernel.owner, ({ length }) => length === 2)
  await kernel.owner.query('select pg_terminate_backend($1)', [pids[0]])
  await other.commit()
  const versionsOf = async (answers: typeof first) =>
    (await Promise.all(answers)).map(({ code, version }) => `${code} ${version}`)
  assert.deepEqual(await versionsOf(second), ['done 2', 'done 3', 'done 4'])
  await gate.commit()
  assert.deepEqual(await versionsOf(first), ['done 2', 'done 3', 'done 4'])
  assert.equal(lanes.counters.resent, 1)
  for (const show of shows) assert.deepEqual(await kernel.violations(show), [])
})

test('a command that is a mistake of ours spoils no answer but its own', async () => {
  const lanes = await useLanes(settings)
  const showId = await kernel.createShow(10)
  const taken = command('hold', showId, { seats: [0] })
  await lanes.submit(taken)
  const told = await Promise.allSettled([
    lanes.submit(command('hold', showId, { seats: [1] })),
    lanes.submit(command('hold', showId, { seats: [2], hold_id: taken.hold_id })),
    lanes.submit(command('hold', showId, { seats: [0] })),
    lanes.submit(command('book', showId, { seats: [3, 3] })),
    lanes.submit(command('book', showId, { seats: [4] })),
  ])
  assert.deepEqual(
    told.map((one) => (one.status === 'fulfilled' ? one.value.code : one.reason.code)),
    ['done', '23505', 'seats_unavailable', 'P0001', 'done'],
  )
  assert.deepEqual(await kernel.violations(showId), [])
})

test('a database that lets nobody in for a while costs a pause, not an error', async () => {
  let refusals = 3
  const door = (database: Database): Database => ({
    ...database,
    connectLane: async () => {
      if (refusals-- > 0) throw Object.assign(new Error('no such role'), { code: '28000' })
      return database.connectLane()
    },
  })
  const lanes = await useLanes(settings, { door })
  const showId = await kernel.createShow(2)
  const outcome = await lanes.submit(command('hold', showId, { seats: [0] }))
  assert.deepEqual([outcome.code, refusals], ['done', -1])
})

test('closing answers what was accepted, and accepts nothing more', async () => {
  const lanes = await useLanes(settings, { settings: { batchMax: 2 } })
  const showId = await kernel.createShow(10)
  const answers = [0, 1, 2, 3, 4].map((seat) =>
    lanes.submit(command('hold', showId, { seats: [seat] })),
  )
  const closed = lanes.close()
  assert.equal(await codeOf(lanes.submit(command('hold', showId, { seats: [9] }))), 'busy')
  await closed
  assert.deepEqual(tally((await Promise.all(answers)).map(({ code }) => code)), { done: 5 })
  assert.equal(lanes.connectedCount, 0)
})

test('what is kept in different buckets shares no batch', async () => {
  const lanes = await lanesWith(20_000, 1)
  const [one, two, three] = [
    await kernel.createShow(2),
    await kernel.createShow(2),
    await kernel.createShow(2),
  ]
  const hold = (show: number, bucket: number) =>
    lanes.submit(command('hold', show, { seats: [0] }), bucket)
  const outcomes = await Promise.all([hold(one, 7), hold(two, 8), hold(three, 7)])
  assert.deepEqual(
    outcomes.map(({ code }) => code),
    ['done', 'done', 'done'],
  )
  assert.equal(lanes.counters.batches, 2)
})

/** Tells whether a show is served while one of that bucket waits, over one connection. */
async function isServedBeside(bucket: number): Promise<boolean> {
  const lanes = await lanesWith(20_000, 1)
  const [locked, other] = [await kernel.createShow(2), await kernel.createShow(2)]
  await gate.lock(locked)
  const first = lanes.submit(command('hold', locked, { seats: [0] }), bucket)
  await untilLockWaits(kernel.owner)
  const second = lanes.submit(command('hold', other, { seats: [0] }), 8)
  const late = delay(1_000, false, { ref: false })
  const isServed = await Promise.race([second.then(() => true), late])
  await gate.commit()
  await Promise.all([first, second])
  return isServed
}

test('a bucket whose batch is under way holds up no other', async () => {
  assert.equal(await isServedBeside(7), true)
  assert.equal(await isServedBeside(8), false, 'in one bucket it would wait')
})
