/** Rules that random histories come to too seldom, one by one. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { command, type KernelOutcome, useKernel } from '../support/kernel.ts'
import { advanceClock, setClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('rare')
await useTestClock(kernel.owner)
const session = await kernel.session()

function codes(outcomes: readonly KernelOutcome[]): string[] {
  return outcomes.map(({ code }) => code)
}

/** Each alone, and all of them in one batch: they go different ways. */
async function tell(...make: readonly (() => Command)[]): Promise<string[][]> {
  const together = codes(await session.apply(...make.map((one) => one())))
  const alone: string[] = []
  for (const one of make) alone.push((await session.one(one())).code)
  return [together, alone]
}

test('a cancelled show sells to nobody, and takes back what its terms would not', async () => {
  const showId = await kernel.createShow(10, { cancellable: false })
  const hold = command('hold', showId, { seats: [0] })
  const other = command('hold', showId, { seats: [1] })
  const book = command('book', showId, { seats: [9] })
  await session.apply(hold, other, book)
  const cancel = () => command('cancel', showId, { hold_id: book.hold_id })
  assert.equal((await session.one(cancel())).code, 'not_cancellable')
  await kernel.owner.query('update rowlock.policies set cancelled_at = now() where show_id = $1', [
    showId,
  ])
  const told = await tell(
    () => command('confirm', showId, { hold_id: hold.hold_id }),
    () => command('confirm', showId, { hold_id: other.hold_id, reacquire: true }),
    () => command('hold', showId, { seats: [5] }),
    () => command('book', showId, { seats: [6] }),
    () => command('extend', showId, { hold_id: hold.hold_id }),
  )
  for (const one of told) assert.deepEqual(one, Array<string>(5).fill('show_cancelled'))
  const release = command('release', showId, { hold_id: hold.hold_id })
  assert.deepEqual(codes(await session.apply(release, cancel())), ['done', 'done'])
})

test('taking an expired hold again is a sale: the limit of its holder counts', async () => {
  const showId = await kernel.createShow(10, { seats_per_holder_max: 3 })
  const hold = command('hold', showId, { seats: [0, 1], holder: 'Alice', hold_seconds: 60 })
  await session.one(hold)
  await advanceClock(kernel.owner, 61)
  const book = command('book', showId, { seats: [2, 3], holder: 'Alice' })
  assert.equal((await session.one(book)).code, 'done')
  const again = () => command('confirm', showId, { hold_id: hold.hold_id, reacquire: true })
  const refused = await session.one(again())
  assert.deepEqual(
    [refused.code, refused.obstacles],
    ['holder_limit_reached', { limit: 3, has: 2 }],
  )
  await session.one(command('cancel', showId, { hold_id: book.hold_id, seats: [2] }))
  assert.equal((await session.one(again())).code, 'done')
})

test('taking an expired hold again is a sale: it must be open', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1], hold_seconds: 60 })
  await session.one(hold)
  await advanceClock(kernel.owner, 61)
  await kernel.owner.query(
    'update rowlock.policies set sales_until = rowlock.clock() where show_id = $1',
    [showId],
  )
  const again = (box_office: boolean) =>
    command('confirm', showId, { hold_id: hold.hold_id, reacquire: true, box_office })
  assert.equal((await session.one(again(false))).code, 'sales_closed')
  assert.equal((await session.one(again(true))).code, 'done')
})

test('a hold that was confirmed when the sale was open stays one when it has closed', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1] })
  await session.one(hold)
  await kernel.owner.query(
    'update rowlock.policies set sales_until = rowlock.clock() where show_id = $1',
    [showId],
  )
  assert.equal((await session.one(command('hold', showId, { seats: [3] }))).code, 'sales_closed')
  const confirm = command('confirm', showId, { hold_id: hold.hold_id })
  assert.equal((await session.one(confirm)).code, 'done')
})

test('strangers reach nothing, and what is done for the owner stays its own', async () => {
  const showId = await kernel.createShow(10)
  const owner = 'user_1'
  const holds = [0, 1, 2, 3].map((seat) => command('hold', showId, { seats: [seat], owner }))
  await session.apply(...holds)
  const about = (kind: 'confirm' | 'release' | 'extend', place: number, asking: Partial<Command>) =>
    command(kind, showId, { hold_id: (holds[place] as Command).hold_id, ...asking })
  for (const stranger of [null, 'user_2']) {
    const told = await tell(
      () => about('confirm', 0, { owner: stranger }),
      () => about('release', 1, { owner: stranger }),
      () => about('extend', 2, { owner: stranger }),
      () => about('confirm', 3, { owner: stranger, seller: true, reacquire: true }),
    )
    for (const one of told) assert.deepEqual(one, Array<string>(4).fill('hold_unknown'))
  }
  const done = await session.apply(
    about('confirm', 0, { owner }),
    about('release', 1, { owner }),
    about('confirm', 2, { box_office: true }),
    about('release', 3, { box_office: true }),
  )
  assert.deepEqual(codes(done), Array<string>(4).fill('done'))
  assert.deepEqual(await kernel.violations(showId), [])
})

