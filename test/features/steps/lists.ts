import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

interface Page {
  readonly items: Record<string, unknown>[]
  readonly next: string | null
}

const PAGES_MAX = 20

/** Follows the pages to the end. */
async function list(world: RowlockWorld, person: Person, path: string, query = ''): Promise<void> {
  world.listed = []
  let cursor = ''
  do {
    const answer = await person.send('GET', `${path}?${query}${cursor}`)
    const page = expectDone(answer) as unknown as Page
    world.listed.push(page)
    cursor = page.next === null ? '' : `&cursor=${page.next}`
  } while (cursor !== '' && world.listed.length < PAGES_MAX)
}

for (const what of ['holds', 'bookings', 'blocks', 'journal']) {
  const the = what === 'journal' ? 'history' : what
  When(`{person} lists the ${the}`, async function (this: RowlockWorld, person: Person) {
    await list(this, person, this.inShow(what))
  })

  When(
    `{person} lists the ${the} with {string}`,
    async function (this: RowlockWorld, person: Person, query: string) {
      await list(this, person, this.inShow(what), query)
    },
  )

  When(
    `{person} asks for the ${the} with {string}`,
    async function (this: RowlockWorld, person: Person, query: string) {
      await person.send('GET', this.inShow(`${what}?${query}`))
    },
  )
}

When(
  '{person} finds the bookings with {string}',
  async function (this: RowlockWorld, person: Person, query: string) {
    await list(this, person, '/v1/bookings', query)
  },
)

When(
  '{person} asks for all bookings there are',
  async function (this: RowlockWorld, person: Person) {
    await person.send('GET', '/v1/bookings')
  },
)

const itemsOf = (world: RowlockWorld) => world.listed.flatMap((page) => (page as Page).items)

Then('the list has', function (this: RowlockWorld, table: DataTable) {
  const wanted = table.hashes() as Record<string, string>[]
  const columns = Object.keys(wanted[0] ?? {})
  const seen = itemsOf(this).map((item) =>
    Object.fromEntries(columns.map((name) => [name, cellOf(item[name])])),
  )
  assert.deepEqual(seen, wanted)
})

Then('the list is empty', function (this: RowlockWorld) {
  assert.deepEqual(itemsOf(this), [])
})

function cellOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}
