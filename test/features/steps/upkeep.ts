import assert from 'node:assert/strict'
import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { Show } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { termsFrom } from '../support/terms.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

When(
  '{person} changes the venue',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    const { id } = this.boxOffice.lastAnswer.body
    await person.send('PATCH', `/v1/venues/${id}`, table.rowsHash())
  },
)

When(
  /^(?:the )?box office (retires the venue of the plan|brings the venue of the plan back)$/,
  async function (this: RowlockWorld, act: string) {
    const retired = act.startsWith('retires')
    expectDone(await this.boxOffice.send('PATCH', `/v1/venues/${this.venueId}`, { retired }))
  },
)

When(
  '{person} creates another plan of the venue',
  async function (this: RowlockWorld, person: Person) {
    const source = { rows: 'A', seatsPerRow: 2 }
    await person.send('POST', `/v1/venues/${this.venueId}/plans`, { source })
  },
)

Then(
  'the venue is in the list of retired venues, and not in the usual one',
  async function (this: RowlockWorld) {
    const isIn = async (query: string) => {
      const url = `/v1/venues?limit=1000${query}`
      const { items } = expectDone(await this.onlooker().send('GET', url))
      return (items as { id: string }[]).some(({ id }) => id === this.venueId)
    }
    assert.deepEqual(
      [await isIn(''), await isIn('&retired=true'), await isIn('&retired=all')],
      [false, true, true],
    )
  },
)

When(
  '{person} changes the plan',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    await person.send('PATCH', `/v1/plans/${this.planId}`, await termsFrom(table))
  },
)

When('{person} creates a show on the plan', async function (this: RowlockWorld, person: Person) {
  const show = { key: this.uniqueKey(), title: 'Hamlet', startsAt: '2031-12-01T19:00:00Z' }
  await person.send('POST', '/v1/shows', { ...show, plan: this.planId })
})

Then(
  'the plans of the venue are none, and of the retired ones {string}',
  async function (this: RowlockWorld, name: string) {
    const plans = async (query: string) => {
      const url = `/v1/venues/${this.venueId}/plans${query}`
      const { items } = expectDone(await this.onlooker().send('GET', url))
      return (items as { name: string; showCount: number }[]).map((plan) => plan)
    }
    assert.deepEqual(await plans(''), [])
    const [plan, ...others] = await plans('?retired=true')
    assert.deepEqual([plan?.name, plan?.showCount, others], [name, 1, []])
    assert.deepEqual(await plans('?retired=all'), [plan])
  },
)

When('{person} deletes the show', async function (this: RowlockWorld, person: Person) {
  await person.send('POST', this.inShow('delete'))
})

When(
  '{person} deletes the show under the key {string}',
  async function (this: RowlockWorld, person: Person, key: string) {
    await person.send('POST', this.inShow('delete'), {}, { key: this.keyOf(key) })
  },
)

When(
  '{person} creates another show of 3 seats under its key',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', '/v1/shows', {
      key: this.showKey,
      title: 'Macbeth',
      startsAt: '2031-12-01T19:00:00Z',
      confirmBy: 'holder',
      seats: ['A1', 'A2', 'A3'],
    })
  },
)

When(
  '{person} looks at the seats of the show',
  async function (this: RowlockWorld, person: Person) {
    expectDone(await person.send('GET', this.inShow('seats')))
  },
)

Then('(s)he sees {int} seats', function (this: RowlockWorld, count: number) {
  assert.equal((this.spokenOf?.lastAnswer.body.items as unknown[]).length, count)
})

function datesOf(world: RowlockWorld, count: number, year = 2032) {
  return Array.from({ length: count }, (_, n) => ({
    key: `${world.showKey}-${n + 1}`,
    startsAt: `${year}-01-0${n + 1}T19:00:00Z`,
  }))
}

When(
  '{person} repeats the show on {int} date(s)',
  async function (this: RowlockWorld, person: Person, count: number) {
    await person.send('POST', this.inShow('repeat'), { shows: datesOf(this, count) })
  },
)

When(
  '{person} repeats the show on the same dates',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', this.inShow('repeat'), person.lastCall.body)
  },
)

When(
  '{person} repeats the show under a key that is taken',
  async function (this: RowlockWorld, person: Person) {
    const [free, other] = datesOf(this, 2)
    const taken = { key: this.showKey, startsAt: other?.startsAt }
    await person.send('POST', this.inShow('repeat'), { shows: [free, taken] })
  },
)

When(
  '{person} repeats the show on a date a year before',
  async function (this: RowlockWorld, person: Person) {
    await person.send('POST', this.inShow('repeat'), { shows: datesOf(this, 1, 2030) })
  },
)

const madeBy = (person: Person) => (person.lastAnswer.body as { items: Show[] }).items

Then(
  'each of the new shows has {int} free seats of its own',
  async function (this: RowlockWorld, count: number) {
    const shows = madeBy(this.boxOffice)
    assert.equal(new Set(shows.map(({ plan }) => plan)).size, shows.length)
    for (const { key } of shows) {
      const url = `/v1/shows/${key}`
      const { counts } = expectDone(await this.onlooker().send('GET', `${url}/availability`))
      assert.equal((counts as { available: number }).available, count)
      const best = { best: { quantity: 2 } }
      expectDone(await this.onlooker().send('POST', `${url}/holds`, best))
    }
  },
)

Then('each of the new shows has', async function (this: RowlockWorld, table: DataTable) {
  for (const show of madeBy(this.boxOffice)) {
    for (const [term, value] of Object.entries(await termsFrom(table))) {
      assert.deepEqual(show[term as keyof Show], value, term)
    }
  }
})

Then('sales for each of the new shows end an hour before it', function (this: RowlockWorld) {
  for (const { startsAt, salesUntil } of madeBy(this.boxOffice)) {
    assert.equal(Date.parse(startsAt) - Date.parse(String(salesUntil)), 3_600_000)
  }
})

Then('no show was created', async function (this: RowlockWorld) {
  for (const { key } of datesOf(this, 2)) {
    assert.equal((await this.onlooker().send('GET', `/v1/shows/${key}`)).status, 404)
  }
})
