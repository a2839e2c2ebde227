/**
 * Rules of changed holds, of bookings that are handed on, and of notes, which random histories come
 * to too seldom or not at all. Each alone, and most of them in one batch with what comes before.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { command, type KernelOutcome, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('amended')
await useTestClock(kernel.owner)
const session = await kernel.session()

/** The last answer: of the commands as one batch, and one after the other. */
async function last(make: () => readonly Command[]): Promise<KernelOutcome[]> {
  const together = await session.apply(...make())
  const alone: KernelOutcome[] = []
  for (const one of make()) alone.push(await session.one(one))
  return [together.at(-1) as KernelOutcome, alone.at(-1) as KernelOutcome]
}

const codes = (outcomes: readonly KernelOutcome[]) => outcomes.map(({ code }) => code)

function changeOf(hold: Command, fields: Partial<Command>): Command {
  const { show_id, owner, actor, held_seats_max } = hold
  return command('change', show_id, {
    hold_id: hold.hold_id,
    owner,
    actor,
    held_seats_max,
    ...fields,
  })
}

function transferOf(sale: Command, holder: string, fields: Partial<Command> = {}): Command {
  const { show_id, hold_id } = sale
  return command('transfer', show_id, { hold_id, holder, to_hold: newUuid(), ...fields })
}

async function ownerOf({ show_id, hold_id }: Command): Promise<string | null> {
  const { rows } = await kernel.owner.query<{ owner: string | null }>(
    'select owner from rowlock.chains where show_id = $1 and hold_id = $2',
    [show_id, hold_id],
  )
  return rows[0]?.owner ?? null
}

test('what is added best and by place is free, and comes after what is named', async () => {
  const answers: KernelOutcome[] = []
  for (const isBatch of [true, false]) {
    const showId = await kernel.createShow(8)
    const hold = command('hold', showId, { seats: [2, 3] })
    const other = command('block', showId, { seats: [4] })
    const change = changeOf(hold, { seats: [2], to_seats: [1, 3], best: { quantity: 2 } })
    const outcomes = isBatch
      ? await session.apply(hold, other, change)
      : [await session.one(hold), await session.one(other), await session.one(change)]
    answers.push(outcomes.at(-1) as KernelOutcome)
    assert.deepEqual(await kernel.violations(showId), [])
  }
  const [batch, alone] = answers
  assert.equal(batch?.code, 'done')
  assert.deepEqual(batch?.seats, alone?.seats)
  assert.deepEqual(batch?.seats.slice(0, 2), [3, 1])
  assert.equal(new Set(batch?.seats).size, 4)
  assert.ok(!batch?.seats.includes(4) && !batch?.seats.includes(2))
})

test('a hold that is not there has no seats chosen for it', async () => {
  const showId = await kernel.createShow(4)
  const best = { quantity: 9 }
  const change = () => command('change', showId, { hold_id: newUuid(), best })
  assert.deepEqual(codes(await last(() => [change()])), ['hold_unknown', 'hold_unknown'])
})

test('what a change brought is given back like what was there first, however often', async () => {
  const showId = await kernel.createShow(6)
  const hold = command('hold', showId, { seats: [0] })
  const release = (seat: number) =>
    command('release', showId, { hold_id: hold.hold_id, seats: [seat] })
  const steps = () => [
    changeOf(hold, { to_seats: [2, 3] }),
    release(2),
    changeOf(hold, { seats: [3], to_seats: [4] }),
    release(2),
    release(3),
    release(5),
  ]
  const expected = ['done', 'done', 'done', 'already', 'already', 'seats_not_in_hold']
  await session.one(hold)
  const alone: KernelOutcome[] = []
  for (const step of steps()) alone.push(await session.one(step))
  assert.deepEqual(codes(alone), expected)
  await session.one(changeOf(hold, { seats: [4] }))
  const other = command('hold', showId, { seats: [1] })
  const batch = [other, ...steps().map((step) => ({ ...step, hold_id: other.hold_id }))]
  assert.deepEqual(codes(await session.apply(...batch)), ['done', ...expected])
})

