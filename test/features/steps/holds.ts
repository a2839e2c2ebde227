import assert from 'node:assert/strict'
import { Then, When } from '@cucumber/cucumber'
import type { Hold } from '../../../src/protocol/index.ts'
import type { Answer } from '../support/http.ts'
import type { Person, SendOptions } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

/** Everybody holds under their own name, as a shop's customers do. */
async function askToHold(
  world: RowlockWorld,
  person: Person,
  seats: readonly string[],
  more: Record<string, unknown> = {},
  options: SendOptions = {},
): Promise<Answer> {
  const holder = { holder: person.name }
  return await person.send('POST', world.inShow('holds'), { seats, ...holder, ...more }, options)
}

/** `holds/hold_…/confirm`, with the hold that the person has. */
function ofHold(world: RowlockWorld, person: Person, action = ''): string {
  if (!person.hold) throw new Error(`${person.name} has held nothing yet.`)
  return world.inShow(`holds/${person.hold.id}${action}`)
}

When(
  '{person} holds {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    expectDone(await askToHold(this, person, seats))
  },
)

When(
  '{person} holds {seats} for {duration}',
  async function (this: RowlockWorld, person: Person, seats: string[], holdSeconds: number) {
    expectDone(await askToHold(this, person, seats, { holdSeconds }))
  },
)

When(
  '{person} asks to hold {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await askToHold(this, person, seats)
  },
)

When(
  '{person} asks to hold {seats} for {duration}',
  async function (this: RowlockWorld, person: Person, seats: string[], holdSeconds: number) {
    await askToHold(this, person, seats, { holdSeconds })
  },
)

When(
  '{person} asks to hold {seats} with the reference {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], reference: string) {
    await askToHold(this, person, seats, { reference })
  },
)

When(
  '{person} asks to hold {seats} under the key {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], key: string) {
    await askToHold(this, person, seats, {}, { key: this.keyOf(key) })
  },
)

When(
  '{person} looks at {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    const path = ofHold(this, owner)
    await person.send('GET', path)
  },
)

When('{person} asks for more time', async function (this: RowlockWorld, person: Person) {
  await person.send('POST', ofHold(this, person, '/extend'))
})

When(
  '{person} asks for {duration} from now',
  async function (this: RowlockWorld, person: Person, holdSeconds: number) {
    await person.send('POST', ofHold(this, person, '/extend'), { holdSeconds })
  },
)

When(
  '{person} releases {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    person.hold = owner.hold
    expectDone(await person.send('POST', ofHold(this, owner, '/release')))
  },
)

When(
  '{person} asks to release {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    await person.send('POST', ofHold(this, owner, '/release'))
  },
)

When(
  '{person} releases {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    expectDone(await person.send('POST', ofHold(this, person, '/release'), { seats }))
  },
)

When(
  '{person} asks to release {seats}',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await person.send('POST', ofHold(this, person, '/release'), { seats })
  },
)

When('{person} confirms', async function (this: RowlockWorld, person: Person) {
  expectDone(await person.send('POST', ofHold(this, person, '/confirm')))
})

When('{person} asks to confirm', async function (this: RowlockWorld, person: Person) {
  await person.send('POST', ofHold(this, person, '/confirm'))
})

When(
  '{person} asks to confirm {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    await person.send('POST', ofHold(this, owner, '/confirm'))
  },
)

When(
  '{person} asks to confirm with the reference {string}',
  async function (this: RowlockWorld, person: Person, reference: string) {
    await person.send('POST', ofHold(this, person, '/confirm'), { reference })
  },
)

When(
  '{person} asks to confirm, taking the seats again if they are free',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', ofHold(this, person, '/confirm'), { reacquire: true })
  },
)

Then(
  '{person} is given a hold of {seats}',
  function (this: RowlockWorld, person: Person, seats: string[]) {
    const { status, headers, body } = person.lastAnswer
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(body.seats, seats)
    assert.equal(headers.get('location'), this.inShow(`holds/${body.id}`))
  },
)

function holdOf(answer: Answer): Hold {
  return expectDone(answer) as unknown as Hold
}

Then(
  '{owner} hold has {seats}',
  async function (this: RowlockWorld, owner: Person, seats: string[]) {
    const hold = holdOf(await owner.send('GET', ofHold(this, owner)))
    assert.deepEqual(hold.seats, seats)
  },
)

Then('{owner} hold is {word}', async function (this: RowlockWorld, owner: Person, status: string) {
  const hold = holdOf(await owner.send('GET', ofHold(this, owner)))
  assert.equal(hold.status, status)
})

/** The time that the way here has taken is the only doubt. */
Then(
  '{owner} hold ends in {duration}',
  async function (this: RowlockWorld, owner: Person, seconds: number) {
    const hold = holdOf(await owner.send('GET', ofHold(this, owner)))
    assert.equal(hold.status, 'live')
    assert.ok(
      hold.secondsLeft <= seconds && hold.secondsLeft > seconds - 5,
      `It ends in ${hold.secondsLeft} seconds.`,
    )
  },
)
