import assert from 'node:assert/strict'
import { Given, Then, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { newKey } from '../support/person.ts'
import { eatReply } from '../support/reply-eater.ts'
import type { RowlockWorld } from '../support/world.ts'

/** Sends a request of which the client never sees the answer, although it was done. */
async function loseReply(person: Person, path: string, body?: unknown): Promise<void> {
  const eater = await eatReply(person.serverUrl)
  const { serverUrl } = person
  person.serverUrl = eater.url
  try {
    await assert.rejects(person.send('POST', path, body, { key: newKey() }))
  } finally {
    person.serverUrl = serverUrl
    await eater.close()
  }
}

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
  '{person} sends the same request {int} times at once, to both servers',
  async function (this: RowlockWorld, person: Person, count: number) {
    const { method, path, body } = person.lastCall
    const key = newKey()
    const urls = [this.firstServerUrl, this.secondServerUrl]
    this.crowd = await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const clone = this.clientOf(urls[n % 2] as string)
        return await clone.send(method, path, body, { key })
      }),
    )
  },
)

Then(
  '{person} is given the same answer, marked as a replay',
  function (this: RowlockWorld, person: Person) {
    const { status, headers, body } = person.lastAnswer
    assert.equal(headers.get('idempotency-replayed'), 'true')
    assert.equal(status, this.noted?.status)
    assert.equal(headers.get('location'), this.noted?.headers.get('location') ?? null)
    assert.deepEqual(body, this.noted?.body)
  },
)

Then('all answers are the same but for the mark of a replay', function (this: RowlockWorld) {
  const [first] = this.crowd
  for (const { status, body } of this.crowd) {
    assert.equal(status, first?.status)
    assert.deepEqual(body, first?.body)
  }
  const fresh = this.crowd.filter(({ headers }) => !headers.has('idempotency-replayed'))
  assert.equal(fresh.length, 1)
})

Then('the answer is no replay', function (this: RowlockWorld) {
  assert.equal(this.spokenOf?.lastAnswer.headers.get('idempotency-replayed'), null)
})
