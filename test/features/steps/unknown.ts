import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import { type IdKind, newUuid, toPublicId } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

/** An address that is well-formed and leads to nothing. */
function nowhere(world: RowlockWorld, kind: IdKind | 'show'): string {
  if (kind === 'show') return `/v1/shows/${world.uniqueKey()}`
  const id = toPublicId(kind, newUuid())
  const isOfShow = kind === 'hold' || kind === 'booking' || kind === 'block'
  return isOfShow ? world.inShow(`${kind}s/${id}`) : `/v1/${kind}s/${id}`
}

When(
  '{person} asks to hold a seat of a show that does not exist',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', `${nowhere(this, 'show')}/holds`, { seats: ['A1'] })
  },
)

When(
  '{person} looks at a {kind} that does not exist',
  async function (this: RowlockWorld, person: Person, kind: IdKind | 'show') {
    await person.send('GET', nowhere(this, kind))
  },
)

When(
  '{person} asks to {word} a {kind} that does not exist',
  async function (this: RowlockWorld, person: Person, action: string, kind: IdKind) {
    const verb = action === 'unblock' ? 'release' : action
    const body = action === 'change' ? { add: ['A1'] } : undefined
    await person.send('POST', `${nowhere(this, kind)}/${verb}`, body)
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
