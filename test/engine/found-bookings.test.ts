/** Bookings found by reference, holder and seat: whole, current, and at a bounded cost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '../../src/calls/index.ts'
import { ENTRY_KINDS } from '../../src/protocol/index.ts'
import { codeOf, createShow, shopper, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const kernel = await useKernel('found bookings')
const server = await useServer(kernel.database.settings)

const boxOffice: Caller = { ...shopper('house'), owner: 'house', boxOffice: true }
const partner = (digit: string): Caller => {
  const owner = `key_${digit.repeat(32)}`
  return { ...shopper(owner), owner, seller: true }
}

const newShow = () => createShow(server, { rows: 'A-C', seatsPerRow: 10 }, { cancellable: true })

function book(caller: Caller, show: string, seats: string[], more: object = {}) {
  const request = { caller, idempotencyKey: null }
  return server.bookSeats(request, show, { seats, ...more }).then(({ value }) => value)
}

type List = Awaited<ReturnType<typeof server.listBookings>>

async function whole(read: (cursor: string | undefined) => Promise<List>) {
  const pages: List[] = []
  let cursor: string | undefined
  for (let count = 0; count < 20; count++) {
    const page = await read(cursor)
    pages.push(page)
    if (page.next === null) return { pages, ids: pages.flatMap(({ items }) => items.map(idOf)) }
    cursor = page.next
  }
  throw new Error('the list does not end')
}

const idOf = ({ id }: { id: string | null }) => id

test('by reference, as the last entry has it: that of the payment, not of the basket', async () => {
  const show = await newShow()
  const caller = partner('1')
  const request = { caller, idempotencyKey: null }
  const basket = { seats: ['A1'], reference: 'basket-1' }
  const { value: hold } = await server.holdSeats(request, show, basket)
  const { value: paid } = await server.confirmHold(request, show, hold.id, { reference: 'pay-1' })
  const find = async (reference: string) =>
    (await server.findBookings(caller, { reference, limit: 10 })).items
  assert.deepEqual(await find('basket-1'), [])
  assert.deepEqual(await find('pay-1'), [await server.getBooking(caller, show, paid.id)])
  await server.cancelBooking(request, show, paid.id, {})
  assert.deepEqual(await find('pay-1'), [await server.getBooking(caller, show, paid.id)])
})

test('the same reference of somebody else is not found, but by the box office', async () => {
  const shows = [await newShow(), await newShow()] as const
  const [mine, theirs] = [partner('2'), partner('3')]
  const one = await book(mine, shows[0], ['A1'], { reference: 'order-7', holder: 'Ada' })
  const two = await book(mine, shows[1], ['A1'], { reference: 'order-7', holder: 'Bob' })
  const other = await book(theirs, shows[1], ['A2'], { reference: 'order-7', holder: 'Ada' })
  const find = async (caller: Caller, query: { reference?: string; holder?: string }) =>
    (await whole((cursor) => server.findBookings(caller, { ...query, limit: 1, cursor }))).ids
  assert.deepEqual(await find(mine, { reference: 'order-7' }), [two.id, one.id])
  assert.deepEqual(await find(theirs, { reference: 'order-7' }), [other.id])
  assert.deepEqual(await find(boxOffice, { reference: 'order-7' }), [other.id, two.id, one.id])
  assert.deepEqual(await find(boxOffice, { holder: 'Ada' }), [other.id, one.id])
  assert.deepEqual(await find(mine, { holder: 'Ada', reference: 'order-7' }), [one.id])
  assert.deepEqual(await find(shopper('nobody'), { reference: 'order-7' }), [])
})

test('of one show, by seat, and by what was cancelled', async () => {
  const show = await newShow()
  const caller = partner('4')
  const request = { caller, idempotencyKey: null }
  const first = await book(caller, show, ['A1', 'A2'])
  const second = await book(caller, show, ['B1'], { reference: 'order-8' })
  await book(caller, await newShow(), ['B1'], { reference: 'order-8' })
  const third = await book(partner('5'), show, ['B2'])
  await server.cancelBooking(request, show, second.id, {})
  await server.swapSeats(request, show, first.id, { from: ['A1'], to: ['C1'] })
  const list = async (who: Caller, query: object) =>
    (await server.listBookings(who, show, { limit: 10, ...query })).items.map(idOf)
  assert.deepEqual(await list(caller, {}), [second.id, first.id])
  assert.deepEqual(await list(boxOffice, {}), [third.id, second.id, first.id])
  assert.deepEqual(await list(caller, { reference: 'order-8' }), [second.id])
  assert.deepEqual(await list(boxOffice, { cancelled: 'true' }), [second.id])
  assert.deepEqual(await list(caller, { cancelled: 'false' }), [first.id])
  assert.deepEqual(await list(caller, { seat: 'C1' }), [first.id])
  assert.deepEqual(await list(boxOffice, { seat: 'A1' }), [])
  assert.deepEqual(await list(caller, { seat: 'B2' }), [])
  assert.equal(await codeOf(list(caller, { seat: 'Z1' })), 'invalid_request')
  assert.equal(await codeOf(list(caller, { cursor: 'x' })), 'invalid_request')
})

test('a page looks through so much and no more, and no booking is lost by it', async () => {
  const show = await newShow()
  const made = [await book(partner('6'), show, ['A1'])]
  await pretendHolds(show, 7_000)
  made.push(await book(partner('6'), show, ['A2']))
  await pretendHolds(show, 12_000)
  const { pages, ids } = await whole((cursor) =>
    server.listBookings(boxOffice, show, { limit: 2, cursor }),
  )
  assert.deepEqual(ids, made.map(idOf).toReversed())
  assert.equal(pages.length, 4)
  assert.deepEqual(pages[0]?.items, [])
})

/** Holds that were begun and have run out. */
async function pretendHolds(show: string, count: number): Promise<void> {
  await kernel.owner.query(
    `insert into rowlock.journal
       (show_id, version, at, kind, hold_id, step, seats, freed, until, actor)
     select newest.show_id, newest.version + n, newest.at, 'hold', gen_random_uuid(), 0, '{25}',
       '{}', newest.at, 'test'
     from generate_series(1, $2) as n,
       lateral (
         select entry.* from rowlock.journal as entry
         join rowlock.shows as show on show.show_id = entry.show_id and show.key = $1
         order by entry.version desc limit 1
       ) as newest`,
    [show, count],
  )
}

