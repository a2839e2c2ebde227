import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

function ofBlock(world: RowlockWorld): string {
  const block = world.boxOffice.block
  if (!block) throw new Error('The box office has blocked nothing yet.')
  return world.inShow(`blocks/${block.id}/release`)
}

When(
  '{person} blocks {seats} for {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], reason: string) {
    expectDone(await person.send('POST', this.inShow('blocks'), { seats, reason }))
  },
)

When(
  '{person} asks to block {seats} for {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], reason: string) {
    await person.send('POST', this.inShow('blocks'), { seats, reason })
  },
)

When('{person} unblocks everything', async function (this: RowlockWorld, person: Person) {
  expectDone(await person.send('POST', ofBlock(this)))
})

When(
  '{person} unblocks {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    expectDone(await person.send('POST', ofBlock(this), { seats }))
  },
)

When(
  '{person} asks to unblock {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await person.send('POST', ofBlock(this), { seats })
  },
)

When('{person} looks at the block', async function (this: RowlockWorld, person: Person) {
  await person.send('GET', this.inShow(`blocks/${this.boxOffice.block?.id}`))
})

When(
  '{person} looks at a block with the id of {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    const id = String(owner.hold?.id).replace('hold_', 'block_')
    await person.send('GET', this.inShow(`blocks/${id}`))
  },
)

Then('the block has {seats}', function (this: RowlockWorld, seats: string[]) {
  assert.deepEqual(this.boxOffice.block?.seats, seats)
  assert.equal(this.boxOffice.block?.releasedAt, null)
})

Then('the block is over', function (this: RowlockWorld) {
  assert.deepEqual(this.boxOffice.block?.seats, [])
  assert.notEqual(this.boxOffice.block?.releasedAt, null)
})
