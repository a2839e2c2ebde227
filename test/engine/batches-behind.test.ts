/** A second batch right behind the one in flight: when it is sent, and what it never overtakes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { Outcome } from '../../src/engine/lanes/command.ts'
import type { Lanes } from '../../src/engine/lanes/lanes.ts'
import { command, useKernel } from '../support/kernel.ts'
import { useLanes } from '../support/lanes.ts'
import { untilLockWaits } from '../support/lock-waits.ts'
import { until } from '../support/until.ts'

const kernel = await useKernel('batches_behind')
const gate = await kernel.session()
const limits = { lockTimeoutMs: 20_000, statementTimeoutMs: 20_000 }

function newLanes(): Promise<Lanes> {
  return useLanes({ ...kernel.database.settings, limits }, { settings: { companyMin: 32 } })
}

/** Sends so many bookings of a show, of the seats from the first on. */
function bookSome(lanes: Lanes, show: number, from: number, count: number) {
  const seats = Array.from({ length: count }, (_, index) => from + index)
  return seats.map((seat) => lanes.submit(command('book', show, { seats: [seat] })))
}

async function versionsOf(answers: readonly Promise<Outcome>[]): Promise<number[]> {
  return (await Promise.all(answers)).map(({ version }) => Number(version))
}

/** The versions of a new show from its first booking on. */
function versions(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index)
}

/** Waits until so many batches have been sent. */
function untilSent(lanes: Lanes, count: number): Promise<true> {
  return until(`${count} batches`, async () => lanes.counters.batches >= count || null)
}

/** Sends 40 bookings of a locked show, and 40 more right behind them. `pid` waits for the lock. */
async function sendTwo(lanes: Lanes, show: number) {
  const first = bookSome(lanes, show, 0, 40)
  const [pid] = await untilLockWaits(kernel.owner)
  const second = bookSome(lanes, show, 40, 40)
  await untilSent(lanes, 2)
  return { pid, sent: [...first, ...second] }
}

test('where many wait, a batch is sent right behind the one in flight', async () => {
  const lanes = await newLanes()
  const show = await kernel.createShow(150)
  await gate.lock(show)
  const { sent } = await sendTwo(lanes, show)
  const third = bookSome(lanes, show, 80, 40)
  await turn()
  assert.equal(lanes.counters.batches, 2, 'no more than one behind another')
  await gate.commit()
  assert.deepEqual(await versionsOf([...sent, ...third]), versions(2, 120))
  assert.equal(lanes.connectedCount, 1)
  assert.deepEqual(await kernel.violations(show), [])
})

test('few commands wait for their turn, so that they share a batch', async () => {
  const lanes = await newLanes()
  const show = await kernel.createShow(80)
  await gate.lock(show)
  const first = bookSome(lanes, show, 0, 40)
  await untilLockWaits(kernel.owner)
  const few = bookSome(lanes, show, 40, 20)
  await turn()
  assert.equal(lanes.counters.batches, 1)
  await gate.commit()
  assert.deepEqual(await versionsOf([...first, ...few]), versions(2, 60))
})

test('a batch that fails is not overtaken by the one behind it', async () => {
  const lanes = await newLanes()
  const show = await kernel.createShow(150)
  await gate.lock(show)
  const mistake = lanes.submit(command('book', show, { seats: [149, 149] }))
  const failed = mistake.catch(({ code }) => code)
  const { sent } = await sendTwo(lanes, show)
  await gate.commit()
  assert.equal(await failed, 'P0001')
  assert.deepEqual(await versionsOf(sent), versions(2, 80))
  assert.deepEqual(await kernel.violations(show), [])
})

test('what a batch passes over is not overtaken by the one behind it', async () => {
  const lanes = await newLanes()
  const [locked, slow] = [await kernel.createShow(80), await kernel.createShow(80)]
  await kernel.owner.query(`
    create function public.wait_here() returns trigger
    language plpgsql
    as $$ begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create trigger wait_here
      before insert on rowlock.journal
      for each row
      when (new.show_id = ${slow})
      execute function public.wait_here();`)
  const other = await kernel.session()
  await gate.lock(locked)
  await other.begin()
  await other.client.query('select pg_advisory_xact_lock(4711)')
  const first = [...bookSome(lanes, locked, 0, 20), ...bookSome(lanes, slow, 0, 20)]
  // It has passed over the one show, and waits at the other.
  await untilLockWaits(kernel.owner)
  await gate.commit()
  const second = [...bookSome(lanes, locked, 20, 20), ...bookSome(lanes, slow, 20, 20)]
  await untilSent(lanes, 2)
  await other.commit()
  for (const from of [0, 20]) {
    const of = [...first, ...second].slice(from, from + 20)
    const then = [...first, ...second].slice(from + 40, from + 60)
    assert.deepEqual(await versionsOf([...of, ...then]), versions(2, 40))
  }
  await kernel.owner.query('drop function public.wait_here() cascade')
})

test('of a connection that dies with two batches, each is done once', async () => {
  const lanes = await newLanes()
  const show = await kernel.createShow(80)
  await gate.lock(show)
  const { pid, sent } = await sendTwo(lanes, show)
  await kernel.owner.query('select pg_terminate_backend($1)', [pid])
  await gate.commit()
  assert.deepEqual(await versionsOf(sent), versions(2, 80))
  assert.equal(lanes.counters.resent, 2)
  assert.deepEqual(await kernel.violations(show), [])
})

test('nobody goes behind a show that waits alone for its lock', async () => {
  const lanes = await newLanes()
  const [locked, other] = [await kernel.createShow(80), await kernel.createShow(80)]
  await versionsOf(bookSome(lanes, locked, 79, 1))
  await gate.lock(locked)
  const waiting = bookSome(lanes, locked, 0, 40)
  // It is sent, and not known to be slow yet.
  await turn()
  const more = bookSome(lanes, locked, 40, 39)
  const served = versionsOf(bookSome(lanes, other, 0, 40))
  const late = delay(10_000, [], { ref: false })
  assert.deepEqual(await Promise.race([served, late]), versions(2, 40))
  await gate.commit()
  assert.deepEqual(await versionsOf([...waiting, ...more]), versions(3, 79))
})