test('what is found is what a booking tells by its id, in every list', async () => {
  const show = await newShow()
  const caller = partner('7')
  const booking = await book(caller, show, ['A1'], { reference: 'r', holder: 'h' })
  const lists = [
    await server.listBookings(caller, show, { limit: 1 }),
    await server.listBookings(caller, show, { limit: 1, seat: 'A1' }),
    await server.listBookings(caller, show, { limit: 1, reference: 'r', holder: 'h' }),
    await server.findBookings(caller, { limit: 1, holder: 'h' }),
    await server.listBookingsOf(String(caller.owner), { limit: 1 }),
  ]
  for (const list of lists) assert.deepEqual(list, { items: [booking], next: null })
})

test('the history of a seat goes on where a page has looked through enough', async () => {
  const show = await newShow()
  const early = await book(partner('8'), show, ['A1'])
  await pretendHolds(show, 30_000)
  const late = await book(partner('8'), show, ['A2'])
  const read = (query: object) => server.listJournal(show, { limit: 10, ...query })
  const first = await read({ kind: 'book' })
  assert.deepEqual(first.items.map(idOf), [early.id])
  const second = await read({ kind: 'book', cursor: first.next ?? '' })
  assert.deepEqual(second.items.map(idOf), [late.id])
  assert.equal(second.next, null)
  assert.deepEqual((await read({ seat: 'A2', after: 20_000 })).items.map(idOf), [late.id])
  assert.deepEqual(await read({ holder: 'nobody', after: 20_000 }), { items: [], next: null })
  assert.equal(await codeOf(read({ seat: 'Z9' })), 'invalid_request')
})

test('every kind that the journal can have can be asked for', async () => {
  const { rows } = await kernel.owner.query<{ rule: string }>(
    `select pg_get_constraintdef(oid) as rule from pg_constraint
     where conname = 'journal_entry_whole'`,
  )
  const known = [...(rows[0]?.rule ?? '').matchAll(/[{,](\w+)/g)].map(([, kind]) => kind)
  assert.deepEqual([...new Set(known)].toSorted(), ENTRY_KINDS.toSorted())
})
