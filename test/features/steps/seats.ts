import assert from 'node:assert/strict'
import { type DataTable, Then } from '@cucumber/cucumber'
import { seatKey } from '../../../src/protocol/index.ts'
import type { RowlockWorld } from '../support/world.ts'

Then(
  '{seats} is/are {status}',
  async function (this: RowlockWorld, labels: string[], status: string) {
    const seats = await this.seats()
    const wanted = new Set(labels.map(seatKey))
    const named = seats.filter(({ seat }) => wanted.has(seatKey(seat)))
    assert.equal(named.length, wanted.size, `There are only ${named.length} of them.`)
    assert.deepEqual(
      named.map((seat) => `${seat.seat} ${seat.status}`),
      named.map((seat) => `${seat.seat} ${status}`),
    )
  },
)

Then(
  'every seat is {status}',
  async function (this: RowlockWorld, status: 'available' | 'held' | 'booked' | 'blocked') {
    const { counts } = await this.availability()
    assert.equal(counts[status], counts.total, JSON.stringify(counts))
  },
)

Then('the counts are', async function (this: RowlockWorld, table: DataTable) {
  const { counts } = await this.availability()
  const [wanted = {}] = table.hashes()
  assert.deepEqual(
    counts,
    Object.fromEntries(Object.entries(wanted).map(([name, count]) => [name, Number(count)])),
  )
})
