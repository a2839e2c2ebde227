/**
 * Test that what a caller did before costs nobody anything: rows are counted, not time, so that a
 * busy machine changes nothing.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../../src/engine/lanes/command.ts'
import { command, useKernel } from '../support/kernel.ts'
import { readsOf } from '../support/reads.ts'

const kernel = await useKernel('past acts')
const session = await kernel.session()
const PAST_ACTS = 100_000
const READ_MAX = 60

const ADDRESS = { actor: 'anonymous:aaaaaaaaaaaa', held_seats_max: 60 }
const PARTNER = { actor: 'key_1', owner: 'key_1', holder: 'customer-17' }

/** So many holds of the address, and as many of the holder, of one second, that are over. */
async function past(showId: number): Promise<void> {
  await kernel.owner.query(
    `insert into rowlock.journal (
       show_id, version, at, kind, hold_id, step, seats, freed, until, actor, owner, holder
     )
     select $1, 1 + n, rowlock.clock() - interval '30 minutes', 'hold', gen_random_uuid(), 0, '{9}',
       '{}', rowlock.clock() - interval '29 minutes', who.actor, who.owner, who.holder
     from generate_series(1, 2 * $2::int) as n
     cross join lateral (
       select
         case n % 2 when 0 then $3 else $4 end as actor,
         case n % 2 when 1 then $5 end as owner,
         case n % 2 when 1 then $6 end as holder
     ) as who`,
    [showId, PAST_ACTS, ADDRESS.actor, PARTNER.actor, PARTNER.owner, PARTNER.holder],
  )
  await kernel.owner.query('analyze rowlock.journal')
}

for (const [who, caller] of [
  ['an address', ADDRESS],
  ['a holder', PARTNER],
] as const) {
  test(`100,000 past acts of ${who} cost nobody a row more`, async () => {
    const showId = await kernel.createShow(10, { seats_per_holder_max: 8 })
    await past(showId)
    const hold = command('hold', showId, { ...caller, seats: [0, 1] })
    const late = command('hold', showId, { ...caller, seats: [2] })
    const about = (kind: 'extend' | 'confirm' | 'release', { hold_id }: Command) =>
      command(kind, showId, { ...caller, hold_id, box_office: true })
    const wanted = [
      hold,
      about('extend', hold),
      about('confirm', hold),
      late,
      about('release', late),
      command('book', showId, { ...caller, seats: [3] }),
    ]
    for (const one of wanted) {
      const { rows } = await readsOf(session, one)
      assert.ok(rows <= READ_MAX, `${one.kind} read ${rows} rows`)
    }
  })
}

/** Counts the tallies of a show, and how many holds the longest of them lists. */
async function tallies(showId: number): Promise<{ count: number; longest: number }> {
  const { rows } = await kernel.owner.query<{ count: number; longest: number }>(
    `select count(*)::int as count, coalesce(max(cardinality(hold_ids)), 0)::int as longest
     from rowlock.tallies where show_id = $1`,
    [showId],
  )
  return rows[0] as { count: number; longest: number }
}

test('a tally lists what is live, and is pruned when nothing is', async () => {
  const showId = await kernel.createShow(10, { seats_per_holder_max: 8 })
  const hold = (who: string, seat: number) => {
    const caller = { actor: `anonymous:${who}`, holder: who, held_seats_max: 60 }
    return command('hold', showId, { ...caller, seats: [seat] })
  }
  for (let n = 0; n < 100; n++) {
    const one = hold('often', 0)
    assert.equal((await session.one(one)).code, 'done')
    const { hold_id } = one
    const release = command('release', showId, { hold_id, box_office: true })
    assert.equal((await session.one(release)).code, 'done')
    assert.equal(
      (await session.one(hold(`once ${n}`, 1))).code,
      n === 0 ? 'done' : 'seats_unavailable',
    )
  }
  const { longest } = await tallies(showId)
  assert.ok(longest <= 2, `a tally lists ${longest} holds`)
  // Two hours ago as far as tallies know; what has a live hold stays.
  await kernel.owner.query(
    "update rowlock.tallies set begun_at = begun_at - interval '3 hours' where show_id = $1",
    [showId],
  )
  await kernel.owner.query("select rowlock.prune_show($1, '1 hour')", [showId])
  const { rows } = await kernel.owner.query<{ who: string }>(
    'select who from rowlock.tallies where show_id = $1 order by who',
    [showId],
  )
  assert.equal(rows.length, 2)
  assert.ok(rows.every(({ who }) => who.includes('once 0')))
})