test('a holder is counted by who names it, also when an expired hold is taken again', async () => {
  const showId = await kernel.createShow(10, { seats_per_holder_max: 2 })
  const partner = { owner: 'key_1', holder: 'customer-17' }
  const hold = command('hold', showId, { seats: [0, 1], ...partner, hold_seconds: 60 })
  await session.one(hold)
  await advanceClock(kernel.owner, 61)
  assert.equal(
    (await session.one(command('book', showId, { seats: [2], ...partner }))).code,
    'done',
  )
  const other = command('book', showId, { seats: [3, 4], holder: 'customer-17' })
  assert.equal((await session.one(other)).code, 'done')
  const again = (fields: Partial<Command>) =>
    command('confirm', showId, { hold_id: hold.hold_id, reacquire: true, ...fields })
  const refused = await session.one(again({ box_office: true }))
  assert.deepEqual(
    [refused.code, refused.obstacles],
    ['holder_limit_reached', { limit: 2, has: 1 }],
  )
})

test('what is left of an expired hold is no longer its own, and is chosen for nobody', async () => {
  const showId = await kernel.createShow(6)
  const gone = command('hold', showId, { seats: [0, 1], hold_seconds: 60 })
  await session.one(gone)
  await advanceClock(kernel.owner, 61)
  const next = command('hold', showId, { seats: [1] })
  assert.equal((await session.one(next)).code, 'done')
  const best = () => command('hold', showId, { best: { quantity: 1 } })
  const told = session.apply(
    best(),
    command('release', showId, { hold_id: gone.hold_id, seats: [0] }),
    ...Array.from({ length: 5 }, best),
  )
  await assert.doesNotReject(told)
  assert.deepEqual(codes(await told), [...Array<string>(6).fill('done'), 'not_enough_seats'])
  assert.deepEqual(await kernel.violations(showId), [])
})

test('what is given back the moment it ends has ended, also for the check', async () => {
  const showId = await kernel.createShow(10, { seats_per_holder_max: 1 })
  const hold = (seat: number) =>
    command('hold', showId, { seats: [seat], holder: 'Alice', hold_seconds: 60 })
  const first = hold(0)
  await setClock(kernel.owner, '2030-01-01T12:00:00Z')
  await session.one(first)
  await setClock(kernel.owner, '2030-01-01T12:01:00Z')
  const release = command('release', showId, { hold_id: first.hold_id })
  assert.deepEqual(codes(await session.apply(hold(1), release)), ['done', 'done'])
  await setClock(kernel.owner, null)
  assert.deepEqual(await kernel.violations(showId), [])
})

test('what somebody has is not taken over, whatever was decided', async () => {
  const showId = await kernel.createShow(2)
  await session.one(command('hold', showId, { seats: [0] }))
  const takeOver = kernel.owner.query(
    `select rowlock.take_over(
       array[row($1::bigint, $2::uuid, now(), null, null, array[0], 'infinity', null, false)]
         ::rowlock.change[],
       array[$1::bigint], array[rowlock.clock()]
     )`,
    [showId, randomUUID()],
  )
  await assert.rejects(takeOver, /rowlock(_g\w+)?\.write: 0 of 1 seats/)
})

test('what somebody has is not moved to another end, whatever was decided', async () => {
  const showId = await kernel.createShow(2)
  await session.one(command('hold', showId, { seats: [0] }))
  const move = kernel.owner.query(
    `select rowlock.write_claims(
       array[row($1::bigint, $2::uuid, clock.now, array[0], clock.now + interval '1 minute',
         array[0], clock.now + interval '1 hour', null, false)]::rowlock.change[],
       1, 1, array[$1::bigint], array[clock.now]
     )
     from rowlock.clock() as clock (now)`,
    [showId, randomUUID()],
  )
  await assert.rejects(move, /rowlock(_g\w+)?\.write: 0 of 1 seats/)
})

test('what is left of an expired hold takes nothing from who has it by now', async () => {
  const showId = await kernel.createShow(4)
  const gone = command('hold', showId, { seats: [0, 1], hold_seconds: 60 })
  await session.one(gone)
  await advanceClock(kernel.owner, 61)
  const take = () => command('hold', showId, { seats: [1] })
  const release = command('release', showId, { hold_id: gone.hold_id, seats: [0] })
  const told = session.apply(take(), release, take())
  await assert.doesNotReject(told)
  assert.deepEqual(codes(await told), ['done', 'done', 'seats_unavailable'])
})

