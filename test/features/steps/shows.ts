import assert from 'node:assert/strict'
import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Show } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { termsFrom } from '../support/terms.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

Given(
  'a show with rows {rows} of {int} seats',
  async function (this: RowlockWorld, rows: string, seatsPerRow: number) {
    await this.createShow({ seats: { rows, seatsPerRow } })
  },
)

Given(
  'a show with rows {rows} of {int} seats, on these terms',
  async function (this: RowlockWorld, rows: string, seatsPerRow: number, table: DataTable) {
    await this.createShow({ seats: { rows, seatsPerRow }, ...(await termsFrom(table)) })
  },
)

Given('a show without seats', async function (this: RowlockWorld) {
  await this.createShow({})
})

Given(
  "a show on a venue's plan with these seats",
  async function (this: RowlockWorld, table: DataTable) {
    const csv = table.raw().map((row) => row.join(','))
    const venue = expectDone(await this.boxOffice.send('POST', '/v1/venues', { name: 'Globe' }))
    this.venueId = String(venue.id)
    const path = `/v1/venues/${this.venueId}/plans`
    const body = { format: 'csv', name: 'Main house', source: csv.join('\n') }
    const plan = expectDone(await this.boxOffice.send('POST', path, body))
    this.planId = String(plan.id)
    await this.createShow({ plan: this.planId })
  },
)

Given('two servers on one database', function (this: RowlockWorld) {
  assert.notEqual(this.firstServerUrl, this.secondServerUrl)
})

Given('{person} speaks to the second server', function (this: RowlockWorld, person: Person) {
  person.serverUrl = this.secondServerUrl
})

When(
  '{person} creates a show with',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    this.showKey = this.uniqueKey()
    const body = { key: this.showKey, title: 'Hamlet', startsAt: '2031-12-01T19:00:00Z' }
    const answer = await person.send('POST', '/v1/shows', { ...body, ...(await termsFrom(table)) })
    if (answer.status >= 300) this.showKey = ''
  },
)

When(
  '{person} creates the same show again, but with',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    const before = person.lastCall.body as Record<string, unknown>
    await person.send('POST', '/v1/shows', { ...before, ...(await termsFrom(table)) })
  },
)

When(
  '{person} changes the show',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    await person.send('PATCH', this.inShow(), await termsFrom(table))
  },
)

When('{person} changes nothing of the show', async function (this: RowlockWorld, person: Person) {
  await person.send('PATCH', this.inShow(), {})
})

When('{person} looks for shows', async function (this: RowlockWorld, person: Person) {
  await person.send('GET', '/v1/shows?startsAfter=2031-01-01T00:00:00Z&limit=1000')
})

Then('the show is among them', function (this: RowlockWorld) {
  const { items } = this.spokenOf?.lastAnswer.body as { items: { key: string }[] }
  assert.ok(items.some(({ key }) => key === this.showKey))
})

Given('the show is cancelled', async function (this: RowlockWorld) {
  expectDone(await this.boxOffice.send('PATCH', this.inShow(), { cancelled: true }))
})

When(
  '{person} adds the seats',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    const seats = table.raw().map(([label = '']) => label.replaceAll('"', ''))
    await person.send('POST', this.inShow('seats'), { seats })
  },
)

Then('the show has', async function (this: RowlockWorld, table: DataTable) {
  const show = expectDone(await this.onlooker().send('GET', this.inShow())) as unknown as Show
  for (const [term, value] of Object.entries(await termsFrom(table))) {
    assert.deepEqual(show[term as keyof Show], value, term)
  }
})

Then('the show has {int} seats', async function (this: RowlockWorld, count: number) {
  const { counts } = await this.availability()
  assert.equal(counts.total, count)
})

Then('the show has the seats', async function (this: RowlockWorld, table: DataTable) {
  const seats = (await this.seats()).map(({ seat, row, number }) => ({ seat, row, number }))
  const wanted = table.hashes() as Record<string, string>[]
  const columns = Object.keys(wanted[0] ?? {}) as (keyof (typeof seats)[number])[]
  const seen = seats.map((seat) => Object.fromEntries(columns.map((name) => [name, seat[name]])))
  assert.deepEqual(seen, wanted)
})
