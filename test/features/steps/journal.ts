import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { JournalEntry } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import type { RowlockWorld } from '../support/world.ts'

async function listJournal(world: RowlockWorld, person: Person, query = ''): Promise<void> {
  world.listed = []
  let cursor = ''
  do {
    const answer = await person.send('GET', world.inShow(`journal?${query}${cursor}`))
    world.listed.push(answer.body)
    cursor = answer.body.next ? `&cursor=${answer.body.next}` : ''
  } while (cursor !== '')
}

When('{person} lists the journal', async function (this: RowlockWorld, person: Person) {
  await listJournal(this, person)
})

When(
  '{person} lists the journal after version {int}',
  async function (this: RowlockWorld, person: Person, version: number) {
    await listJournal(this, person, `after=${version}`)
  },
)

When(
  '{person} lists the journal in pages of {int}',
  async function (this: RowlockWorld, person: Person, limit: number) {
    await listJournal(this, person, `limit=${limit}`)
  },
)

Then('it tells', function (this: RowlockWorld, table: DataTable) {
  const entries = this.listed.flatMap((page) => (page as { items: JournalEntry[] }).items)
  const wanted = table.hashes() as Record<string, string>[]
  const columns = Object.keys(wanted[0] ?? {}) as (keyof JournalEntry)[]
  const seen = entries.map((entry) =>
    Object.fromEntries(columns.map((name) => [name, cellOf(entry[name])])),
  )
  assert.deepEqual(seen, wanted)
})

function cellOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}
