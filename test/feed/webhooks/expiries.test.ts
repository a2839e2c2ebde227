/** Holds that run out, as the database notes them, and what it tells of a show after a position. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newUuid } from '../../../src/protocol/index.ts'
import { command } from '../../support/kernel.ts'
import { WebhookSql } from './webhook-sql.ts'

interface Told {
  readonly entries: readonly { entry: { version: number; kind: string }; former: object | null }[]
  readonly expiries: readonly { expiryNo: number; entry: { version: number } }[]
}

const sql = await WebhookSql.use('expiries')

const note = async (showId: number) => {
  while (await sql.ask<boolean>('note_show', showId));
}
/** Versions of the entries whose holds ran out, by their numbers. */
const expired = async (showId: number) => {
  await note(showId)
  const { expiries } = await sql.ask<Told>('events_after', showId, 0, 0, 100)
  return expiries.map(({ expiryNo, entry }) => [expiryNo, entry.version])
}
/** Counts the ends that are known to lie ahead. */
const ahead = async (showId: number) => {
  await sql.ask('note_ends', showId)
  const text = 'select count(*)::int as count from rowlock.hold_ends where show_id = $1'
  return (await sql.row<{ count: number }>(text, showId)).count
}

describe('a hold runs out', () => {
  it('once, when its time has come, and in the order of the ends', async () => {
    const { id } = await sql.show()
    await sql.hold(id, 0, 40)
    await sql.hold(id, 1, 35)
    await sql.hold(id, 2, 30)
    assert.deepEqual(await expired(id), [])
    await sql.later(28)
    assert.deepEqual(await expired(id), [])
    await sql.later(1)
    assert.deepEqual(await expired(id), [[1, 4]])
    await sql.later(90)
    assert.deepEqual(await expired(id), [
      [1, 4],
      [2, 3],
      [3, 2],
    ])
    await sql.later(90)
    assert.equal((await expired(id)).length, 3)
  })

  it('never where it was released, sold or extended, nor where it is a block', async () => {
    const { id } = await sql.show()
    const released = await sql.hold(id, 0)
    const sold = await sql.hold(id, 1)
    const extended = await sql.hold(id, 2)
    await sql.ask('note_show', id)
    await sql.do(command('block', id, { seats: [3], reference: 'camera' }))
    assert.equal(await ahead(id), 3, 'the block has no end')
    await sql.do(command('release', id, { hold_id: released }))
    await sql.do(command('confirm', id, { hold_id: sold }))
    await sql.do(command('extend', id, { hold_id: extended, hold_seconds: 300 }))
    await sql.later(100)
    assert.deepEqual(await expired(id), [])
    await sql.later(300)
    assert.deepEqual(await expired(id), [[1, 8]])
  })

  it('never before an extension that nobody has read yet', async () => {
    const { id } = await sql.show()
    const extended = await sql.hold(id, 0)
    await note(id)
    await sql.do(command('extend', id, { hold_id: extended, hold_seconds: 300 }))
    await sql.later(100)
    await sql.ask('expire_holds', id)
    assert.deepEqual(await expired(id), [])
  })

  it('not once more with what is given back of it afterwards', async () => {
    const { id } = await sql.show()
    const held = command('hold', id, { seats: [0, 1], hold_seconds: 60 })
    await sql.do(held)
    await sql.later(100)
    assert.deepEqual(await expired(id), [[1, 2]])
    await sql.do(command('release', id, { hold_id: held.hold_id, seats: [0] }))
    assert.equal(await ahead(id), 0)
    assert.deepEqual(await expired(id), [[1, 2]])
  })
})

describe('what is told after a position', () => {
  it('begins with what comes next', async () => {
    const { id } = await sql.show()
    await sql.hold(id, 0)
    await sql.hold(id, 1)
    await sql.later(100)
    await note(id)
    const { entries, expiries } = await sql.ask<Told>('events_after', id, 2, 1, 100)
    assert.deepEqual(
      entries.map(({ entry }) => entry.version),
      [3],
    )
    assert.deepEqual(
      expiries.map(({ expiryNo }) => expiryNo),
      [2],
    )
  })

  it('says whose a booking was just before, where it is somebody else’s now', async () => {
    const { id } = await sql.show()
    const booking = command('book', id, { seats: [0], owner: 'one', holder: 'a', seller: true })
    await sql.do(booking)
    const hand = (owner: string, holder: string, isStaff: boolean) => {
      const whose = { hold_id: booking.hold_id, owner, holder, box_office: isStaff }
      return sql.do(command('transfer', id, { ...whose, to_hold: newUuid() }))
    }
    await hand('two', 'two', true)
    await hand('two', 'c', false)
    await hand('three', 'three', true)
    const { entries } = await sql.ask<Told>('events_after', id, 2, 0, 100)
    assert.deepEqual(
      entries.map(({ former }) => (former as { owner?: string } | null)?.owner ?? null),
      ['one', null, 'two'],
    )
  })
})