test('who may not change a hold, and when', async () => {
  const showId = await kernel.createShow(20, { seats_per_hold_max: 3 })
  const open = (seat: number) => command('hold', showId, { seats: [seat], hold_seconds: 60 })
  const [over, sold, full, live] = [0, 1, 2, 3].map(open) as [Command, Command, Command, Command]
  const block = command('block', showId, { seats: [9] })
  await session.apply(over, sold, full, live, block)
  await session.one(command('release', showId, { hold_id: over.hold_id }))
  await session.one(command('confirm', showId, { hold_id: sold.hold_id }))
  const told = async (hold: Command, fields: Partial<Command>) => {
    return (await session.one(changeOf(hold, fields))).code
  }
  const add = { to_seats: [10] }
  assert.equal(await told(over, add), 'hold_released')
  assert.equal(await told(sold, add), 'hold_confirmed')
  assert.equal(await told(block, add), 'hold_unknown')
  assert.equal(await told(full, { to_seats: [10, 11, 12] }), 'too_many_seats')
  assert.equal(await told(full, { to_seats: [10, 11, 12], box_office: true }), 'done')
  assert.equal(await told(full, { seats: [2], to_seats: [13] }), 'done')
  const emptied = told(live, { seats: [3] })
  await assert.doesNotReject(emptied)
  assert.equal(await emptied, 'hold_emptied')
  assert.equal(await told(live, { seats: [14] }), 'seats_not_in_hold')
  assert.equal(await told(live, { to_seats: [3] }), 'already')
  const setTerms = (what: string) =>
    kernel.owner.query(`update rowlock.policies set ${what} where show_id = $1`, [showId])
  await setTerms('sales_until = rowlock.clock()')
  assert.equal(await told(live, { to_seats: [15] }), 'sales_closed')
  assert.equal(await told(full, { seats: [10] }), 'done')
  await setTerms('cancelled_at = rowlock.clock()')
  assert.equal(await told(full, { seats: [11] }), 'show_cancelled')
  await setTerms('cancelled_at = null, sales_until = null')
  await advanceClock(kernel.owner, 61)
  assert.equal(await told(live, { to_seats: [15] }), 'hold_expired')
})

test('what may not be handed on', async () => {
  const showId = await kernel.createShow(10)
  const sale = command('book', showId, { seats: [0, 1] })
  const over = command('book', showId, { seats: [2] })
  const hold = command('hold', showId, { seats: [3] })
  const cancel = command('cancel', showId, { hold_id: over.hold_id })
  await session.apply(sale, over, hold, cancel)
  const answers = session.apply(
    transferOf(over, 'Bob'),
    transferOf(hold, 'Bob'),
    transferOf(sale, 'Bob', { seats: [0, 3] }),
  )
  await assert.doesNotReject(answers)
  const expected = ['booking_cancelled', 'booking_unknown', 'seats_not_in_booking']
  assert.deepEqual(codes(await answers), expected)
  const part = await session.one(transferOf(sale, 'Bob', { seats: [1] }))
  const { rows } = await kernel.owner.query<{ seats: number[]; booked_at: Date; holder: string }>(
    `select seats, booked_at, holder from rowlock.journal
     where show_id = $1 order by version desc limit 2`,
    [showId],
  )
  assert.deepEqual(
    rows.map(({ seats }) => seats),
    [[1], [0]],
  )
  assert.deepEqual(
    rows.map(({ holder }) => holder),
    ['Bob', null],
  )
  assert.deepEqual(rows[0]?.booked_at, rows[1]?.booked_at)
  assert.equal(part.code, 'done')
  await kernel.owner.query(
    'update rowlock.policies set cancelled_at = rowlock.clock() where show_id = $1',
    [showId],
  )
  assert.equal((await session.one(transferOf(sale, 'Carol'))).code, 'show_cancelled')
})

test('too few are left: the change says how many', async () => {
  const showId = await kernel.createShow(4)
  const hold = command('hold', showId, { seats: [0, 1] })
  const [, answer] = await session.apply(hold, changeOf(hold, { best: { quantity: 3 } }))
  assert.equal(answer?.code, 'not_enough_seats')
  assert.deepEqual(answer?.obstacles, { limit: 2, accessible: false })
})

const ADDRESS = { actor: 'anonymous:aaaaaaaaaaaa', held_seats_max: 3 }
const ANOTHER = { actor: 'anonymous:bbbbbbbbbbbb', held_seats_max: 3 }

