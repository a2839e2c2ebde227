/**
 * Promises 1, 2, 6, 9 and 10, read off a history: each rule finds the entry that breaks it,
 * although all is in order again at the end, and nothing in a history that is right.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('history violations')

/** A show whose history is over: held, extended, booked, cancelled; held by another, ended. */
async function aHistory(): Promise<number> {
  const showId = await kernel.createShow(6)
  const session = await kernel.session()
  const hold = command('hold', showId, { seats: [0, 1, 2], hold_seconds: 60 })
  await session.one(hold)
  const same = { hold_id: hold.hold_id }
  await session.one(command('extend', showId, { ...same, hold_seconds: 300 }))
  await session.one(command('release', showId, { ...same, seats: [2] }))
  await session.one(command('confirm', showId, same))
  await session.one(command('swap', showId, { ...same, seats: [1], to_seats: [3] }))
  await session.one(command('cancel', showId, same))
  const block = command('block', showId, { seats: [0, 5], reference: 'camera' })
  await session.one(block)
  await session.one(command('unblock', showId, { hold_id: block.hold_id }))
  const other = command('hold', showId, { seats: [0] })
  await session.one(other)
  await session.one(command('release', showId, { hold_id: other.hold_id }))
  return showId
}

/** Rules that are broken after the history was changed behind the kernel's back. */
async function rulesAfter(change: string): Promise<string[]> {
  const showId = await aHistory()
  assert.deepEqual(await kernel.violations(showId), [])
  await kernel.owner.query("set session_replication_role = 'replica'")
  await kernel.owner.query(`update rowlock.journal set ${change} and show_id = ${showId}`)
  await kernel.owner.query('reset session_replication_role')
  const found = await kernel.violations(showId)
  return [...new Set(found.map(({ rule }) => rule))]
}

const LIES = [
  ["seats = '{0,4}' where kind = 'block'", 'seats were given back by who had them'],
  [
    "seats = '{1,5}', freed = '{}' where kind = 'cancel'",
    'no seat was taken while somebody else had it',
  ],
  ["freed = '{0,4}' where kind = 'unblock'", 'seats were given back by who had them'],
  ["until = at where kind = 'hold'", 'what became of a hold follows from what it was'],
  ["booked_at = at where kind = 'extend'", 'what became of a hold follows from what it was'],
  ["seats = '{0,4}' where kind = 'confirm'", 'an entry changes the seats that it says'],
  [
    "seats = '{0,4}' where kind = 'release' and step = 2",
    'an entry changes the seats that it says',
  ],
  [
    "until = at + interval '9 days' where kind = 'extend'",
    'no hold lasted longer than its show ever allowed',
  ],
] as const

describe('a history', () => {
  it('that is right has nothing to tell', async () => {
    assert.deepEqual(await kernel.violations(await aHistory()), [])
  })

  for (const [change, rule] of LIES) {
    it(`is found out: ${change}`, async () => {
      const rules = await rulesAfter(change)
      assert.ok(rules.includes(rule), rules.join('; '))
    })
  }
})
