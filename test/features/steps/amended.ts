import { type DataTable, When } from '@cucumber/cucumber'
import type { Person } from '../support/person.ts'
import { expectDone, type RowlockWorld } from '../support/world.ts'

const bookingOf = (world: RowlockWorld, owner: Person) =>
  world.inShow(`bookings/${owner.booking?.id}`)
const blockOf = (world: RowlockWorld) => world.inShow(`blocks/${world.boxOffice.block?.id}`)

/** A body as the table says it; `null` takes away what there is. */
function said(table: DataTable): Record<string, string | null> {
  const fields = Object.entries(table.rowsHash())
  return Object.fromEntries(fields.map(([name, text]) => [name, text === 'null' ? null : text]))
}

When(
  '{person} changes {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person, table: DataTable) {
    this.spokenOf = person
    expectDone(await person.send('PATCH', bookingOf(this, owner), said(table)))
  },
)

When(
  '{person} notes on {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person, table: DataTable) {
    this.spokenOf = person
    const body = { metadata: table.rowsHash() }
    expectDone(await person.send('PATCH', bookingOf(this, owner), body))
  },
)

When(
  '{person} asks to change {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person, table: DataTable) {
    this.spokenOf = person
    await person.send('PATCH', bookingOf(this, owner), said(table))
  },
)

When(
  '{person} asks to change nothing of {owner} booking',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    this.spokenOf = person
    await person.send('PATCH', bookingOf(this, owner), {})
  },
)

When(
  '{person} changes the block',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    expectDone(await person.send('PATCH', blockOf(this), said(table)))
  },
)

When(
  '{person} asks to change the block',
  async function (this: RowlockWorld, person: Person, table: DataTable) {
    await person.send('PATCH', blockOf(this), said(table))
  },
)

When(
  '{person} asks to change the block as if it were a booking',
  async function (this: RowlockWorld, person: Person) {
    const id = String(this.boxOffice.block?.id).replace('block_', 'book_')
    await person.send('PATCH', this.inShow(`bookings/${id}`), { reference: 'x' })
  },
)

When(
  '{person} asks to change {owner} booking as if it were a block',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    const id = String(owner.booking?.id).replace('book_', 'block_')
    await person.send('PATCH', this.inShow(`blocks/${id}`), { reason: 'x' })
  },
)

When(
  '{person} changes what is said beside {owner} hold',
  async function (this: RowlockWorld, person: Person, owner: Person, table: DataTable) {
    const { basket, ...others } = said(table)
    const body = { ...others, ...(basket === undefined ? {} : { metadata: { basket } }) }
    expectDone(await person.send('POST', this.inShow(`holds/${owner.hold?.id}/change`), body))
  },
)

When(
  '{person} asks to hand {owner} hold to {string}',
  async function (this: RowlockWorld, person: Person, owner: Person, holder: string) {
    await person.send('POST', this.inShow(`holds/${owner.hold?.id}/change`), { holder })
  },
)

When(
  '{person} looks at what {owner} hold says',
  async function (this: RowlockWorld, person: Person, owner: Person) {
    expectDone(await person.send('GET', this.inShow(`holds/${owner.hold?.id}`)))
  },
)