test('a hold that grows stays within its holder’s limit, whoever else asks', async () => {
  const showId = await kernel.createShow(6, { seats_per_holder_max: 2 })
  const hold = command('hold', showId, { seats: [0, 1], holder: 'Alice' })
  await session.one(hold)
  const grow = (seat: number) =>
    command('change', showId, { hold_id: hold.hold_id, to_seats: [seat] })
  const stranger = command('hold', showId, { seats: [5], holder: 'Bob' })
  const told = [await session.one(grow(2)), ...(await session.apply(stranger, grow(3)))]
  assert.deepEqual(codes(told), ['holder_limit_reached', 'done', 'holder_limit_reached'])
})

test('taking an expired hold again finds which of its seats are gone', async () => {
  const showId = await kernel.createShow(6)
  const holds = [0, 1].map((n) =>
    command('hold', showId, { seats: [2 * n, 2 * n + 1], hold_seconds: 60 }),
  )
  await session.apply(...holds)
  await advanceClock(kernel.owner, 61)
  await session.apply(...[1, 3].map((seat) => command('hold', showId, { seats: [seat] })))
  const again = holds.map(({ hold_id }) =>
    command('confirm', showId, { hold_id, reacquire: true }),
  ) as [Command, Command]
  const told = Promise.all([session.one(again[0]), session.apply(again[1])])
  await assert.doesNotReject(told)
  assert.deepEqual(codes((await told).flat()), Array<string>(2).fill('seats_unavailable'))
})

test('what is booked leaves the budget of its caller at once, in the same batch, too', async () => {
  const showId = await kernel.createShow(8)
  const caller = { actor: 'anonymous:cccccccccccc', held_seats_max: 2 }
  const take = (seat: number) => command('hold', showId, { seats: [seat, seat + 1], ...caller })
  const [first, second] = [take(0), take(4)]
  const confirm = ({ hold_id }: Command) => command('confirm', showId, { hold_id, ...caller })
  const together = await session.apply(first, take(2), confirm(first), second)
  assert.deepEqual(codes(together), ['done', 'held_limit_reached', 'done', 'done'])
  const alone = [await session.one(confirm(second)), await session.one(take(6))]
  assert.deepEqual(codes(alone), ['done', 'done'])
})

test('holds that begin in one batch count towards how many its caller may begin', async () => {
  const showId = await kernel.createShow(2)
  const caller = { actor: 'anonymous:dddddddddddd', held_seats_max: 1 }
  const begin = () => {
    const hold = command('hold', showId, { seats: [0], ...caller })
    return [hold, command('release', showId, { hold_id: hold.hold_id, ...caller })]
  }
  // Four in an hour for each seat that it may hold.
  const told = codes(await session.apply(...Array.from({ length: 5 }, begin).flat().slice(0, 9)))
  assert.deepEqual(told, [...Array<string>(8).fill('done'), 'begun_limit_reached'])
})

test('what a caller began counts for an hour, from the first of them on', async () => {
  const showId = await kernel.createShow(2)
  const caller = { actor: 'anonymous:eeeeeeeeeeee', held_seats_max: 1 }
  const begin = async () => {
    const hold = command('hold', showId, { seats: [0], ...caller, hold_seconds: 60 })
    const { code } = await session.one(hold)
    await session.one(command('release', showId, { hold_id: hold.hold_id, ...caller }))
    return code
  }
  for (let n = 0; n < 4; n++) assert.equal(await begin(), 'done')
  await advanceClock(kernel.owner, 3_500)
  assert.equal(await begin(), 'begun_limit_reached')
  await advanceClock(kernel.owner, 101)
  assert.equal(await begin(), 'done')
})

test('the life of a hold counts from its beginning, however often it is extended', async () => {
  const life = { hold_seconds: 60, hold_seconds_max: 100, hold_life_seconds_max: 100 }
  const showId = await kernel.createShow(2, life)
  const hold = command('hold', showId, { seats: [0], hold_seconds: 60 })
  await session.one(hold)
  const extend = async (seconds: number) => {
    const { hold_id } = hold
    return (await session.one(command('extend', showId, { hold_id, hold_seconds: seconds }))).code
  }
  await advanceClock(kernel.owner, 30)
  assert.deepEqual([await extend(75), await extend(60)], ['hold_life_exceeded', 'done'])
  await advanceClock(kernel.owner, 30)
  assert.deepEqual([await extend(45), await extend(35)], ['hold_life_exceeded', 'done'])
})

test('a hold is extended as it is now, without what it gave back', async () => {
  const showId = await kernel.createShow(3)
  const hold = command('hold', showId, { seats: [0, 1], hold_seconds: 60 })
  const { hold_id } = hold
  await session.apply(hold, command('release', showId, { hold_id, seats: [1] }))
  await advanceClock(kernel.owner, 10)
  const extended = await session.one(command('extend', showId, { hold_id, hold_seconds: 60 }))
  assert.deepEqual([extended.code, extended.seats], ['done', [0]])
  assert.equal((await session.one(command('hold', showId, { seats: [1] }))).code, 'done')
})

