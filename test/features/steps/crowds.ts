import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import type { Booking } from '../../../src/protocol/index.ts'
import { askAtOnce, buyUntilGone } from '../support/crowd.ts'
import { cutConnections } from '../support/cut-connections.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

When(
  '{int} clients hold one seat each for the same holder at the same time',
  async function (this: RowlockWorld, count: number) {
    const seats = (await this.seats()).map(({ seat }) => seat)
    await askAtOnce(this, count, (person, n) =>
      person.send('POST', this.inShow('holds'), { seats: [seats[n]], holder: 'one holder' }),
    )
  },
)

When(
  '{int} clients ask to hold {seats} at the same time',
  async function (this: RowlockWorld, count: number, seats: string[]) {
    await askAtOnce(this, count, (person) =>
      person.send('POST', this.inShow('holds'), { seats, holder: person.name }),
    )
  },
)

When(
  '{int} clients ask to book {seats} at the same time',
  async function (this: RowlockWorld, count: number, seats: string[]) {
    await askAtOnce(this, count, (person) =>
      person.send('POST', this.inShow('bookings'), { seats, holder: person.name }),
    )
  },
)

When(
  '{int} clients ask to hold {seats} while {int} others ask for {seats}',
  async function (
    this: RowlockWorld,
    count: number,
    seats: string[],
    otherCount: number,
    others: string[],
  ) {
    await askAtOnce(this, count + otherCount, (person, n) => {
      const wanted = n < count ? seats : others
      return person.send('POST', this.inShow('holds'), { seats: wanted, holder: person.name })
    })
  },
)

When(
  '{int} clients each ask to hold 2 seats of their own at the same time',
  async function (this: RowlockWorld, count: number) {
    const seats = (await this.seats()).map(({ seat }) => seat)
    await askAtOnce(this, count, (person, n) =>
      person.send('POST', this.inShow('holds'), { seats: seats.slice(2 * n, 2 * n + 2) }),
    )
  },
)

When(
  '{int} clients each buy any {int} free seats, trying until none are left',
  async function (this: RowlockWorld, count: number, seatCount: number) {
    await askAtOnce(this, count, (person, n) => buyUntilGone(this, person, n, seatCount))
  },
)

When(
  '{int} shoppers buy whatever is free, over both servers, until nothing is left',
  { timeout: 60_000 },
  async function (this: RowlockWorld, count: number) {
    await askAtOnce(this, count, (person, n) => buyUntilGone(this, person, n, 5))
  },
)

When(
  '{int} clients each buy a seat of their own, while connections are cut {int} times',
  async function (this: RowlockWorld, count: number, cuts: number) {
    const seats = (await this.seats()).map(({ seat }) => seat)
    let boughtCount = 0
    await askAtOnce(this, count, async (person, n) => {
      const body = { seats: [seats[n]], holder: person.name }
      const { id } = expectDone(await person.send('POST', this.inShow('holds'), body))
      await person.send('POST', this.inShow(`holds/${id}/confirm`))
      boughtCount += 1
      if (boughtCount % Math.ceil(count / cuts) === 0) await cutConnections()
    })
  },
)

When(
  '{person} cancels {owner} booking {int} times at the same moment',
  async function (this: RowlockWorld, person: Person, owner: Person, count: number) {
    const path = this.inShow(`bookings/${owner.booking?.id}/cancel`)
    const { headers } = person.lastCall
    this.crowd = await Promise.all(
      Array.from({ length: count }, () =>
        this.clientOf(this.firstServerUrl).send('POST', path, {}, { headers }),
      ),
    )
  },
)

When(
  '{person} and {person} ask to book {seats} at the same moment, {int} times over',
  async function (this: RowlockWorld, one: Person, other: Person, seats: string[], times: number) {
    this.listed = []
    for (let round = 0; round < times; round++) {
      const answers = await Promise.all(
        [one, other].map((person) => person.send('POST', this.inShow('bookings'), { seats })),
      )
      const winners = [one, other].filter((person) => person.answer?.status === 201)
      this.listed.push(answers.map(({ status }) => status).sort())
      for (const { booking } of winners) {
        const path = this.inShow(`bookings/${booking?.id}/cancel`)
        expectDone(await this.boxOffice.send('POST', path))
      }
    }
  },
)

Then('each time one was told yes, and the other one no', function (this: RowlockWorld) {
  assert.ok(this.listed.length > 0)
  for (const statuses of this.listed) assert.deepEqual(statuses, [201, 409])
})

Then('{int} of them is/are told yes', function (this: RowlockWorld, count: number) {
  assert.equal(this.crowd.filter(({ status }) => status === 201).length, count)
})

Then('all of them are told yes', function (this: RowlockWorld) {
  assert.deepEqual([...new Set(this.crowd.map(({ status }) => status))], [200])
})

Then(
  '{int} of them are refused: {code}',
  function (this: RowlockWorld, count: number, code: string) {
    assert.equal(this.crowd.filter(({ body }) => body.code === code).length, count)
  },
)

function boughtSeats(world: RowlockWorld): string[] {
  return (world.listed as Booking[]).flatMap(({ seats }) => seats)
}

Then('no two bookings have a seat in common', function (this: RowlockWorld) {
  const seats = boughtSeats(this)
  assert.equal(new Set(seats).size, seats.length)
})

Then('all bookings together have {int} seats', function (this: RowlockWorld, count: number) {
  assert.equal(boughtSeats(this).length, count)
})
