import assert from 'node:assert/strict'
import { type DataTable, Then } from '@cucumber/cucumber'
import { ERRORS, type ErrorCode, type Problem } from '../../../src/protocol/index.ts'
import type { Answer } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

/** The problem of an answer that must be the refusal `code`, in the form that every refusal has. */
function expectRefusal(answer: Answer, code: string): Problem {
  assert.equal(answer.body.code, code, JSON.stringify(answer.body))
  const problem = answer.body as unknown as Problem
  const { status, title } = ERRORS[code as ErrorCode]
  assert.equal(answer.status, status)
  assert.equal(problem.status, status)
  assert.equal(problem.title, title)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  return problem
}

Then('{person} is refused: {code}', function (this: RowlockWorld, person: Person, code: string) {
  expectRefusal(person.lastAnswer, code)
})

Then(
  '{person} is refused: {code}, limit {int}',
  function (this: RowlockWorld, person: Person, code: string, limit: number) {
    assert.equal(expectRefusal(person.lastAnswer, code).limit, limit)
  },
)

/** Seats in the way, in the order asked for. A held seat says until when. */
Then(
  '{person} is refused: {code}, because of',
  function (this: RowlockWorld, person: Person, code: string, table: DataTable) {
    const { seats = [] } = expectRefusal(person.lastAnswer, code)
    const named = seats.map(({ seat, reason }) => ({ seat, reason }))
    assert.deepEqual(named, table.hashes())
    for (const { reason, until } of seats) {
      assert.equal(typeof until, reason === 'held' ? 'string' : 'undefined')
    }
  },
)

Then(
  '{person} is refused: {code}, with the mistakes',
  function (this: RowlockWorld, person: Person, code: string, table: DataTable) {
    const { mistakes = [] } = expectRefusal(person.lastAnswer, code)
    const wanted = table.hashes() as { path: string; message: string }[]
    assert.deepEqual(
      mistakes.map(({ path }) => path),
      wanted.map(({ path }) => path),
    )
    for (const [n, { message }] of mistakes.entries()) {
      assert.ok(message.includes(wanted[n]?.message ?? ''), message)
    }
  },
)

Then('{person} is told yes', function (this: RowlockWorld, person: Person) {
  const { status, body } = person.lastAnswer
  assert.ok(status === 200 || status === 201, `${status}: ${JSON.stringify(body)}`)
})

Then(
  'the answer to {person} is {int}',
  function (this: RowlockWorld, person: Person, status: number) {
    assert.equal(person.lastAnswer.status, status, JSON.stringify(person.lastAnswer.body))
  },
)

Then('the answer has', function (this: RowlockWorld, table: DataTable) {
  const person = this.spokenOf ?? this.boxOffice
  for (const [field, value] of Object.entries(table.rowsHash())) {
    assert.equal(String(person.lastAnswer.body[field]), value, field)
  }
})
