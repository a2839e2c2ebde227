/**
 * Promises 1, 2, 6, 8, 9 and 10, read off a database: each rule of the check finds what breaks it,
 * also where all is in order again at the end, and nothing in a history that is right.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newUuid } from '../../src/protocol/index.ts'
import { command, type Session, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('history violations')
await useTestClock(kernel.owner)

/** Begins what lasts: as much for one holder as the show allows, twice, and more in a block. */
async function beginWhatLasts(session: Session, showId: number): Promise<void> {
  const holder = 'customer-19'
  const booking = { seats: [9, 10, 11], holder, owner: 'user_9', seller: true }
  await session.one(command('hold', showId, { seats: [1], hold_seconds: 60, holder }))
  await session.one(command('book', showId, booking))
  await session.one(command('block', showId, { seats: [6, 7, 8], holder, reference: 'choir' }))
}

/**
 * A show with a past: run out; held, extended, booked, cancelled; held by another, ended. And with
 * what lasts.
 */
async function aHistory(): Promise<number> {
  const showId = await kernel.createShow(12, { seats_per_holder_max: 3 })
  const session = await kernel.session()
  const holder = 'customer-17'
  await session.one(command('hold', showId, { seats: [5], hold_seconds: 1 }))
  await advanceClock(kernel.owner, 2)
  const hold = command('hold', showId, { seats: [0, 1, 2], hold_seconds: 60, holder })
  await session.one(hold)
  const same = { hold_id: hold.hold_id }
  await session.one(command('extend', showId, { ...same, hold_seconds: 300 }))
  await session.one(command('release', showId, { ...same, seats: [2] }))
  await session.one(command('confirm', showId, same))
  await session.one(command('swap', showId, { ...same, seats: [1], to_seats: [3] }))
  const handedOn = { ...same, holder: 'customer-18', to_hold: newUuid() }
  await session.one(command('transfer', showId, { ...handedOn, seats: [3] }))
  await session.one(command('cancel', showId, same))
  await session.one(command('cancel', showId, { hold_id: handedOn.to_hold }))
  const block = command('block', showId, { seats: [0, 5], reference: 'camera' })
  await session.one(block)
  await session.one(command('unblock', showId, { hold_id: block.hold_id }))
  await beginWhatLasts(session, showId)
  const other = command('hold', showId, { seats: [0], holder })
  await session.one(other)
  await session.one(command('release', showId, { hold_id: other.hold_id }))
  return showId
}

/** Rules that are broken after the database was changed behind the kernel's back. */
async function rulesAfter(change: string): Promise<string[]> {
  const showId = await aHistory()
  assert.deepEqual(await kernel.violations(showId), [])
  await kernel.owner.query("set session_replication_role = 'replica'")
  await kernel.owner.query(change.replaceAll('$1', String(showId)))
  await kernel.owner.query('reset session_replication_role')
  const found = await kernel.violations(showId)
  return [...new Set(found.map(({ rule }) => rule))]
}

const entry = (change: string) => `update rowlock.journal set ${change} and show_id = $1`
const claim = (values: string) =>
  `insert into rowlock.claims (show_id, seat_no, hold_id, until) select $1, ${values}`

