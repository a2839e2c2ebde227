import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

/** A client among many: every other one speaks to the second server. */
function client(world: RowlockWorld, n: number): Person {
  const url = n % 2 === 0 ? world.firstServerUrl : world.secondServerUrl
  return new Person(`client ${n}`, false, url)
}

/** All clients ask at the same moment, as far as there is one. */
async function askAtOnce(
  world: RowlockWorld,
  count: number,
  ask: (person: Person, n: number) => Promise<unknown>,
): Promise<void> {
  const people = Array.from({ length: count }, (_, n) => client(world, n))
  await Promise.all(people.map((person, n) => ask(person, n)))
  world.crowd = people.map((person) => person.lastAnswer)
}

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

Then('{int} of them is/are told yes', function (this: RowlockWorld, count: number) {
  assert.equal(this.crowd.filter(({ status }) => status === 201).length, count)
})

Then(
  '{int} of them are refused: {code}',
  function (this: RowlockWorld, count: number, code: string) {
    assert.equal(this.crowd.filter(({ body }) => body.code === code).length, count)
  },
)
