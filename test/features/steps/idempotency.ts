import assert from 'node:assert/strict'
import { Given, Then, When } from '@cucumber/cucumber'
import type { Answer } from '../support/http.ts'
import { loseReply } from '../support/lose-reply.ts'
import { newKey, type Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

Given(
  '{person} held {seats}, but the reply never reached her/him',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await loseReply(person, this.inShow('holds'), { seats, holder: person.name })
  },
)

Given(
  '{person} confirmed, but the reply never reached her/him',
  async function (this: RowlockWorld, person: Person) {
    await loseReply(person, this.inShow(`holds/${person.hold?.id}/confirm`))
  },
)

Given(
  '{person} booked {seats}, but the reply never reached her/him',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await loseReply(person, this.inShow('bookings'), { seats, holder: person.name })
  },
)

Given(
  '{person} adds {seats}, but the reply never reached it',
  async function (this: RowlockWorld, person: Person, seats: string[]) {
    await loseReply(person, this.inShow('seats'), { seats })
  },
)

When('{person} sends the same request again', async function (this: RowlockWorld, person: Person) {
  this.noted = person.answer
  await person.sendCall(person.lastCall)
})

When(
  '{person} sends the same request again to the second server',
  async function (this: RowlockWorld, person: Person) {
    this.noted = person.answer
    person.serverUrl = this.secondServerUrl
    await person.sendCall(person.lastCall)
  },
)

When(
  '{person} sends {owner} request',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    const { method, path, body, headers } = owner.lastCall
    await person.send(method, path, body, { key: headers['idempotency-key'] ?? '' })
  },
)

When(
  '{person} sends a request for {seats} {int} times at once, to both servers',
  async function (this: RowlockWorld, person: Person, seats: string[], count: number) {
    const key = newKey()
    const body = { seats, holder: person.name }
    const urls = [this.firstServerUrl, this.secondServerUrl]
    this.crowd = await Promise.all(
      Array.from({ length: count }, (_, n) =>
        this.clientOf(urls[n % 2] as string).send('POST', this.inShow('holds'), body, { key }),
      ),
    )
  },
)

When(
  '{person} asks to {word} {owner} hold under the key {string}',
  async function (this: RowlockWorld, person: Person, action: string, owner: Person, key: string) {
    const path = this.inShow(`holds/${owner.hold?.id}/${action}`)
    await person.send('POST', path, undefined, { key: this.keyOf(key) })
  },
)

When(
  '{person} asks to confirm under the key {string}, taking the seats again if they are free',
  async function (this: RowlockWorld, person: Person, key: string) {
    const path = this.inShow(`holds/${person.hold?.id}/confirm`)
    await person.send('POST', path, { reacquire: true }, { key: this.keyOf(key) })
  },
)

When(
  '{person} asks to swap {seats} of {owner} booking for {seats} under the key {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    from: string[],
    owner: Person,
    to: string[],
    key: string,
  ) {
    const path = this.inShow(`bookings/${owner.booking?.id}/swap`)
    await person.send('POST', path, { from, to }, { key: this.keyOf(key) })
  },
)

When(
  '{person} asks to hold {seats} under the very key {string}',
  async function (this: RowlockWorld, person: Person, seats: string[], key: string) {
    await person.send('POST', this.inShow('holds'), { seats }, { key })
  },
)

When(
  '{person} asks to hold {seats} under a key of {int} characters',
  async function (this: RowlockWorld, person: Person, seats: string[], length: number) {
    await person.send('POST', this.inShow('holds'), { seats }, { key: 'k'.repeat(length) })
  },
)

When(
  '{person} holds seat A1, the fields in {word} order, under the key {string}',
  async function (this: RowlockWorld, person: Person, order: string, key: string) {
    const fields = Object.entries({ seats: ['A1'], holder: person.name, holdSeconds: 60 })
    const body = Object.fromEntries(order === 'one' ? fields : fields.reverse())
    await person.send('POST', this.inShow('holds'), body, { key: this.keyOf(key) })
  },
)

/** Seconds left count from the answer, so they are the one thing that a replay tells anew. */
function lasting(answer: Answer | null): unknown {
  return { ...answer?.body, secondsLeft: null }
}

Then(
  '{person} is given the same answer, marked as a replay',
  function (this: RowlockWorld, person: Person) {
    const { status, headers } = person.lastAnswer
    assert.equal(headers.get('idempotency-replayed'), 'true')
    assert.equal(status, this.noted?.status)
    assert.equal(headers.get('location'), this.noted?.headers.get('location') ?? null)
    assert.deepEqual(lasting(person.lastAnswer), lasting(this.noted))
  },
)

Then(
  '{person} is given the same hold with the same deadline',
  function (this: RowlockWorld, person: Person) {
    assert.equal(person.lastAnswer.status, 201)
    assert.equal(person.lastAnswer.body.expiresAt, this.noted?.body.expiresAt)
    assert.deepEqual(lasting(person.lastAnswer), lasting(this.noted))
  },
)

Then('the answer is marked as a replay', function (this: RowlockWorld) {
  assert.equal(this.spokenOf?.lastAnswer.headers.get('idempotency-replayed'), 'true')
})

Then('the answer to {person} is marked as a replay', function (this: RowlockWorld, person: Person) {
  assert.equal(person.lastAnswer.headers.get('idempotency-replayed'), 'true')
})

Then('all answers are the same but for the mark of a replay', function (this: RowlockWorld) {
  const [first] = this.crowd
  for (const answer of this.crowd) {
    assert.equal(answer.status, first?.status)
    assert.deepEqual(lasting(answer), lasting(first ?? null))
  }
  const fresh = this.crowd.filter(({ headers }) => !headers.has('idempotency-replayed'))
  assert.equal(fresh.length, 1)
})
