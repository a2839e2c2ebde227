import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import type { Booking } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

function ofBooking(world: RowlockWorld, owner: Person, action = ''): string {
  if (!owner.booking) throw new Error(`${owner.name} has booked nothing yet.`)
  return world.inShow(`bookings/${owner.booking.id}${action}`)
}

function bodyFor(person: Person, seats: readonly string[]): Record<string, unknown> {
  return { seats, holder: person.name }
}

When(
  '{person} books {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    expectDone(await person.send('POST', this.inShow('bookings'), bodyFor(person, seats)))
  },
)

When(
  '{person} books {seats} for the order {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], reference: string) {
    const body = { ...bodyFor(person, seats), reference }
    expectDone(await person.send('POST', this.inShow('bookings'), body))
  },
)

When(
  '{person} asks to book {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await person.send('POST', this.inShow('bookings'), bodyFor(person, seats))
  },
)

When(
  '{person} asks to book {seats} under the key {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], key: string) {
    const body = bodyFor(person, seats)
    await person.send('POST', this.inShow('bookings'), body, { key: this.keyOf(key) })
  },
)

When(
  '{person} asks to book {seats} out of the block',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    const block = this.boxOffice.block?.id
    await person.send('POST', this.inShow('bookings'), { seats, block })
  },
)

When(
  '{person} looks at {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    await person.send('GET', ofBooking(this, owner))
  },
)

When(
  '{person} cancels {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    expectDone(await person.send('POST', ofBooking(this, owner, '/cancel')))
  },
)

When(
  '{person} asks to cancel {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    await person.send('POST', ofBooking(this, owner, '/cancel'))
  },
)

When(
  '{person} cancels {seats} of {owner} booking',
  async function (this: RowlockWorld, person: Person, seats: string[], owner: Person) {
    expectDone(await person.send('POST', ofBooking(this, owner, '/cancel'), { seats }))
  },
)

When(
  '{person} asks to cancel {seats} of {owner} booking',
  async function (this: RowlockWorld, person: Person, seats: string[], owner: Person) {
    await person.send('POST', ofBooking(this, owner, '/cancel'), { seats })
  },
)

When(
  '{person} swaps {seats} of {owner} booking for {seats}',
  async function (this: RowlockWorld, person: Person, from: string[], owner: Person, to: string[]) {
    expectDone(await person.send('POST', ofBooking(this, owner, '/swap'), { from, to }))
  },
)

When(
  '{person} asks to swap {seats} of {owner} booking for {seats}',
  async function (this: RowlockWorld, person: Person, from: string[], owner: Person, to: string[]) {
    await person.send('POST', ofBooking(this, owner, '/swap'), { from, to })
  },
)

async function bookingOf(world: RowlockWorld, owner: Person): Promise<Booking> {
  const answer = await world.onlooker().send('GET', ofBooking(world, owner))
  return expectDone(answer) as unknown as Booking
}

Then(
  '{owner} booking has {seats}',
  async function (this: RowlockWorld, owner: Person, seats: string[]) {
    const booking = await bookingOf(this, owner)
    assert.deepEqual(booking.seats, seats)
    assert.equal(booking.cancelledAt, null)
  },
)

Then('{owner} booking is cancelled', async function (this: RowlockWorld, owner: Person) {
  const booking = await bookingOf(this, owner)
  assert.deepEqual(booking.seats, [])
  assert.notEqual(booking.cancelledAt, null)
})

Then(
  '{person} is given a new booking of {seats}',
  function (this: RowlockWorld, person: Person, seats: string[]) {
    const { status, headers, body } = person.lastAnswer
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(body.seats, seats)
    assert.equal(headers.get('location'), this.inShow(`bookings/${body.id}`))
    this.noted = person.lastAnswer
  },
)

Then('{person} is given the same booking', function (this: RowlockWorld, person: Person) {
  assert.equal(person.lastAnswer.status, 200)
  assert.deepEqual(person.lastAnswer.body, this.noted?.body)
})
