import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

When(
  '{person} asks to hold the best {int} seats, {int} of them accessible',
  async function (this: RowlockWorld, person: Person, quantity: number, accessible: number) {
    await person.send('POST', this.inShow('holds'), { best: { quantity, accessible } })
  },
)

When(
  '{person} asks to book the best {int} seats under the key {string}',
  async function (this: RowlockWorld, person: Person, quantity: number, key: string) {
    const body = { best: { quantity }, holder: person.name }
    await person.send('POST', this.inShow('bookings'), body, { key: this.keyOf(key) })
  },
)

When(
  '{person} asks to give back {int} places of the section {string}',
  async function (this: RowlockWorld, person: Person, quantity: number, section: string) {
    const path = this.inShow(`holds/${person.hold?.id}/release`)
    await person.send('POST', path, { places: [{ section, quantity }] })
  },
)

When(
  '{person} cancels {int} places of the section {string} of {owner} booking',
  async function (
    this: RowlockWorld,
    person: Person,
    quantity: number,
    section: string,
    owner: Person,
  ) {
    const path = this.inShow(`bookings/${owner.booking?.id}/cancel`)
    expectDone(await person.send('POST', path, { places: [{ section, quantity }] }))
  },
)

Then('they are all together', function (this: RowlockWorld) {
  assert.equal(this.spokenOf?.lastAnswer.body.together, true)
})

Then('they are not all together', function (this: RowlockWorld) {
  assert.equal(this.spokenOf?.lastAnswer.body.together, false)
})

Then('all of them sit together', function (this: RowlockWorld) {
  assert.ok(this.crowd.every(({ body }) => body.together === true))
})

/** Counts of every section, as the availability has them. */
Then('the sections are', async function (this: RowlockWorld, table: DataTable) {
  const { sections } = await this.availability()
  const wanted = table.hashes().map(({ section, ...counts }) => ({
    section,
    ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)])),
  }))
  assert.deepEqual(sections, wanted)
})