test('a hold counts for the address that began it, whoever changes it', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1], ...ADDRESS })
  const [, batch] = await session.apply(hold, changeOf(hold, { ...ANOTHER, to_seats: [2, 3] }))
  const alone = await session.one(changeOf(hold, { ...ANOTHER, to_seats: [2, 3] }))
  for (const answer of [batch, alone]) {
    assert.equal(answer?.code, 'held_limit_reached')
    assert.deepEqual(answer?.obstacles, { limit: 3, has: 2 })
  }
  const swap = changeOf(hold, { ...ANOTHER, seats: [0], to_seats: [2, 3] })
  assert.equal((await session.one(swap)).code, 'done')
  const next = command('hold', showId, { seats: [5], ...ADDRESS })
  assert.equal((await session.one(next)).code, 'held_limit_reached')
  assert.equal((await session.one(changeOf(hold, { seats: [1] }))).code, 'done')
  assert.equal((await session.one({ ...next, request_id: newUuid() })).code, 'done')
})

test('what the box office began for somebody is no budget of an address', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1, 2], actor: 'desk', box_office: true })
  const other = command('hold', showId, { seats: [9], ...ADDRESS })
  const outcomes = await session.apply(
    hold,
    other,
    changeOf(hold, { ...ADDRESS, to_seats: [3, 4, 5, 6] }),
  )
  assert.deepEqual(codes(outcomes), ['done', 'done', 'done'])
})

test('what an address began while it had no budget is not counted when it changes', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1], actor: ADDRESS.actor })
  const other = command('hold', showId, { seats: [9], ...ADDRESS })
  const grown = changeOf(hold, { ...ADDRESS, to_seats: [2, 3, 4, 5] })
  const outcomes = []
  for (const one of [hold, other, grown]) outcomes.push(await session.one(one))
  assert.deepEqual(codes(outcomes), ['done', 'done', 'done'])
})

test('who is handed a booking reaches it, and who had it does not', async () => {
  const showId = await kernel.createShow(10)
  const own = { owner: 'user_a', holder: 'user_a' }
  const sale = command('book', showId, { seats: [0, 1], ...own })
  const desk = { box_office: true, owner: 'user_b' }
  const outcomes = await session.apply(
    sale,
    transferOf(sale, 'user_b', desk),
    command('cancel', showId, { hold_id: sale.hold_id, ...own }),
    command('cancel', showId, { hold_id: sale.hold_id, owner: 'user_b', seats: [0] }),
  )
  assert.deepEqual(codes(outcomes), ['done', 'done', 'booking_unknown', 'done'])
  assert.equal(await ownerOf(sale), 'user_b')
  assert.deepEqual(await kernel.violations(showId), [])
})

const OWNERS: readonly (readonly [string, Partial<Command>, string, Partial<Command>, string])[] = [
  [
    "a user's, to a name",
    { owner: 'user_a', holder: 'user_a' },
    'Bob',
    { owner: 'house' },
    'house',
  ],
  ["a partner's, to a name", { owner: 'key_1', holder: 'Ann' }, 'Bob', { owner: 'house' }, 'key_1'],
  ["a partner's, to a user", { owner: 'key_1' }, 'user_b', { owner: 'user_b' }, 'user_b'],
  ["the house's, to a name", { owner: 'house' }, 'Bob', { owner: 'house' }, 'house'],
]

for (const [what, own, holder, desk, owner] of OWNERS) {
  test(`whose a booking is when the box office hands it on: ${what}`, async () => {
    const showId = await kernel.createShow(4)
    const sale = command('book', showId, { seats: [0, 1], ...own })
    const part = transferOf(sale, holder, { ...desk, box_office: true, seats: [1] })
    const whole = transferOf(sale, holder, { ...desk, box_office: true })
    assert.deepEqual(codes(await session.apply(sale, part, whole)), ['done', 'done', 'done'])
    assert.equal(await ownerOf(sale), owner)
    assert.equal(await ownerOf({ ...sale, hold_id: part.to_hold as string }), owner)
    assert.deepEqual(await kernel.violations(showId), [])
  })
}

test('a partner hands on what is its own, and it stays its own', async () => {
  const showId = await kernel.createShow(4)
  const sale = command('book', showId, { seats: [0], owner: 'key_1', holder: 'key_1' })
  const given = transferOf(sale, 'Bob', { owner: 'key_1' })
  const stolen = transferOf(sale, 'Bob', { owner: 'key_2' })
  const outcomes = await session.apply(sale, given, stolen)
  assert.deepEqual(codes(outcomes), ['done', 'done', 'booking_unknown'])
  assert.equal(await ownerOf(sale), 'key_1')
  const nobodys = command('book', showId, { seats: [1] })
  const claimed = transferOf(nobodys, 'key_1', { owner: 'key_1' })
  assert.deepEqual(codes(await session.apply(nobodys, claimed)), ['done', 'done'])
  assert.equal(await ownerOf(nobodys), null)
})

