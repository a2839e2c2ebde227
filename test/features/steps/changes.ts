import { When } from '@cucumber/cucumber'
import type { Answer } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

function change(
  world: RowlockWorld,
  person: Person,
  owner: Person,
  body: Record<string, unknown>,
): Promise<Answer> {
  return person.send('POST', world.inShow(`holds/${owner.hold?.id}/change`), body)
}

When(
  '{person} adds {seats} to {owner} hold',
  async function (this: RowlockWorld, person: Person, add: string[], owner: Person) {
    expectDone(await change(this, person, owner, { add }))
  },
)

When(
  '{person} asks to add {seats} to {owner} hold',
  async function (this: RowlockWorld, person: Person, add: string[], owner: Person) {
    await change(this, person, owner, { add })
  },
)

When(
  '{person} drops {seats} from {owner} hold',
  async function (this: RowlockWorld, person: Person, drop: string[], owner: Person) {
    expectDone(await change(this, person, owner, { drop }))
  },
)

When(
  '{person} asks to drop {seats} from {owner} hold',
  async function (this: RowlockWorld, person: Person, drop: string[], owner: Person) {
    await change(this, person, owner, { drop })
  },
)

When(
  '{person} adds {seats} to {owner} hold and drops {seats}',
  async function (
    this: RowlockWorld,
    person: Person,
    add: string[],
    owner: Person,
    drop: string[],
  ) {
    expectDone(await change(this, person, owner, { add, drop }))
  },
)

When(
  '{person} asks to add {seats} to {owner} hold and to drop {seats}',
  async function (
    this: RowlockWorld,
    person: Person,
    add: string[],
    owner: Person,
    drop: string[],
  ) {
    await change(this, person, owner, { add, drop })
  },
)

When(
  '{person} adds the best {int} seats to {owner} hold',
  async function (this: RowlockWorld, person: Person, quantity: number, owner: Person) {
    expectDone(await change(this, person, owner, { best: { quantity } }))
  },
)
