import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { CreatedPlan, Plan, SeatMap } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { stage } from '../support/stage.ts'
import { termsFrom } from '../support/terms.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

/** A file of `test/fixtures/plans`. */
function fixture(file: string): string {
  return readFileSync(new URL(`../../fixtures/plans/${file}`, import.meta.url), 'utf8')
}

async function createPlan(world: RowlockWorld, person: Person, body: unknown): Promise<void> {
  const answer = await person.send('POST', `/v1/venues/${world.venueId}/plans`, body)
  if (answer.status === 201) world.planId = String(answer.body.id)
}

When(
  '{person} creates a plan from the file {string}',
  async function (this: RowlockWorld, person: Person, file: string) {
    await createPlan(this, person, { source: JSON.parse(fixture(file)) })
  },
)

When(
  '{person} sends the file {string} as CSV',
  async function (this: RowlockWorld, person: Person, file: string) {
    await createPlan(this, person, fixture(file))
  },
)

When(
  '{person} creates a plan from the grid',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    await createPlan(this, person, { source: await termsFrom(table) })
  },
)

When(
  '{person} creates a plan from this document',
  async function (this: RowlockWorld, person: Person, text: string) {
    await createPlan(this, person, { source: JSON.parse(text) })
  },
)

When(
  '{person} creates a plan from this CSV',
  async function (this: RowlockWorld, person: Person, text: string) {
    await createPlan(this, person, { format: 'csv', source: text })
  },
)

When(
  '{person} exports it as {word} and creates a plan from that',
  async function (this: RowlockWorld, person: Person, format: string) {
    const answer = await person.send('GET', `/v1/plans/${this.planId}?format=${format}`)
    const exported = expectDone(answer)
    const source = format === 'csv' ? exported.text : exported
    await createPlan(this, person, { format, source })
  },
)

function createdBy(world: RowlockWorld): CreatedPlan {
  return expectDone(world.boxOffice.lastAnswer) as unknown as CreatedPlan
}

Then(
  'the summary has {int} seats in {int} rows, and {int} without a row',
  function (this: RowlockWorld, seats: number, rows: number, seatsWithoutRow: number) {
    const { summary } = createdBy(this)
    const found = [summary.seats, summary.rows, summary.seatsWithoutRow]
    assert.deepEqual(found, [seats, rows, seatsWithoutRow])
  },
)

Then('the warnings are: {word}', function (this: RowlockWorld, codes: string) {
  const { warnings } = createdBy(this)
  assert.equal(warnings.map(({ code }) => code).join(','), codes)
})

async function planOf(world: RowlockWorld): Promise<Plan> {
  expectDone(world.boxOffice.lastAnswer)
  const answer = await world.onlooker().send('GET', `/v1/plans/${world.planId}`)
  return expectDone(answer) as unknown as Plan
}

Then(
  'the plan has {int} seats, the first of which is {string}',
  async function (this: RowlockWorld, count: number, first: string) {
    const plan = await planOf(this)
    assert.equal(plan.seatCount, count)
    assert.equal(plan.venue, this.venueId)
    const show = await this.createShow({ plan: this.planId })
    assert.equal(show.seatCount, count)
    const map = await this.onlooker().send('GET', this.inShow('map'))
    assert.equal((map.body as unknown as SeatMap).seats.labels[0], first)
  },
)

Then(
  'the plan has the categories {string}',
  async function (this: RowlockWorld, categories: string) {
    const { categories: found } = await planOf(this)
    assert.deepEqual(found.map(({ key }) => key).join(', '), categories)
  },
)

Then('the plan has the sections', async function (this: RowlockWorld, table: DataTable) {
  const { sections } = await planOf(this)
  const seen = sections.map(({ key, seatCount }) => ({ key, seatCount: String(seatCount) }))
  assert.deepEqual(seen, table.hashes())
})

Then('the venue has no new plan', async function (this: RowlockWorld) {
  const { rows } = await stage().owner.query(
    `select 1
     from rowlock.plans
     where replace(venue_id::text, '-', '') = $1`,
    [this.venueId.replace(/^venue_/, '')],
  )
  assert.equal(rows.length, 0)
})

When(
  /^(?:the box office) (?:creates another show on the same plan|puts a show on sale on it)$/,
  async function (this: RowlockWorld) {
    await this.createShow({ plan: this.planId })
  },
)

Then('the show names the venue and the plan', async function (this: RowlockWorld) {
  const show = expectDone(await this.onlooker().send('GET', this.inShow()))
  assert.equal(show.venue, this.venueId)
  assert.equal(show.plan, this.planId)
})
