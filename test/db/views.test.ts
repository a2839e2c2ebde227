/** Views: what they say of a show in which there is one of everything, and of no other show. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('views')
await useTestClock(kernel.owner)
const session = await kernel.session()

async function rows(text: string): Promise<readonly object[]> {
  return (await kernel.owner.query<object>(text, [showId])).rows
}

/** Seats 0 to 3 are held, sold, blocked, and were held until just now; 4 and 5 are free. */
async function fill(id: number) {
  const hold = command('hold', id, { seats: [0], hold_seconds: 600, actor: 'first' })
  const booking = command('book', id, { seats: [1], seller: true })
  const block = command('block', id, { seats: [2], reference: 'camera' })
  const ended = command('hold', id, { seats: [3], hold_seconds: 10 })
  for (const one of [hold, booking, block, ended]) {
    assert.equal((await session.one(one)).code, 'done')
  }
  await advanceClock(kernel.owner, 20)
  return hold
}

const showId = await kernel.createShow(6)
const held = await fill(showId)
await session.one(
  command('extend', showId, { hold_id: held.hold_id, hold_seconds: 900, actor: 'second' }),
)
const other = await kernel.createShow(6)
await fill(other)
await fill(await kernel.createShow(5))
for (const seats of [[4], [5]]) await session.one(command('block', other, { seats }))

describe('seat_statuses', () => {
  it('has each seat of a show once, with what it is now', async () => {
    const text = `select seat_no, status, held_until is not null as ends
      from rowlock.seat_statuses where show_id = $1 order by seat_no`
    assert.deepEqual(await rows(text), [
      { seat_no: 0, status: 'held', ends: true },
      { seat_no: 1, status: 'booked', ends: false },
      { seat_no: 2, status: 'blocked', ends: false },
      { seat_no: 3, status: 'available', ends: false },
      { seat_no: 4, status: 'available', ends: false },
      { seat_no: 5, status: 'available', ends: false },
    ])
  })

  it('has no seat that the plan has and the show does not sell', async () => {
    const count = 'select count(*)::int as count from rowlock.seat_statuses where show_id = $1'
    await kernel.owner.query('begin')
    await kernel.owner.query('update rowlock.policies set seat_count = 5 where show_id = $1', [
      showId,
    ])
    assert.deepEqual(await rows(count), [{ count: 5 }])
    await kernel.owner.query('rollback')
    assert.deepEqual(await rows(count), [{ count: 6 }])
  })
})

describe('show_counts', () => {
  it('counts what is taken now, each seat as one thing', async () => {
    const text = `select total, available::int, held::int, booked::int, blocked::int
      from rowlock.show_counts where show_id = $1`
    assert.deepEqual(await rows(text), [{ total: 6, available: 3, held: 1, booked: 1, blocked: 1 }])
  })
})

describe('show_times', () => {
  // The clock is read before the view reads it: a millisecond may end between them.
  const text = `select version::int, changed_at = now as is_ahead, now >= earlier.at as is_now
    from (select rowlock.clock() as at offset 0) as earlier
    cross join lateral (
      select * from rowlock.show_times where show_id = $1 and earlier.at is not null offset 0
    ) as time`

  it('has the last version of a show, and the time of the clock', async () => {
    const versions = `select max(version)::int as version
      from rowlock.journal where show_id = $1`
    const [last] = await rows(versions)
    assert.deepEqual(await rows(text), [{ ...last, is_ahead: false, is_now: true }])
  })

  it('never has a time before the last entry', async () => {
    await advanceClock(kernel.owner, -60)
    const [time] = await rows(text)
    assert.deepEqual(time, { version: 6, is_ahead: true, is_now: true })
    await advanceClock(kernel.owner, 60)
  })
})

describe('chains', () => {
  it('has each hold once, as it is now and as it began', async () => {
    const text = `select chain.kind, chain.step, chain.origin, chain.begun_by,
        chain.begun_at < chain.at as changed
      from rowlock.chains as chain where chain.show_id = $1 order by chain.version`
    const usual = { step: 0, begun_by: 'test', changed: false }
    assert.deepEqual(await rows(text), [
      { ...usual, kind: 'book', origin: 'book' },
      { ...usual, kind: 'block', origin: 'block' },
      { ...usual, kind: 'hold', origin: 'hold' },
      { kind: 'extend', step: 1, origin: 'hold', begun_by: 'first', changed: true },
    ])
  })
})