const LIES = [
  [entry("seats = '{0,4}' where kind = 'block'"), 'seats were given back by who had them'],
  [
    entry("seats = '{0,5}', freed = '{}' where kind = 'cancel'"),
    'no seat was taken while somebody else had it',
  ],
  [entry("freed = '{0,4}' where kind = 'unblock'"), 'seats were given back by who had them'],
  [entry("until = at where kind = 'hold'"), 'what became of a hold follows from what it was'],
  [entry("booked_at = at where kind = 'extend'"), 'what became of a hold follows from what it was'],
  [entry("seats = '{0,4}' where kind = 'confirm'"), 'an entry changes the seats that it says'],
  [
    entry("seats = '{0,4}' where kind = 'release' and step = 2"),
    'an entry changes the seats that it says',
  ],
  [
    entry("until = at + interval '9 days' where kind = 'extend'"),
    'no hold lasted longer than its show ever allowed',
  ],
  [
    entry("seats = '{0,1,2,4}' where kind = 'hold' and step = 0 and cardinality(seats) = 3"),
    'no holder had more seats than the show ever allowed',
  ],
  [
    entry("seats = '{0}', until = 'infinity' where kind in ('cancel', 'unblock')"),
    'a seat has one owner in the journal',
  ],
  [claim("4, gen_random_uuid(), 'infinity'"), 'replaying the journal gives the claims'],
  [
    'delete from rowlock.journal where show_id = $1 and version = 4',
    'versions have no gaps, and time does not run backwards',
  ],
  [
    entry("at = at - interval '1 hour' where version = 5"),
    'versions have no gaps, and time does not run backwards',
  ],
  [entry("step = 9 where kind = 'confirm'"), 'the entries of a hold are a chain'],
  [entry("owner = 'user_2' where kind = 'confirm'"), 'the entries of a hold are a chain'],
  [entry("kind = 'book' where kind = 'swap'"), 'a hold is booked once'],
  [claim("12, gen_random_uuid(), 'infinity'"), 'every seat belongs to the plan'],
  [
    `delete from rowlock.seats where seat_no = 5
     and plan_id = (select plan_id from rowlock.shows where show_id = $1)`,
    'the plan has the seats that the show sells',
  ],
  [
    `insert into rowlock.claims (show_id, seat_no, hold_id, until, booked_at)
     select $1, 4, gen_random_uuid(), 'infinity', now()`,
    'the counts add up',
  ],
  [
    entry("booked_at = booked_at - interval '1 s' where kind = 'transfer' and step = 0"),
    'what is handed on comes from a booking',
  ],
] as const

const CLAIMS = 'replaying the journal gives the claims'
const FOLLOWS = 'what became of a hold follows from what it was'
const SEATS = 'an entry changes the seats that it says'
const HANDED = 'what is handed on comes from a booking'
const OTHERS = 'seats were given back by who had them'

/** Lies of which each is seen by one part of a rule, and by nothing else that the rule says. */
const SMALL_LIES = [
  [entry("seats = '{1}', until = 'infinity' where kind = 'unblock'"), LIES[9][1]],
  ['delete from rowlock.claims where show_id = $1 and seat_no = 1', CLAIMS],
  [
    `update rowlock.claims set until = until + interval '1 minute'
     where show_id = $1 and seat_no = 1`,
    CLAIMS,
  ],
  [
    `update rowlock.claims set booked_at = booked_at - interval '1 s'
     where show_id = $1 and seat_no = 9`,
    CLAIMS,
  ],
  [entry("booked_at = null where kind in ('confirm', 'swap', 'transfer')"), HANDED],
  [entry("seats = '{3,4}' where kind = 'transfer' and step = 0"), HANDED],
  [entry("freed = '{1,3}' where kind = 'transfer' and step > 0"), HANDED],
  [entry("version = version + 100 where kind = 'transfer' and step = 0"), HANDED],
  [entry("freed = '{1}' where kind = 'release' and step = 1"), OTHERS],
  [entry("kind = 'hold' where kind = 'extend'"), FOLLOWS],
  [entry("kind = 'extend' where kind = 'hold' and seats = '{1}'"), FOLLOWS],
  [entry("kind = 'cancel' where kind = 'release' and step = 1"), FOLLOWS],
  [entry("kind = 'unblock' where kind = 'release' and step = 1"), FOLLOWS],
  [entry("kind = 'change' where kind = 'extend'"), SEATS],
  [entry("seats = '{0,3,4}' where kind = 'swap'"), SEATS],
  [entry("freed = '{2,4}' where kind = 'release' and step = 2"), SEATS],
] as const

describe('a history', () => {
  it('that is right has nothing to tell', async () => {
    assert.deepEqual(await kernel.violations(await aHistory()), [])
  })

  for (const [change, rule] of [...LIES, ...SMALL_LIES]) {
    it(`is found out: ${change}`, async () => {
      const rules = await rulesAfter(change)
      assert.ok(rules.includes(rule), rules.join('; '))
    })
  }

  it('has a lie for every rule of the check', async () => {
    const { rows } = await kernel.owner.query<{ text: string }>(
      "select string_agg(prosrc, '') as text from pg_proc where proname like '%\\_violations'",
    )
    const rules = [...(rows[0]?.text ?? '').matchAll(/select \d+, '([^']+)'/g)].map(
      ([, rule]) => rule,
    )
    assert.ok(rules.length >= 15)
    const told = new Set<unknown>(LIES.map(([, rule]) => rule))
    assert.deepEqual(
      rules.filter((rule) => !told.has(rule)),
      [],
    )
  })
})
