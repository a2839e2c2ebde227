/** Real time, short holds: nothing but the database's clock ends a hold. Promise 5. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, shopper, tally, useServer } from '../support/engines.ts'
import { untilLockWaits } from '../support/lock-waits.ts'
import { until } from '../support/until.ts'

const database = await useTestDatabase('expiry')
const servers = [await useServer(database.settings), await useServer(database.settings)] as const

async function statuses(server: 0 | 1, show: string): Promise<string> {
  return (await servers[server].getStatuses(show)).read().statuses
}

test('a hold of one second ends after a second on every server, without any cleanup', async () => {
  const show = await createShow(servers[0], ['A1', 'A2'])
  const beganAt = performance.now()
  const body = { seats: ['A1', 'A2'], holdSeconds: 1 }
  const { value: hold } = await servers[0].holdSeats(by('Alice'), show, body)
  assert.deepEqual([hold.secondsLeft, hold.status], [1, 'live'])
  const first = (await servers[1].getStatuses(show)).read()
  // A machine that stands still for a second looks when the hold is over.
  assert.equal(first.statuses, first.asOf < hold.expiresAt ? 'hh' : 'aa')
  await until('free seats', async () => (await statuses(1, show)) === 'aa' || null)
  assert.ok(performance.now() - beganAt >= 995, 'it ended early')
  assert.equal(await statuses(0, show), 'aa')
  assert.equal((await servers[1].getHold(shopper('anybody'), show, hold.id)).status, 'expired')
  const late = await codeOf(servers[0].confirmHold(by('Alice'), show, hold.id, {}))
  assert.equal(late, 'hold_expired')
})

test('a hold that had to wait for its show lives its whole time', async (t) => {
  const show = await createShow(servers[0], ['A1'])
  const gate = await connectClient(database.owner)
  t.after(() => gate.end())
  await gate.query('begin; select from rowlock.policies for update')
  const answer = servers[0].holdSeats(by('Alice'), show, { seats: ['A1'], holdSeconds: 60 })
  await untilLockWaits(gate)
  await delay(50)
  const openedAt = Date.now()
  await gate.query('commit')
  const { value: hold } = await answer
  assert.ok(Date.parse(hold.expiresAt) >= openedAt + 60_000)
})

test('the crowd that waits for a hold to end gets the seat once', async () => {
  const show = await createShow(servers[0], ['A1'])
  const body = { seats: ['A1'], holdSeconds: 1 }
  const { value: hold } = await servers[0].holdSeats(by('Alice'), show, body)
  const wonAt: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const server = servers[index % 2 === 0 ? 0 : 1]
      await until('the end of the hold', async () => {
        const request = by(`shopper ${index}`)
        const code = await codeOf(server.holdSeats(request, show, { seats: ['A1'] }))
        if (code === 'done') wonAt.push(Date.now())
        return wonAt.length > 0 || null
      })
    }),
  )
  assert.equal(wonAt.length, 1)
  // The clock of this machine is the database's, too.
  assert.ok((wonAt[0] as number) >= Date.parse(hold.expiresAt))
})

test('confirming at the very end either books the hold or finds it expired', async () => {
  const show = await createShow(servers[0], { rows: 'A-D', seatsPerRow: 10 })
  const seats = (await servers[0].listSeats(show, { limit: 40 })).items.map(({ seat }) => seat)
  const told = await Promise.all(
    seats.map(async (seat, index) => {
      const body = { seats: [seat], holdSeconds: 1 }
      const { value: hold } = await servers[0].holdSeats(by('Alice'), show, body)
      const wait = Date.parse(hold.expiresAt) - Date.now() - 20 + index
      await delay(wait)
      const taken = codeOf(servers[1].holdSeats(by('Bob'), show, { seats: [seat] }))
      const confirmed = codeOf(servers[0].confirmHold(by('Alice'), show, hold.id, {}))
      return `${await confirmed}, ${await taken}`
    }),
  )
  const counts = tally(told)
  const both = counts['done, done'] ?? 0
  assert.equal(both, 0, 'a seat was confirmed and given to somebody else')
  const { booked, held } = (await servers[0].getAvailability(show)).read().counts
  assert.equal(booked, counts['done, seats_unavailable'] ?? 0)
  assert.equal(held, counts['hold_expired, done'] ?? 0)
})
