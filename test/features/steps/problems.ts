import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Call } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

function answerOf(world: RowlockWorld) {
  assert.ok(world.spokenOf)
  return world.spokenOf.lastAnswer
}

When(
  '{person} sends {string} {string} with the body {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    method: Call['method'],
    path: string,
    body: string,
  ) {
    const address = path.replace('{show}', this.inShow())
    const headers = body === '' ? {} : JSON_TYPE
    await person.send(method, address, body === '' ? undefined : body, { headers })
  },
)

When(
  '{person} sends {string} {string} with the request id {string}',
  async function (
    this: RowlockWorld,
    person: Person,
    method: Call['method'],
    path: string,
    id: string,
  ) {
    await person.send(method, path, undefined, { headers: { 'x-request-id': id } })
  },
)

When('{person} sends her hold as a form', async function (this: RowlockWorld, person: Person) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  await person.send('POST', this.inShow('holds'), 'seats=A1', { headers })
})

When(
  '{person} sends a hold of {int} megabytes',
  async function (this: RowlockWorld, person: Person, megabytes: number) {
    const body = { seats: ['A1'], reference: 'x'.repeat(megabytes * 1_048_576) }
    await person.send('POST', this.inShow('holds'), body)
  },
)

When(
  '{person} asks for the availability with the key {string}',
  async function (this: RowlockWorld, person: Person, key: string) {
    const headers = { authorization: `Bearer ${key}` }
    await person.send('GET', this.inShow('availability'), undefined, { headers })
  },
)

Then('the problem has', function (this: RowlockWorld, table: DataTable) {
  const { headers, body } = answerOf(this)
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
  for (const [field, value] of Object.entries(table.rowsHash())) {
    assert.equal(String(body[field]), value, field)
  }
})

Then('the problem names the request', function (this: RowlockWorld) {
  const { headers, body } = answerOf(this)
  assert.ok(headers.get('x-request-id'))
  assert.equal(body.requestId, headers.get('x-request-id'))
  assert.equal(body.instance, this.inShow('holds'))
})

Then('the answer carries the request id {string}', function (this: RowlockWorld, id: string) {
  assert.equal(answerOf(this).headers.get('x-request-id'), id)
})

Then('the type of the problem leads to a page', async function (this: RowlockWorld) {
  const type = String(answerOf(this).body.type)
  const page = await this.onlooker().send('GET', type)
  assert.equal(page.status, 200)
  assert.match(String(page.body.text), /At least one of the seats is taken/)
})

Then('the answer says how to authenticate', function (this: RowlockWorld) {
  assert.match(answerOf(this).headers.get('www-authenticate') ?? '', /^Bearer/)
})

When(
  '{person} asks (it )for {string}',
  async function (this: RowlockWorld, person: Person, path: string) {
    await person.send('GET', path)
  },
)

Then(
  '{person} is told that the database is well and has at least {int} show',
  function (this: RowlockWorld, person: Person, count: number) {
    const { body } = person.lastAnswer
    const { reachable, migrated } = body.database as Record<string, unknown>
    assert.deepEqual(
      { status: body.status, reachable, migrated },
      {
        status: 'ok',
        reachable: true,
        migrated: true,
      },
    )
    assert.ok(Number(body.shows) >= count)
  },
)
