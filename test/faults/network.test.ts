/**
 * A bad network between engine and database: every request has one effect and a true answer.
 *
 * Promise 14.
 */
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import type { Engine, WriteRequest } from '../../src/engine/index.ts'
import { LIMITS, newUuid } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, openServer, tally, useServer } from '../support/engines.ts'
import { type Fault, FaultProxy } from '../support/fault-proxy.ts'
import { assertInTime } from '../support/in-time.ts'
import { until } from '../support/until.ts'

const database = await useTestDatabase('network faults')
const owner = await connectClient(database.owner)
after(() => owner.end())
const proxy = await FaultProxy.open(database.server)
/** Without a bad network in between. */
const direct = await useServer(database.settings)

/**
 * Milliseconds that those wait who have no haste: more than a busy machine adds to the deadline of
 * others.
 */
const PATIENT_MS = 5_000

/** An engine behind the proxy with a short deadline, closed after the tests. */
async function behindProxy(deadlineMs = PATIENT_MS): Promise<Engine> {
  return useServer({ ...database.settings, target: proxy.config }, { deadlineMs })
}

const patient = await behindProxy(20_000)
const hasty = await behindProxy(600)
after(() => proxy.close())

beforeEach(() => {
  proxy.calm()
  proxy.weather = 'fair'
})

/** Does something that has to succeed, though a busy machine may take longer than the deadline. */
async function inTheEnd(act: (request: WriteRequest) => Promise<unknown>): Promise<void> {
  const request = by('Bob', newUuid())
  await until('an answer', async () => (await act(request)) ?? null)
}

async function kinds(show: string): Promise<string[]> {
  const { items } = await direct.listJournal(show, { limit: 1000 })
  return items.map(({ kind }) => kind)
}

async function violations(show: string): Promise<unknown[]> {
  const { rows } = await owner.query(
    'select rowlock.violations(show_id) from rowlock.shows where key = $1',
    [show],
  )
  return rows
}

const FAULTS: readonly Fault[] = ['drop answer', 'drop request', 'cut']

for (const fault of FAULTS) {
  test(`every operation is done once and answered when the network does "${fault}"`, async () => {
    const show = await createShow(direct, ['A1', 'A2', 'A3', 'A4'])
    const strike = <Answer>(answer: () => Promise<Answer>) => {
      proxy.inject(fault)
      return answer()
    }
    const seats = ['A1', 'A2']
    const { value: hold } = await strike(() => patient.holdSeats(by('Alice'), show, { seats }))
    assert.deepEqual([hold.seats, hold.status], [seats, 'live'])
    await strike(() => patient.extendHold(by('Alice'), show, hold.id, { holdSeconds: 900 }))
    await strike(() => patient.releaseHold(by('Alice'), show, hold.id, { seats: ['A2'] }))
    const booked = await strike(() => patient.confirmHold(by('Alice'), show, hold.id, {}))
    assert.deepEqual(booked.value.seats, ['A1'])
    const swap = { from: ['A1'], to: ['A3'] }
    await strike(() => patient.swapSeats(by('Bo'), show, booked.value.id, swap))
    await strike(() => patient.cancelBooking(by('Bo'), show, booked.value.id, {}))
    await strike(() => patient.bookSeats(by('Bo'), show, { seats: ['A4'] }))
    const house = { seats: ['A1'], reason: 'house' }
    const block = await strike(() => patient.blockSeats(by('Bo'), show, house))
    await strike(() => patient.unblockSeats(by('Bo'), show, block.value.id, {}))
    assert.equal(
      (await kinds(show)).join(' '),
      'create hold extend release confirm swap cancel book block unblock',
    )
    assert.deepEqual(await violations(show), [])
  })
}

test('all connections dropped once cost a pause: everything is done once', async () => {
  const show = await createShow(direct, { rows: 'A-J', seatsPerRow: 20 })
  const { items } = await direct.listSeats(show, { limit: 200 })
  const engine = await behindProxy(20_000)
  const answers = items.map(({ seat }, index) => {
    if (index === 100) setImmediate(() => proxy.cutAll())
    return engine.bookSeats(by('crowd'), show, { seats: [seat] })
  })
  setTimeout(() => proxy.cutAll(), 5)
  const bookings = await Promise.all(answers)
  assert.deepEqual(
    bookings.flatMap(({ value }) => value.seats),
    items.map(({ seat }) => seat),
  )
  assert.deepEqual(tally(await kinds(show)), { create: 1, book: 200 })
  assert.deepEqual(await violations(show), [])
})

test('a read outlives a cut connection', async () => {
  const show = await createShow(direct, ['A1'])
  await patient.getAvailability(show)
  proxy.cutAll()
  assert.equal((await patient.getAvailability(show)).read().counts.available, 1)
})

/** Times an answer, in milliseconds, and tells what it was. */
async function timed(answer: Promise<unknown>): Promise<{ code: string; ms: number }> {
  const beganAt = performance.now()
  return { code: await codeOf(answer), ms: performance.now() - beganAt }
}

test('silence after a batch was sent is outcome_unknown, and busy for whoever waits', async () => {
  await assertInTime(PATIENT_MS, async () => {
    const show = await createShow(direct, ['A1', 'A2'])
    const key = newUuid()
    await inTheEnd((request) => hasty.holdSeats(request, show, { seats: ['A2'] }))
    const book = (engine: Engine) => engine.bookSeats(by('Alice', key), show, { seats: ['A1'] })
    proxy.weather = 'silent'
    const sent = timed(book(hasty))
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    const behind = timed(hasty.bookSeats(by('Bob'), show, { seats: ['A1'] }))
    const told = await Promise.all([sent, behind])
    assert.deepEqual(
      told.map(({ code }) => code),
      ['outcome_unknown', 'busy'],
    )
    for (const { ms } of told) assert.ok(ms > 590, `${ms} ms`)
    proxy.weather = 'fair'
    await until('what was sent to be done', async () => (await kinds(show))[2] ?? null)
    const { value, replayed } = await book(direct)
    assert.deepEqual([value.seats, replayed], [['A1'], true])
    assert.deepEqual(await kinds(show), ['create', 'hold', 'book'])
    return Math.max(...told.map(({ ms }) => ms))
  })
})

