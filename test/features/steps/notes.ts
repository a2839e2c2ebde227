import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

When(
  '{person} holds {seats} with the notes',
  async function (this: RowlockWorld, person: Person, seats: string[], table: DataTable) {
    const body = { seats, metadata: table.rowsHash() }
    expectDone(await person.send('POST', this.inShow('holds'), body))
  },
)

When(
  '{person} confirms with the notes',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    const path = this.inShow(`holds/${person.hold?.id}/confirm`)
    expectDone(await person.send('POST', path, { metadata: table.rowsHash() }))
  },
)

When(
  '{person} books {seats} with the notes',
  async function (this: RowlockWorld, person: Person, seats: string[], table: DataTable) {
    const body = { seats, metadata: table.rowsHash() }
    expectDone(await person.send('POST', this.inShow('bookings'), body))
  },
)

When(
  '{person} blocks {seats} with the notes',
  async function (this: RowlockWorld, person: Person, seats: string[], table: DataTable) {
    const body = { seats, reason: 'house', metadata: table.rowsHash() }
    expectDone(await person.send('POST', this.inShow('blocks'), body))
  },
)

const many = (count: number, length: number) => {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, 'x'.repeat(length)]))
}

const WRONG: Readonly<Record<string, unknown>> = {
  '21 notes': many(21, 1),
  'a note of 501 characters': many(1, 501),
  '9 notes of 500 characters': many(9, 500),
  'a note whose key has 41 letters': { ['k'.repeat(41)]: 'x' },
  'a note that is a number': { basket: 99 },
}

for (const [what, metadata] of Object.entries(WRONG)) {
  When(
    `{person} asks to hold {seats} with ${what}`,
    async function (this: RowlockWorld, person: Person, seats: string[]) {
      await person.send('POST', this.inShow('holds'), { seats, metadata })
    },
  )
}

/** Everything that anybody may read of a show: pages, and what a listener is told first. */
When(
  '{person} looks at everything that is public',
  async function (this: RowlockWorld, person: Person) {
    this.listed = []
    for (const path of ['', 'seats', 'availability', 'map', 'statuses']) {
      this.listed.push((await person.send('GET', this.inShow(path))).body)
    }
    const stream = await fetch(`${person.serverUrl}${this.inShow('stream')}`)
    const reader = stream.body?.getReader()
    const first = await reader?.read()
    await reader?.cancel()
    this.listed.push(new TextDecoder().decode(first?.value))
    assert.match(String(this.listed.at(-1)), /statuses/)
  },
)

Then('nothing of it speaks of {string}', function (this: RowlockWorld, word: string) {
  assert.ok(this.listed.length > 0)
  assert.ok(!JSON.stringify(this.listed).includes(word))
})

const answered = (world: RowlockWorld) => (world.spokenOf ?? world.boxOffice).lastAnswer.body

Then('the answer has these notes', function (this: RowlockWorld, table: DataTable) {
  assert.deepEqual(answered(this).metadata, table.rowsHash())
})

Then('the answer has no notes', function (this: RowlockWorld) {
  assert.deepEqual(answered(this).metadata, {})
})