test('one id in two shows of a batch is two chains, and one key two requests', async () => {
  const [here, there] = [await kernel.createShow(2), await kernel.createShow(2)]
  const hold = command('hold', here, { seats: [0] })
  await session.one(hold)
  const confirm = (show: number) => command('confirm', show, { hold_id: hold.hold_id })
  const strange = session.apply(confirm(there), confirm(here), confirm(there))
  await assert.doesNotReject(strange)
  assert.deepEqual(codes(await strange), ['hold_unknown', 'done', 'hold_unknown'])
  const same = { request_id: randomUUID(), fingerprint: randomUUID() }
  const take = (show: number) => command('hold', show, { seats: [1], ...same })
  const told = await session.apply(take(here), take(there), take(there), take(here))
  assert.deepEqual(codes(told), Array<string>(4).fill('done'))
  assert.deepEqual(
    told.map(({ replayed }) => replayed),
    [false, false, true, true],
  )
  const known = await session.apply(take(there), take(here))
  assert.deepEqual(
    known.map(({ version }) => version),
    [told[1]?.version, told[0]?.version],
  )
  assert.deepEqual(await kernel.violations(there), [])
})

test('the best seats may be those of a hold that ran out', async () => {
  const showId = await kernel.createShow(2)
  await session.one(command('hold', showId, { seats: [0, 1], hold_seconds: 60 }))
  await advanceClock(kernel.owner, 61)
  const best = session.one(command('hold', showId, { best: { quantity: 2 } }))
  await assert.doesNotReject(best)
  assert.deepEqual([(await best).code, (await best).seats], ['done', [0, 1]])
  assert.deepEqual(await kernel.violations(showId), [])
})

/** Codes of the answers to a batch, or to its commands one after the other. */
async function answersTo(isBatch: boolean, commands: readonly Command[]): Promise<string[]> {
  if (isBatch) return codes(await session.apply(...commands))
  const alone: KernelOutcome[] = []
  for (const one of commands) alone.push(await session.one(one))
  return codes(alone)
}

test('a hold stays its owner’s, whatever is done with it and by whom', async () => {
  for (const isBatch of [true, false]) {
    const showId = await kernel.createShow(4)
    const hold = command('hold', showId, { seats: [0], owner: 'user_1' })
    const about = (kind: 'change' | 'release', asking: Partial<Command>) =>
      command(kind, showId, { hold_id: hold.hold_id, ...asking })
    const told = await answersTo(isBatch, [
      hold,
      about('change', { to_seats: [1], owner: 'user_1' }),
      about('release', { seats: [0], owner: 'user_2' }),
      about('change', { to_seats: [2], box_office: true }),
      about('release', { seats: [0], owner: null }),
      about('release', { seats: [0], owner: 'user_1' }),
    ])
    const expected = ['done', 'done', 'hold_unknown', 'done', 'hold_unknown', 'done']
    assert.deepEqual(told, expected)
  }
})

test('an answer that changed nothing stays the answer under its key', async () => {
  for (const isBatch of [true, false]) {
    const showId = await kernel.createShow(4)
    const hold = command('hold', showId, { seats: [0, 1] })
    const change = (fields: Partial<Command>) =>
      command('change', showId, { hold_id: hold.hold_id, ...fields })
    const same = change({ to_seats: [1] })
    const drop = change({ seats: [1] })
    const take = command('hold', showId, { seats: [1] })
    const told = await answersTo(isBatch, [hold, same, drop, same, take])
    assert.deepEqual(told, ['done', 'already', 'done', 'already', 'done'])
  }
})

test('a picture does not get back what is left of a hold that has ended', async () => {
  const showId = await kernel.createShow(10)
  const hold = command('hold', showId, { seats: [0, 1, 2], hold_seconds: 60 })
  await session.one(hold)
  const read = async (since: number | null) => {
    const { rows } = await kernel.owner.query<{
      reading: { version: number; changes: { entries: [number[], number[], number, boolean][] } }
    }>('select rowlock.read_show($1, $2) as reading', [showId, since])
    return rows[0]?.reading ?? assert.fail()
  }
  const { version } = await read(null)
  await advanceClock(kernel.owner, 61)
  assert.equal((await session.one(command('book', showId, { seats: [0] }))).code, 'done')
  const release = command('release', showId, { hold_id: hold.hold_id, seats: [1] })
  assert.equal((await session.one(release)).code, 'done')
  const { entries } = (await read(version)).changes
  // Seat 0 is somebody else's by now, so nothing may be said of what the hold still names.
  assert.deepEqual(
    entries.map(([seats]) => seats),
    [[0], []],
  )
})