test('the limit of a holder counts what was handed on, on both sides', async () => {
  for (const isBatch of [true, false]) {
    const showId = await kernel.createShow(10, { seats_per_holder_max: 3 })
    const alice = command('book', showId, { seats: [0, 1, 2], holder: 'Alice' })
    const bob = command('book', showId, { seats: [3, 4], holder: 'Bob' })
    const steps = [
      alice,
      bob,
      transferOf(alice, 'Bob', { seats: [0, 1] }),
      transferOf(alice, 'Bob', { seats: [0] }),
      command('book', showId, { seats: [5], holder: 'Bob' }),
      command('book', showId, { seats: [6, 7], holder: 'Alice' }),
      command('book', showId, { seats: [6], holder: 'Alice' }),
      transferOf(alice, 'Carol'),
      command('book', showId, { seats: [7, 8], holder: 'Alice' }),
    ]
    const outcomes = isBatch ? await session.apply(...steps) : []
    if (!isBatch) for (const step of steps) outcomes.push(await session.one(step))
    const full = 'holder_limit_reached'
    const expected = ['done', 'done', full, 'done', full, full, 'done', 'done', 'done']
    assert.deepEqual(codes(outcomes), expected)
    assert.deepEqual(await kernel.violations(showId), [])
  }
})

test('a reference of its own is given to whose it is already, within the limit', async () => {
  const showId = await kernel.createShow(4, { seats_per_holder_max: 2 })
  const sale = command('book', showId, { seats: [0, 1], holder: 'Alice', reference: 'one' })
  const part = transferOf(sale, 'Alice', { seats: [1], reference: 'two' })
  const same = transferOf(sale, 'Alice')
  const outcomes = await session.apply(sale, part, same)
  assert.deepEqual(codes(outcomes), ['done', 'done', 'already'])
  assert.equal(outcomes[1]?.reference, 'two')
  assert.equal(outcomes[2]?.reference, 'one')
})

test('a transfer asked again is the same booking; a refused one stays refused', async () => {
  const showId = await kernel.createShow(4, { seats_per_holder_max: 2 })
  const sale = command('book', showId, { seats: [0, 1], holder: 'Alice' })
  const bob = command('book', showId, { seats: [2, 3], holder: 'Bob' })
  const part = transferOf(sale, 'Carol', { seats: [1], remember: true })
  const full = transferOf(sale, 'Bob', { remember: true })
  await session.apply(sale, bob, part, full)
  const again = await session.one({ ...part, to_hold: newUuid() })
  assert.deepEqual([again.code, again.replayed, again.hold_id], ['done', true, part.to_hold])
  await session.one(command('cancel', showId, { hold_id: bob.hold_id }))
  const late = await session.one(full)
  assert.deepEqual([late.code, late.replayed], ['holder_limit_reached', true])
})

test('notes stay with a chain, and do not go to another owner', async () => {
  const showId = await kernel.createShow(10)
  const metadata = { basket: '99' }
  const hold = command('hold', showId, {
    seats: [0, 1],
    owner: 'user_a',
    holder: 'user_a',
    metadata,
  })
  const confirm = command('confirm', showId, { hold_id: hold.hold_id, owner: 'user_a' })
  const outcomes = await session.apply(
    hold,
    changeOf(hold, { to_seats: [2] }),
    confirm,
    transferOf(hold, 'Ann', { owner: 'user_a', seats: [0] }),
    transferOf(hold, 'user_b', { owner: 'user_b', box_office: true, seats: [1] }),
    transferOf(hold, 'user_b', { owner: 'user_b', box_office: true }),
  )
  assert.deepEqual(codes(outcomes), Array<string>(6).fill('done'))
  const notes = outcomes.map((outcome) => outcome.metadata)
  assert.deepEqual(notes, [metadata, metadata, metadata, metadata, null, null])
  const again = await session.one({ ...confirm })
  assert.deepEqual([again.replayed, again.metadata], [true, metadata])
})

test('without notes an entry has none', async () => {
  const showId = await kernel.createShow(2)
  await session.one(command('hold', showId, { seats: [0] }))
  const { rows } = await kernel.owner.query(
    `select count(*)::int as count from rowlock.journal
     where show_id = $1 and metadata is not null`,
    [showId],
  )
  assert.deepEqual(rows, [{ count: 0 }])
})
