import assert from 'node:assert/strict'
import { Given, Then, When } from '@cucumber/cucumber'
import { askAtOnce } from '../support/crowd.ts'
import { loseReply } from '../support/lose-reply.ts'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

Given(
  'a show with a floor of {int} places and rows {rows} of {int} seats',
  async function (this: RowlockWorld, placeCount: number, rows: string, seatCount: number) {
    const seat = (label: string, section: string, n: number) => ({
      label,
      section,
      x: 50 * n,
      y: 0,
    })
    const floor = Array.from({ length: placeCount }, (_, n) => seat(`Floor ${n + 1}`, 'Floor', n))
    const stalls = Array.from({ length: seatCount }, (_, n) => {
      return { ...seat(`${rows[0]}${n + 1}`, 'Stalls', n), y: 100 }
    })
    const sections = [{ key: 'Floor', generalAdmission: true }, { key: 'Stalls' }]
    const source = { sections, seats: [...floor, ...stalls] }
    const venue = expectDone(await this.boxOffice.send('POST', '/v1/venues', { name: 'Club' }))
    const path = `/v1/venues/${venue.id}/plans`
    const plan = expectDone(await this.boxOffice.send('POST', path, { source }))
    await this.createShow({ plan: plan.id })
  },
)

function bestOf(person: Person, quantity: number, where: Record<string, string> = {}) {
  return { best: { quantity, ...where }, holder: person.name }
}

When(
  '{person} asks to hold the best {int} seats',
  async function (this: RowlockWorld, person: Person, quantity: number) {
    await person.send('POST', this.inShow('holds'), bestOf(person, quantity))
  },
)

for (const part of ['section', 'category']) {
  When(
    `{person} asks to hold the best {int} seats of the ${part} {string}`,
    async function (this: RowlockWorld, person: Person, quantity: number, key: string) {
      await person.send('POST', this.inShow('holds'), bestOf(person, quantity, { [part]: key }))
    },
  )
}

When(
  '{person} asks to book the best {int} seats',
  async function (this: RowlockWorld, person: Person, quantity: number) {
    await person.send('POST', this.inShow('bookings'), bestOf(person, quantity))
  },
)

Given(
  '{person} asked to hold the best {int} seats, but the reply never reached her',
  async function (this: RowlockWorld, person: Person, quantity: number) {
    await loseReply(person, this.inShow('holds'), bestOf(person, quantity))
  },
)

When(
  '{int} clients ask to hold the best {int} seats at the same time',
  async function (this: RowlockWorld, count: number, quantity: number) {
    await askAtOnce(this, count, (person) =>
      person.send('POST', this.inShow('holds'), bestOf(person, quantity)),
    )
  },
)

function placesOf(person: Person, section: string, quantity: number) {
  return { places: [{ section, quantity }], holder: person.name }
}

When(
  '{person} asks to hold {int} places of the section {string}',
  async function (this: RowlockWorld, person: Person, quantity: number, section: string) {
    await person.send('POST', this.inShow('holds'), placesOf(person, section, quantity))
  },
)

When(
  '{person} asks to hold {int} places of the section {string} and {seats}',
  async function (
    this: RowlockWorld,
    person: Person,
    quantity: number,
    section: string,
    seats: string[],
  ) {
    const body = { ...placesOf(person, section, quantity), seats }
    await person.send('POST', this.inShow('holds'), body)
  },
)

When(
  '{person} gives back {int} places of the section {string}',
  async function (this: RowlockWorld, person: Person, quantity: number, section: string) {
    const places = [{ section, quantity }]
    const path = this.inShow(`holds/${person.hold?.id}/release`)
    expectDone(await person.send('POST', path, { places }))
  },
)

When(
  '{int} clients ask to hold 1 place of the section {string} at the same time',
  async function (this: RowlockWorld, count: number, section: string) {
    await askAtOnce(this, count, (person) =>
      person.send('POST', this.inShow('holds'), placesOf(person, section, 1)),
    )
  },
)

Then(
  '{int} seat(s) is/are {status} for {owner}',
  async function (this: RowlockWorld, count: number, status: string, person: Person) {
    const { seats } = person.lastAnswer.body as { seats: string[] }
    assert.equal(seats.length, count)
    const ofShow = (await this.seats()).filter(({ seat }) => seats.includes(seat))
    assert.deepEqual([...new Set(ofShow.map((seat) => seat.status))], [status])
  },
)

Then('{int} seats are held in all', async function (this: RowlockWorld, count: number) {
  const { counts } = await this.availability()
  assert.equal(counts.held, count)
})

Then(
  '{int} or {int} of them are told yes, and the others are refused: {code}',
  function (this: RowlockWorld, few: number, many: number, code: string) {
    const yes = this.crowd.filter(({ status }) => status === 201)
    assert.ok(yes.length === few || yes.length === many, `${yes.length} were told yes.`)
    const no = this.crowd.filter(({ body }) => body.code === code)
    assert.equal(yes.length + no.length, this.crowd.length)
  },
)
