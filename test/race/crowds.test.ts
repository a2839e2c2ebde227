/**
 * Crowds who want the same seats at the same moment, through two servers on one database.
 *
 * Promise 1.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import type { Engine } from '../../src/engine/index.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, tally, useServer } from '../support/engines.ts'

const database = await useTestDatabase('crowds')
const owner = await connectClient(database.owner)
after(() => owner.end())
const servers = [await useServer(database.settings), await useServer(database.settings)] as const

/** Every second shopper comes to the other server. */
function serverOf(index: number): Engine {
  return servers[index % 2] as Engine
}

async function violations(show: string): Promise<unknown[]> {
  const { rows } = await owner.query(
    'select rowlock.violations(show_id) from rowlock.shows where key = $1',
    [show],
  )
  return rows
}

function crowd(count: number, shop: (index: number) => Promise<string>): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => shop(index)))
}

test('of 200 who want one seat, one gets it and 199 are told that it is taken', async () => {
  const show = await createShow(servers[0], ['A1'])
  const told = await crowd(200, (index) => {
    const hold = serverOf(index).holdSeats(by(`shopper ${index}`), show, { seats: ['A1'] })
    return codeOf(hold)
  })
  assert.deepEqual(tally(told), { done: 1, seats_unavailable: 199 })
  const { counts } = (await servers[1].getAvailability(show)).read()
  assert.deepEqual(counts, { total: 1, available: 0, held: 1, booked: 0, blocked: 0 })
  assert.deepEqual(await violations(show), [])
})

test('of 200 who book one seat without a hold, one gets it', async () => {
  const show = await createShow(servers[0], ['A1'])
  const told = await crowd(200, (index) => {
    return codeOf(serverOf(index).bookSeats(by(`shopper ${index}`), show, { seats: ['A1'] }))
  })
  assert.deepEqual(tally(told), { done: 1, seats_unavailable: 199 })
  assert.deepEqual(await violations(show), [])
})

test('crowds that hold eight seats in opposite order never deadlock', async () => {
  const labels = Array.from({ length: 8 }, (_, index) => `A${index + 1}`)
  const show = await createShow(servers[0], labels)
  for (let round = 0; round < 10; round++) {
    const holds: string[] = []
    const told = await crowd(40, (index) => {
      const seats = index % 2 === 0 ? labels : labels.toReversed()
      const hold = serverOf(index >> 1).holdSeats(by(`shopper ${index}`), show, { seats })
      return codeOf(hold.then(({ value }) => holds.push(value.id)))
    })
    assert.deepEqual(tally(told), { done: 1, seats_unavailable: 39 })
    await serverOf(round).releaseHold(by('the winner'), show, holds[0] as string, {})
  }
  const { rows } = await owner.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  assert.deepEqual(rows, [{ deadlocks: 0 }])
  assert.deepEqual(await violations(show), [])
})

test('everybody who takes overlapping pairs gets both seats or none', async () => {
  const labels = Array.from({ length: 21 }, (_, index) => `A${index}`)
  const show = await createShow(servers[0], labels)
  const told = await crowd(200, (index) => {
    const first = index % 20
    const seats = [labels[first] as string, labels[first + 1] as string]
    return codeOf(serverOf(index >> 2).holdSeats(by(`shopper ${index}`), show, { seats }))
  })
  const wonCount = tally(told).done ?? 0
  const { counts } = (await servers[0].getAvailability(show)).read()
  assert.equal(counts.held, wonCount * 2)
  assert.deepEqual(await violations(show), [])
})

test('a holder who asks for more through both servers at once stays within the limit', async () => {
  const labels = Array.from({ length: 20 }, (_, index) => `A${index}`)
  const show = await createShow(servers[0], labels, { maxSeatsPerHolder: 4 })
  const told = await crowd(20, (index) => {
    const body = { seats: [labels[index] as string], holder: 'Alice' }
    return codeOf(serverOf(index).holdSeats(by(`tab ${index}`), show, body))
  })
  assert.deepEqual(tally(told), { done: 4, holder_limit_reached: 16 })
})

test('a hold is confirmed once, whoever confirms it at once', async () => {
  const show = await createShow(servers[0], ['A1', 'A2'])
  const { value: hold } = await servers[0].holdSeats(by('Alice'), show, { seats: ['A1', 'A2'] })
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      serverOf(index).confirmHold(by(`tab ${index}`), show, hold.id, { reference: 'paid' }),
    ),
  )
  assert.equal(answers.filter(({ changed }) => changed).length, 1)
  assert.equal(new Set(answers.map(({ value }) => JSON.stringify(value))).size, 1)
  const { items } = await servers[0].listJournal(show, { limit: 100 })
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['create', 'hold', 'confirm'],
  )
})

test('500 shoppers on 50 seats: each seat is sold once, and everybody knows', async () => {
  const show = await createShow(servers[0], { rows: 'A-E', seatsPerRow: 10 })
  const seats = (await servers[0].listSeats(show, { limit: 100 })).items.map(({ seat }) => seat)
  const sold: string[] = []
  await crowd(500, async (index) => {
    const engine = serverOf(index)
    const seat = seats[(index * 7) % seats.length] as string
    const name = `shopper ${index}`
    try {
      const { value: hold } = await engine.holdSeats(by(name), show, { seats: [seat] })
      const { value: booking } = await engine.confirmHold(by(name), show, hold.id, {})
      sold.push(...booking.seats)
      return 'done'
    } catch {
      return 'refused'
    }
  })
  assert.deepEqual(sold.toSorted(), seats.toSorted())
  assert.deepEqual(await violations(show), [])
})
