import assert from 'node:assert/strict'
import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Report } from '../../../src/protocol/index.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

async function report(world: RowlockWorld, by: string): Promise<Report> {
  const url = world.inShow(`report?by=${by}`)
  return expectDone(await world.boxOffice.send('GET', url)) as unknown as Report
}

Given(
  'the box office books seat {string} for {string}',
  async function (this: RowlockWorld, seat: string, holder: string) {
    const body = { seats: [seat], holder }
    expectDone(await this.boxOffice.send('POST', this.inShow('bookings'), body))
  },
)

When(
  '{person} asks for the report by {string}',
  async function (this: RowlockWorld, person: Person, by: string) {
    await person.send('GET', this.inShow(`report?by=${by}`))
  },
)

Then(
  'the report by {string} is',
  async function (this: RowlockWorld, by: string, table: DataTable) {
    const { items, seats } = await report(this, by)
    const names = table.raw()[0] ?? []
    const told = items.map((item) => names.map((name) => String(Reflect.get(item, name) ?? '')))
    assert.deepEqual(told, table.rows())
    assert.equal(
      seats,
      items.reduce((sum, item) => sum + item.seats, 0),
    )
    const file = await this.boxOffice.send('GET', this.inShow(`report?by=${by}&format=csv`))
    const csv = [names, ...table.rows()].map((row) => `${row.join(',')}\r\n`)
    assert.equal(file.body.text, csv.join(''))
  },
)

Then(
  'the report by "day" has {int} seats sold today',
  async function (this: RowlockWorld, count: number) {
    const { items, asOf } = await report(this, 'day')
    const sold = items.filter(({ day }) => day !== null)
    assert.equal(
      sold.reduce((sum, { seats }) => sum + seats, 0),
      count,
    )
    // A day may end between the sale and the question.
    for (const { day } of sold)
      assert.ok(Date.parse(asOf) - Date.parse(String(day)) < 2 * 86_400_000)
  },
)