/** Resolves when no lane thinks that it has a connection. */
async function untilDisconnected(engine: Engine): Promise<void> {
  while (engine.status().lanesConnected > 0) await new Promise(setImmediate)
}

test('a read into silence is refused at the deadline', async () => {
  await assertInTime(PATIENT_MS, async () => {
    const show = await createShow(direct, ['A1'])
    await inTheEnd(() => hasty.getAvailability(show))
    proxy.weather = 'silent'
    const reads = await Promise.all([
      timed(hasty.getAvailability(show)),
      timed(hasty.getShow(show)),
      timed(hasty.listJournal(show, { limit: 10 })),
    ])
    for (const { code } of reads) assert.equal(code, 'unavailable')
    proxy.weather = 'fair'
    await inTheEnd(() => hasty.getAvailability(show))
    return Math.max(...reads.map(({ ms }) => ms))
  })
})

test('the catalogue is refused at the deadline, too, when nothing can be reached', async () => {
  await assertInTime(LIMITS.deadlineMs + 6_000, async () => {
    proxy.weather = 'silent'
    proxy.cutAll()
    const { code, ms } = await timed(createShow(hasty, ['A1']))
    assert.ok(['unavailable', 'outcome_unknown'].includes(code), code)
    return ms
  })
})

test('when the database cannot be reached, the answer is busy and nothing was done', async () => {
  await assertInTime(PATIENT_MS, async () => {
    const show = await createShow(direct, ['A1'])
    await inTheEnd(() => hasty.getAvailability(show))
    proxy.weather = 'closed'
    proxy.cutAll()
    await untilDisconnected(hasty)
    const { code, ms } = await timed(hasty.bookSeats(by('Alice'), show, { seats: ['A1'] }))
    assert.equal(code, 'busy')
    assert.ok(ms > 590, `${ms} ms`)
    proxy.weather = 'fair'
    await inTheEnd((request) => hasty.holdSeats(request, show, { seats: ['A1'] }))
    assert.deepEqual(await kinds(show), ['create', 'hold'])
    return ms
  })
})

test('who was told busy while the lane connected is not served afterwards', async () => {
  const show = await createShow(direct, ['A1', 'A2'])
  await inTheEnd(() => hasty.getAvailability(show))
  proxy.cutAll()
  await untilDisconnected(hasty)
  proxy.weather = 'silent'
  assert.equal(await codeOf(hasty.bookSeats(by('Alice'), show, { seats: ['A1'] })), 'busy')
  proxy.weather = 'fair'
  // The lane takes its commands in order, so by now it is through with the first.
  await inTheEnd((request) => hasty.holdSeats(request, show, { seats: ['A2'] }))
  assert.deepEqual(await kinds(show), ['create', 'hold'])
})

test('a refusal is final: a duplicate that arrives late books nothing', async () => {
  for (const key of [null, newUuid()]) {
    const show = await createShow(direct, ['A1'])
    // The lane connects before the fault, so that it hits a batch.
    const engine = await behindProxy()
    await engine.blockSeats(by('Zoe'), show, { seats: ['A1'], reason: 'warm up' })
    proxy.inject('late')
    const refused = await codeOf(engine.bookSeats(by('Alice', key), show, { seats: ['A1'] }))
    assert.equal(refused, 'seats_unavailable')
    const { items } = await direct.listJournal(show, { limit: 10 })
    await direct.unblockSeats(by('Zoe'), show, items[1]?.id as string, {})
    proxy.deliver()
    // It is answered into the void, so wait until no connection works on it any more.
    await untilIdle()
    assert.deepEqual(await kinds(show), ['create', 'block', 'unblock'], `with key ${key}`)
  }
})

/** Resolves when every connection but this one has been idle for a moment after the delivery. */
async function untilIdle(): Promise<void> {
  for (let calm = 0, attempt = 0; calm < 20; attempt++) {
    assert.ok(attempt < 2000)
    const { rows } = await owner.query(
      `select from pg_stat_activity
       where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`,
    )
    calm = rows.length === 0 ? calm + 1 : 0
  }
}

test('a random bad network under load: every answer is true', async () => {
  const seed = Number(process.env.ROWLOCK_TEST_SEED ?? Math.trunc(Math.random() * 2 ** 31))
  console.log(`bad network: seed ${seed}`)
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const show = await createShow(direct, { rows: 'A-J', seatsPerRow: 10 })
  const { items } = await direct.listSeats(show, { limit: 100 })
  const { engine, close } = await openServer(
    { ...database.settings, target: proxy.config },
    { deadlineMs: 20_000, batchMax: 8 },
  )
  proxy.inject(() => (random() < 0.3 ? (FAULTS[Math.trunc(random() * 3)] as Fault) : null))
  const told = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const seat = items[index % 100]?.seat as string
      return codeOf(engine.bookSeats(by(`shopper ${index}`), show, { seats: [seat] }))
    }),
  )
  proxy.calm()
  await close()
  console.log(`${proxy.count} faults`)
  assert.deepEqual(tally(told), { done: 100, seats_unavailable: 200 })
  assert.deepEqual(tally(await kinds(show)), { create: 1, book: 100 })
  assert.deepEqual(await violations(show), [])
})
