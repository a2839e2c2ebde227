/** Test of whose a hold or a booking is: nobody else reaches it, or learns that it is there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller, WriteRequest } from '../../src/calls/index.ts'
import { Refusal } from '../../src/protocol/index.ts'
import { codeOf, createShow, shopper, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const kernel = await useKernel('ownership')
const server = await useServer(kernel.database.settings)
// Servers may not reset a show; its owner may.
const asOwner = await useServer({
  ...kernel.database.settings,
  target: kernel.database.owner,
  role: null,
})

const hex = (digit: string) => digit.repeat(32)
const ANN = `user_${hex('a')}`
const BEN = `user_${hex('b')}`
const PARTNER = `key_${hex('c')}`
const UNKNOWN_HOLD = `hold_${'0'.repeat(12)}4${'0'.repeat(3)}8${'0'.repeat(15)}`

const ann: Caller = { ...shopper(ANN), owner: ANN }
const ben: Caller = { ...shopper(BEN), owner: BEN }
const partner: Caller = { ...shopper(PARTNER), owner: PARTNER, seller: true }
const box: Caller = { ...shopper('user_box'), boxOffice: true, seller: true }
const anybody = shopper('anonymous')

function by(caller: Caller, idempotencyKey: string | null = null): WriteRequest {
  return { caller, idempotencyKey }
}

/** Everything that can be asked about a hold or booking, as codes. */
async function askAll(caller: Caller, show: string, id: string): Promise<string[]> {
  const booking = id.replace('hold_', 'book_')
  const request = by(caller)
  return [
    await codeOf(server.getHold(caller, show, id)),
    await codeOf(server.getBooking(caller, show, booking)),
    await codeOf(server.extendHold(request, show, id, {})),
    await codeOf(server.releaseHold(request, show, id, { seats: ['A9'] })),
    await codeOf(server.confirmHold(request, show, id, {})),
    await codeOf(server.confirmHold(request, show, id, { reacquire: true })),
    await codeOf(server.cancelBooking(request, show, booking, { seats: ['A9'] })),
    await codeOf(server.swapSeats(request, show, booking, { from: ['A9'], to: ['A8'] })),
  ]
}

const NOTHING_THERE = [
  'hold_unknown',
  'booking_unknown',
  'hold_unknown',
  'hold_unknown',
  'hold_unknown',
  'hold_unknown',
  'booking_unknown',
  'booking_unknown',
]

async function newShow(terms = {}): Promise<string> {
  return await createShow(server, { rows: 'A-B', seatsPerRow: 10 }, terms)
}

test("to strangers a user's hold is as unknown as one that never was, in every state", async () => {
  const show = await newShow()
  const states: string[] = []
  const live = await server.holdSeats(by(ann), show, { seats: ['A1', 'A2'], holder: ANN })
  states.push(live.value.id)
  const released = await server.holdSeats(by(ann), show, { seats: ['A3'], holder: ANN })
  await server.releaseHold(by(ann), show, released.value.id, {})
  states.push(released.value.id)
  const confirmed = await server.holdSeats(by(ann), show, { seats: ['A4'], holder: ANN })
  await server.confirmHold(by(ann), show, confirmed.value.id, {})
  states.push(confirmed.value.id)
  const cancelled = await server.bookSeats(by(ann), show, { seats: ['A5'], holder: ANN })
  await server.cancelBooking(by(ann), show, cancelled.value.id, {})
  states.push(cancelled.value.id.replace('book_', 'hold_'))
  for (const stranger of [ben, partner, anybody]) {
    const unknown = await askAll(stranger, show, UNKNOWN_HOLD)
    assert.deepEqual(unknown, NOTHING_THERE)
    for (const id of states) assert.deepEqual(await askAll(stranger, show, id), unknown)
  }
  const { version } = (await server.getStatuses(show)).read()
  assert.equal((await server.getHold(ann, show, live.value.id)).status, 'live')
  assert.equal(version, 8)
})

test('strangers in one batch with the owner change nothing', async () => {
  const show = await newShow()
  const { value: hold } = await server.holdSeats(by(ann), show, { seats: ['A1'], holder: ANN })
  const { value: other } = await server.holdSeats(by(ann), show, { seats: ['A2'], holder: ANN })
  const codes = await Promise.all([
    codeOf(server.confirmHold(by(ben), show, hold.id, {})),
    codeOf(server.releaseHold(by(partner), show, other.id, {})),
    codeOf(server.releaseHold(by(anybody), show, other.id, {})),
    codeOf(server.confirmHold(by(ann), show, hold.id, {})),
  ])
  assert.deepEqual(codes, ['hold_unknown', 'hold_unknown', 'hold_unknown', 'done'])
  assert.equal((await server.getHold(ann, show, other.id)).status, 'live')
})

test('the box office reaches every hold, and it stays the one of its owner', async () => {
  const show = await newShow()
  const { value: hold } = await server.holdSeats(by(ann), show, { seats: ['A1'], holder: ANN })
  assert.equal((await server.getHold(box, show, hold.id)).status, 'live')
  await server.extendHold(by(box), show, hold.id, { holdSeconds: 900 })
  const { value: booking } = await server.confirmHold(by(box), show, hold.id, {})
  assert.deepEqual((await server.getBooking(ann, show, booking.id)).seats, ['A1'])
  assert.equal(await codeOf(server.getBooking(ben, show, booking.id)), 'booking_unknown')
  await asOwner.resetShow(box, show)
  assert.equal(await codeOf(server.getBooking(ben, show, booking.id)), 'booking_unknown')
  assert.notEqual((await server.getBooking(ann, show, booking.id)).cancelledAt, null)
  assert.deepEqual(await server.checkShow(show), [])
})

