import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import { newUuid, toPublicId } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

When(
  '{person} asks to hold a seat of a show that does not exist',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', `/v1/shows/${this.uniqueKey('no')}/holds`, { seats: ['A1'] })
  },
)

When(
  '{person} looks at a {word} that does not exist',
  async function (this: RowlockWorld, person: Person, kind: 'hold' | 'booking') {
    await person.send('GET', this.inShow(`${kind}s/${toPublicId(kind, newUuid())}`))
  },
)

When(
  '{person} asks to {word} a {word} that does not exist',
  async function (
    this: RowlockWorld,
    person: Person,
    action: string,
    kind: 'hold' | 'booking' | 'block',
  ) {
    const verb = action === 'unblock' ? 'release' : action
    await person.send('POST', this.inShow(`${kind}s/${toPublicId(kind, newUuid())}/${verb}`))
  },
)

When(
  '{person} looks at a booking with the id of her hold',
  async function (this: RowlockWorld, person: Person) {
    const id = person.hold?.id.replace(/^hold_/, 'book_')
    await person.send('GET', this.inShow(`bookings/${id}`))
  },
)

Then('{owner} booking names her hold', function (this: RowlockWorld, owner: Person) {
  assert.equal(owner.lastAnswer.body.hold, owner.hold?.id)
})
