import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Availability, Seat, SeatMap } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

/** `the availability` → `availability`: what can be asked again, if it has changed. */
const TAGGED = ['availability', 'statuses', 'map'] as const

for (const what of TAGGED) {
  When(`{person} asks for the ${what}`, async function (this: RowlockWorld, person: Person) {
    this.noted = await person.send('GET', this.inShow(what))
    assert.match(this.noted.headers.get('etag') ?? '', /^"[^"]+"$/)
  })

  When(
    `{person} asks for the ${what} again, if it/they has/have changed`,
    async function (this: RowlockWorld, person: Person) {
      const headers = { 'if-none-match': this.noted?.headers.get('etag') ?? '' }
      const answer = await person.send('GET', this.inShow(what), undefined, { headers })
      if (answer.status === 304) assert.deepEqual(answer.body, { text: '' })
    },
  )
}

Then(
  '{person} is told of {int} held seat(s)',
  function (this: RowlockWorld, person: Person, count: number) {
    const { counts } = person.lastAnswer.body as unknown as Availability
    assert.equal(counts.held, count)
  },
)

for (const part of ['section', 'category'] as const) {
  Then(`the counts by ${part} are`, async function (this: RowlockWorld, table: DataTable) {
    const { sections, categories } = await this.availability()
    const seen = (part === 'section' ? sections : categories).map((counts) =>
      Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)])),
    )
    assert.deepEqual(seen, table.hashes())
  })
}

When('{person} notes the version', async function (this: RowlockWorld, person: Person) {
  this.noted = await person.send('GET', this.inShow('availability'))
})

Then('the version has grown by {int}', async function (this: RowlockWorld, count: number) {
  const { version } = await this.availability()
  assert.equal(version - Number(this.noted?.body.version), count)
})

/** Follows the pages to the end; returns how many there were. */
async function listSeats(world: RowlockWorld, person: Person, query: string): Promise<number> {
  world.listed = []
  for (let pages = 1; ; pages++) {
    const last = world.listed.at(-1) as { next: string } | undefined
    const cursor = last ? `&cursor=${last.next}` : ''
    const answer = await person.send('GET', world.inShow(`seats?${query}${cursor}`))
    world.listed.push(answer.body)
    if (answer.status !== 200 || answer.body.next === null) return pages
  }
}

function listedSeats(world: RowlockWorld): Seat[] {
  return world.listed.flatMap((page) => (page as { items: Seat[] }).items)
}

When('{person} lists the seats', async function (this: RowlockWorld, person: Person) {
  await listSeats(this, person, '')
})

When(
  '{person} lists the seats, filtered by {string}',
  async function (this: RowlockWorld, person: Person, query: string) {
    await listSeats(this, person, query)
  },
)

When(
  '{person} lists the seats in pages of {int}',
  async function (this: RowlockWorld, person: Person, limit: number) {
    await listSeats(this, person, `limit=${limit}`)
  },
)

Then('{person} has seen {int} pages', function (this: RowlockWorld, _: Person, count: number) {
  assert.equal(this.listed.length, count)
})

Then(
  '{person} is told of the seats {string}',
  function (this: RowlockWorld, _: Person, labels: string) {
    assert.equal(
      listedSeats(this)
        .map(({ seat }) => seat)
        .join(', '),
      labels,
    )
  },
)

Then('{person} is told of the seats', function (this: RowlockWorld, _: Person, table: DataTable) {
  const wanted = table.hashes() as Record<string, string>[]
  const columns = Object.keys(wanted[0] ?? {}) as (keyof Seat)[]
  const seen = listedSeats(this).map((seat) =>
    Object.fromEntries(columns.map((name) => [name, String(seat[name])])),
  )
  assert.deepEqual(seen, wanted)
})

Then('a held seat says until when, and no other does', function (this: RowlockWorld) {
  for (const { status, heldUntil } of listedSeats(this)) {
    assert.equal(heldUntil !== null, status === 'held')
  }
})

function mapOf(world: RowlockWorld): SeatMap {
  const person = world.spokenOf
  assert.ok(person)
  return expectDone(person.lastAnswer) as unknown as SeatMap
}

Then('the map shows', function (this: RowlockWorld, table: DataTable) {
  const { seats, sections, categories } = mapOf(this)
  const seen = seats.labels.map((label, n) => ({
    label,
    section: sections[seats.sections[n] ?? -1]?.key ?? '',
    category: categories[seats.categories[n] ?? -1]?.key ?? '',
    flags: String(seats.flags[n]),
  }))
  assert.deepEqual(seen, table.hashes())
})

Then('the map has {int} seats', function (this: RowlockWorld, count: number) {
  assert.equal(mapOf(this).seatCount, count)
})

Then('{person} may keep it for ever', function (this: RowlockWorld, person: Person) {
  assert.match(person.lastAnswer.headers.get('cache-control') ?? '', /max-age=31536000, immutable/)
})

Then('nothing in it speaks of {word}', function (this: RowlockWorld, name: string) {
  assert.ok(!JSON.stringify(mapOf(this)).includes(name))
})