test('what the box office holds or books for a user belongs to the user', async () => {
  const show = await newShow()
  const { value: hold } = await server.holdSeats(by(box), show, { seats: ['A1'], holder: ANN })
  const { value: sold } = await server.bookSeats(by(box), show, { seats: ['A2'], holder: ANN })
  assert.equal((await server.getHold(ann, show, hold.id)).holder, ANN)
  assert.deepEqual((await server.getBooking(ann, show, sold.id)).seats, ['A2'])
  assert.equal(await codeOf(server.getHold(ben, show, hold.id)), 'hold_unknown')
  assert.equal(await codeOf(server.getBooking(anybody, show, sold.id)), 'booking_unknown')
})

test('a check finds a hold that changed its owner', async () => {
  const show = await newShow()
  await server.holdSeats(by(ann), show, { seats: ['A1'], holder: ANN })
  await kernel.owner.query(
    `insert into rowlock.journal
     select (jsonb_populate_record(entry, $2)).*
     from rowlock.journal as entry
     join rowlock.shows as show using (show_id)
     where show.key = $1
       and entry.step = 0`,
    [show, JSON.stringify({ version: 3, step: 1, kind: 'extend', owner: BEN, request_id: null })],
  )
  const found = await server.checkShow(show)
  assert.deepEqual(
    found.map(({ promise, rule }) => [promise, rule]),
    [[6, 'the entries of a hold are a chain']],
  )
})

test('a hold without an owner is reached by its id', async () => {
  const show = await newShow()
  const { value: hold } = await server.holdSeats(by(anybody), show, { seats: ['A1'] })
  const { value: atDesk } = await server.holdSeats(by(box), show, { seats: ['A2'], holder: 'Eve' })
  for (const caller of [ann, partner, anybody, box]) {
    assert.equal((await server.getHold(caller, show, hold.id)).status, 'live')
    assert.equal((await server.getHold(caller, show, atDesk.id)).status, 'live')
  }
})

test('only itself may an account name as the holder', async () => {
  const show = await newShow()
  const ask = (caller: Caller, holder: string) =>
    server.holdSeats(by(caller), show, { seats: ['A1'], holder })
  for (const [caller, holder] of [
    [anybody, ANN],
    [anybody, 'user_x'],
    [anybody, PARTNER],
    [ben, ANN],
    [partner, ANN],
    [partner, `key_${hex('d')}`],
  ] as const) {
    await assert.rejects(ask(caller, holder), (error: unknown) => {
      assert.ok(error instanceof Refusal)
      assert.equal(error.code, 'invalid_request')
      assert.equal(error.details.mistakes?.[0]?.path, 'holder')
      return true
    })
  }
  assert.equal((await ask(ann, ANN)).value.holder, ANN)
})

test('the limit per holder knows customers of one partner from those of others', async () => {
  const show = await newShow({ maxSeatsPerHolder: 2 })
  const ask = (caller: Caller, seats: string[]) =>
    codeOf(server.holdSeats(by(caller), show, { seats, holder: 'customer-17' }))
  assert.equal(await ask(partner, ['A1', 'A2']), 'done')
  assert.equal(await ask(anybody, ['A3', 'A4']), 'done')
  assert.equal(await ask(partner, ['A5']), 'holder_limit_reached')
  assert.equal(await ask(anybody, ['A5']), 'holder_limit_reached')
})

test('a key of one caller is another key for the next one', async () => {
  const show = await newShow()
  const key = 'the same key for both of them'
  const one = await server.holdSeats(by(ann, key), show, { seats: ['A1'], holder: ANN })
  const two = await codeOf(server.holdSeats(by(ben, key), show, { seats: ['A1'], holder: BEN }))
  assert.equal(two, 'seats_unavailable')
  const again = await server.holdSeats(by(ann, key), show, { seats: ['A1'], holder: ANN })
  assert.deepEqual([again.replayed, again.value.id], [true, one.value.id])
})

test('who may not sell is told so after an id that it may not know', async () => {
  const show = await newShow({ confirmBy: 'seller' })
  const { value: hold } = await server.holdSeats(by(ann), show, { seats: ['A1'], holder: ANN })
  assert.equal(await codeOf(server.confirmHold(by(ann), show, hold.id, {})), 'seller_required')
  assert.equal(await codeOf(server.confirmHold(by(ben), show, hold.id, {})), 'hold_unknown')
  assert.equal(await codeOf(server.confirmHold(by(partner), show, hold.id, {})), 'hold_unknown')
  assert.equal(await codeOf(server.bookSeats(by(ann), show, { seats: ['A2'] })), 'seller_required')
  assert.equal(await codeOf(server.confirmHold(by(box), show, hold.id, {})), 'done')
  assert.equal(await codeOf(server.confirmHold(by(ann), show, hold.id, {})), 'done')
  const own = { seats: ['A3'], holder: 'customer-17' }
  const { value: sold } = await server.holdSeats(by(partner), show, own)
  assert.equal(await codeOf(server.confirmHold(by(partner), show, sold.id, {})), 'done')
})
