import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import { type JournalEntry, newUuid, toPublicId } from '../../../src/protocol/index.ts'
import type { Answer } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

/**
 * Hands a booking on: the person who asks remembers the outcome as a booking of their own, and the
 * owner the old one.
 */
async function handOn(
  world: RowlockWorld,
  person: Person,
  owner: Person,
  body: Record<string, unknown>,
): Promise<Answer> {
  const former = owner.booking
  const answer = await person.send('POST', world.inShow(`bookings/${former?.id}/transfer`), body)
  owner.booking = former
  return answer
}

When(
  '{person} hands {owner} booking on to {string}',
  async function (this: RowlockWorld, person: Person, owner: Person, holder: string) {
    expectDone(await handOn(this, person, owner, { holder }))
  },
)

When(
  '{person} hands {owner} booking on to {string} for the order {string}',
  async function (this: RowlockWorld, person: Person, owner: Person, holder: string, to: string) {
    expectDone(await handOn(this, person, owner, { holder, reference: to }))
  },
)

When(
  '{person} asks to hand {owner} booking on to {string}',
  async function (this: RowlockWorld, person: Person, owner: Person, holder: string) {
    await handOn(this, person, owner, { holder })
  },
)

When(
  '{person} hands {seats} of {owner} booking on to {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    seats: string[],
    owner: Person,
    holder: string,
  ) {
    expectDone(await handOn(this, person, owner, { holder, seats }))
  },
)

When(
  '{person} hands {seats} of {owner} booking on to {string} for the order {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    seats: string[],
    owner: Person,
    holder: string,
    reference: string,
  ) {
    expectDone(await handOn(this, person, owner, { holder, seats, reference }))
  },
)

When(
  '{person} asks to hand {seats} of {owner} booking on to {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    seats: string[],
    owner: Person,
    holder: string,
  ) {
    await handOn(this, person, owner, { holder, seats })
  },
)

When(
  '{person} asks to hand a booking that does not exist on to {string}',
  async function (this: RowlockWorld, person: Person, holder: string) {
    const path = this.inShow(`bookings/${toPublicId('booking', newUuid())}/transfer`)
    await person.send('POST', path, { holder })
  },
)

/** The booking that the box office was answered. */
Then('what was handed on has', function (this: RowlockWorld, table: DataTable) {
  const { body } = this.boxOffice.lastAnswer
  const seen = Object.keys(table.rowsHash()).map((name) => [name, String(body[name])])
  assert.deepEqual(Object.fromEntries(seen), table.rowsHash())
})

When('the box office cancels what was handed on', async function (this: RowlockWorld) {
  const { id } = this.boxOffice.lastAnswer.body
  expectDone(await this.boxOffice.send('POST', this.inShow(`bookings/${id}/cancel`)))
})

Then('each of the last two names the booking of the other', function (this: RowlockWorld) {
  const entries = this.listed.flatMap((page) => (page as { items: JournalEntry[] }).items)
  const [rest, gone] = entries.slice(-2) as [JournalEntry, JournalEntry]
  assert.deepEqual([rest.details, gone.details], [{ to: gone.id }, { from: rest.id }])
  assert.notEqual(rest.id, gone.id)
})
