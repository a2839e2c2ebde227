import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Block, Booking, Hold } from '../../src/protocol/index.ts'
import { environmentOf } from '../support/command-line.ts'
import { rowlockHere } from '../support/conversation.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, createShow, useServer } from '../support/engines.ts'

const database = await useTestDatabase('cli amending')
const environment = environmentOf(database)
const on = (...args: string[]) => rowlockHere(args, environment)
const engine = await useServer(database.settings)
const show = await createShow(engine, ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'])

describe('rowlock hold change', () => {
  it('adds seats and drops others', async () => {
    const { value } = await engine.holdSeats(by('Alice'), show, { seats: ['A1', 'A2'] })
    const words = await on('hold', 'change', show, value.id, '--add', 'A3, A4', '--drop', 'A1')
    assert.equal(words.code, 0, words.stderr)
    assert.match(words.stdout, /^The hold has A2, A3, A4, for another \d+ seconds\.\n$/)
    const { json } = await on('hold', 'change', show, value.id, '--best', '1', '--json')
    const { changed, hold } = json<{ changed: boolean; hold: Hold }>()
    assert.deepEqual([changed, hold.seats.length, hold.id], [true, 4, value.id])
    await engine.releaseHold(by('Alice'), show, value.id, {})
  })

  it('takes away a holder and a reference', async () => {
    const said = { seats: ['A1'], holder: 'Carol', reference: 'basket-1' }
    const { value } = await engine.holdSeats(by('Alice'), show, said)
    const cleared = ['--holder', '', '--reference', '', '--json']
    const { hold } = (await on('hold', 'change', show, value.id, ...cleared)).json<{ hold: Hold }>()
    assert.deepEqual([hold.holder, hold.reference, hold.seats], [null, null, ['A1']])
    await engine.releaseHold(by('Alice'), show, value.id, {})
    const block = await engine.blockSeats(by('desk'), show, { ...said, reason: 'press' })
    const changed = await on('block', 'change', show, block.value.id, ...cleared)
    const { holder, reference, reason } = changed.json<{ block: Block }>().block
    assert.deepEqual([holder, reference, reason], [null, null, 'press'])
    await engine.unblockSeats(by('desk'), show, block.value.id, {})
    const booking = await engine.bookSeats(by('desk'), show, said)
    const amended = await on('booking', 'change', show, booking.value.id, ...cleared.slice(2))
    assert.equal(amended.json<{ booking: Booking }>().booking.reference, null)
    await engine.cancelBooking(by('desk'), show, booking.value.id, {})
  })

  it('says what is in the way, and what is missing', async () => {
    const { value } = await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
    const other = await engine.holdSeats(by('Bob'), show, { seats: ['A2'] })
    const taken = await on('hold', 'change', show, value.id, '--add', 'A2')
    assert.equal(taken.code, 1)
    assert.match(taken.stderr, /A2 \(held\)/)
    const nothing = await on('hold', 'change', show, value.id)
    assert.equal(nothing.code, 2)
    assert.match(nothing.stderr, /--add name seats to add or drop/)
    for (const { id } of [value, other.value]) await engine.releaseHold(by('desk'), show, id, {})
  })
})

describe('rowlock booking transfer', () => {
  it('hands some seats on, then the rest', async () => {
    const { value } = await engine.bookSeats(by('Alice'), show, { seats: ['A1', 'A2'] })
    const part = await on('booking', 'transfer', show, value.id, '--holder', 'Bob', '--seats', 'A2')
    assert.equal(part.code, 0, part.stderr)
    assert.match(part.stdout, /^book_[0-9a-f]{32} is for Bob now: A2\.\n$/)
    const rest = ['--holder', 'Carol', '--reference', 'order-2', '--json']
    const { json } = await on('booking', 'transfer', show, value.id, ...rest)
    const { booking } = json<{ booking: Booking }>()
    assert.deepEqual(
      [booking.id, booking.holder, booking.reference, booking.seats],
      [value.id, 'Carol', 'order-2', ['A1']],
    )
  })

  it('needs to be told to whom', async () => {
    const { code, stderr } = await on('booking', 'transfer', show, 'book_1')
    assert.equal(code, 2)
    assert.match(stderr, /--holder/)
  })
})
