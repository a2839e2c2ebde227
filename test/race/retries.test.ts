/**
 * Test of the same request again: at the same moment, on another server, with another body, by
 * another.
 *
 * Promises 4 and 11.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import type { Engine } from '../../src/engine/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, shopper, useServer } from '../support/engines.ts'
import { SHOW } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const database = await useTestDatabase('retries')
const owner = await connectClient(database.owner)
after(() => owner.end())
await useTestClock(owner)
const servers = [await useServer(database.settings), await useServer(database.settings)] as const

function serverOf(index: number): Engine {
  return servers[index % 2] as Engine
}

async function kinds(show: string): Promise<string[]> {
  const { items } = await servers[0].listJournal(show, { limit: 100 })
  return items.map(({ kind }) => kind)
}

/** Sends the same request forty times at once over both servers; all answers must be the same. */
async function fortyTimes<Value>(
  send: (engine: Engine, key: string) => Promise<{ value: Value; replayed: boolean }>,
): Promise<Value> {
  const key = newUuid()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => send(serverOf(index), key)),
  )
  assert.equal(answers.filter(({ replayed }) => !replayed).length, 1)
  assert.equal(new Set(answers.map(({ value }) => JSON.stringify(value))).size, 1)
  const [answer] = answers
  assert.ok(answer)
  return answer.value
}

/** Leaves out what counts down between two answers. */
function still<Answer extends { value: { secondsLeft?: number } }>(answer: Answer) {
  return { ...answer, value: { ...answer.value, secondsLeft: 0 } }
}

test('the same request at once on two servers has one effect and one answer', async () => {
  const show = await createShow(servers[0], ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'])
  const hold = await fortyTimes((engine, key) => {
    return engine.holdSeats(by('Alice', key), show, { seats: ['A1', 'A2', 'A3'] }).then(still)
  })
  await fortyTimes((engine, key) => {
    return engine.extendHold(by('Alice', key), show, hold.id, { holdSeconds: 900 }).then(still)
  })
  await fortyTimes((engine, key) => {
    return engine.releaseHold(by('Alice', key), show, hold.id, { seats: ['A3'] }).then(still)
  })
  const booking = await fortyTimes((engine, key) => {
    return engine.confirmHold(by('Alice', key), show, hold.id, { reference: 'paid' })
  })
  await fortyTimes((engine, key) => {
    return engine.swapSeats(by('Alice', key), show, booking.id, { from: ['A1'], to: ['A6'] })
  })
  await fortyTimes((engine, key) => engine.cancelBooking(by('Alice', key), show, booking.id, {}))
  await fortyTimes((engine, key) => engine.bookSeats(by('Alice', key), show, { seats: ['A1'] }))
  const block = await fortyTimes((engine, key) => {
    return engine.blockSeats(by('Alice', key), show, { seats: ['A4'], reason: 'house' })
  })
  await fortyTimes((engine, key) => engine.unblockSeats(by('Alice', key), show, block.id, {}))
  assert.deepEqual(await kinds(show), [
    'create',
    'hold',
    'extend',
    'release',
    'confirm',
    'swap',
    'cancel',
    'book',
    'block',
    'unblock',
  ])
})

test('the same show created at once on two servers exists once', async () => {
  const show = { key: newUuid(), title: 'A play', startsAt: '2030-01-01T20:00:00Z' }
  const body = { ...SHOW, ...show, seats: ['A1'] }
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => serverOf(index).createShow(by('operator'), body)),
  )
  assert.equal(answers.filter(({ changed }) => changed).length, 1)
  const other = { ...body, title: 'Another play' }
  assert.equal(await codeOf(servers[1].createShow(by('operator'), other)), 'show_exists')
})

test('the same key with another body is refused, and changes nothing', async () => {
  const show = await createShow(servers[0], ['A1', 'A2'])
  const key = newUuid()
  await servers[0].holdSeats(by('Alice', key), show, { seats: ['A1'] })
  const other = servers[1].holdSeats(by('Alice', key), show, { seats: ['A2'] })
  assert.equal(await codeOf(other), 'idempotency_key_reused')
  const kind = servers[1].bookSeats(by('Alice', key), show, { seats: ['A1'] })
  assert.equal(await codeOf(kind), 'idempotency_key_reused')
  assert.deepEqual(await kinds(show), ['create', 'hold'])
})

test("another holder's idempotency key gives nothing away", async () => {
  const show = await createShow(servers[0], ['A1', 'A2'])
  const key = newUuid()
  const body = { seats: ['A1'] }
  await servers[0].holdSeats(by('Alice', key), show, body)
  assert.equal(
    await codeOf(servers[0].holdSeats(by('Mallory', key), show, body)),
    'seats_unavailable',
  )
  const { value } = await servers[1].holdSeats(by('Mallory', key), show, { seats: ['A2'] })
  assert.deepEqual(value.seats, ['A2'])
})

test('an answer to a hold that got lost locks nobody out of their own seats', async () => {
  const show = await createShow(servers[0], ['A1', 'A2'])
  const key = newUuid()
  const body = { seats: ['A1', 'A2'] }
  const first = await servers[0].holdSeats(by('Alice', key), show, body)
  const again = await servers[1].holdSeats(by('Alice', key), show, body)
  assert.ok(again.replayed)
  assert.deepEqual(still(again).value, still(first).value)
  await servers[1].confirmHold(by('Alice'), show, again.value.id, {})
})

test('a refused hold may be tried again under its key, a refused booking may not', async () => {
  const show = await createShow(servers[0], ['A1'])
  const { value: bob } = await servers[0].holdSeats(by('Bob'), show, { seats: ['A1'] })
  const [holdKey, bookKey] = [newUuid(), newUuid()]
  const hold = () => codeOf(servers[1].holdSeats(by('Alice', holdKey), show, { seats: ['A1'] }))
  const book = () => codeOf(servers[1].bookSeats(by('Alice', bookKey), show, { seats: ['A1'] }))
  assert.deepEqual([await hold(), await book()], ['seats_unavailable', 'seats_unavailable'])
  await servers[0].releaseHold(by('Bob'), show, bob.id, {})
  assert.deepEqual([await book(), await hold()], ['seats_unavailable', 'done'])
})

test('an expired seat is free at once for others and stays refused to a late confirm', async () => {
  const show = await createShow(servers[0], ['A1'])
  const request = by('Alice')
  const { value: hold } = await servers[0].holdSeats(request, show, { seats: ['A1'] })
  await advanceClock(owner, 600)
  assert.equal(await codeOf(servers[0].confirmHold(request, show, hold.id, {})), 'hold_expired')
  assert.equal((await servers[1].getStatuses(show)).read().statuses, 'a')
  const { value: next } = await servers[1].holdSeats(by('Bob'), show, { seats: ['A1'] })
  const late = servers[0].confirmHold(request, show, hold.id, { reacquire: true })
  assert.equal(await codeOf(late), 'seats_unavailable')
  assert.equal(await codeOf(servers[0].releaseHold(request, show, hold.id, {})), 'done')
  assert.equal((await servers[0].getHold(shopper('anybody'), show, next.id)).status, 'live')
})
