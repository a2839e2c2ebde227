import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JournalEntry, Show } from '../../src/protocol/index.ts'
import { replayJournal } from '../../stress/verdict/replay-journal.ts'

const show = { maxSeatsPerHolder: 3 } as Show
const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000).toISOString()

/** A journal of entries that say only what matters. */
function journal(...entries: Partial<JournalEntry>[]): JournalEntry[] {
  return entries.map((entry, index) => ({
    version: index + 1,
    at: at(0),
    kind: 'hold',
    id: 'hold_1',
    seats: [],
    freed: [],
    until: at(60),
    bookedAt: null,
    holder: null,
    reference: null,
    actor: 'somebody',
    requestId: null,
    details: null,
    ...entry,
  }))
}

const replay = (...entries: Partial<JournalEntry>[]) => replayJournal(journal(...entries), show)
const booked = { kind: 'confirm', until: null, bookedAt: at(5), at: at(5) } as const

describe('a journal that is replayed', () => {
  it('lets a hold become a booking, and a seat be sold after it was given back', () => {
    const { collisions, gaps, letters } = replay(
      { seats: ['A1', 'A2'] },
      { ...booked, id: 'book_1', seats: ['A1', 'A2'] },
      { ...booked, kind: 'cancel', id: 'book_1', seats: ['A2'], freed: ['A1'] },
      { id: 'hold_2', seats: ['A1'] },
    )
    assert.deepEqual([...collisions, ...gaps], [])
    const last = Date.parse(at(5))
    assert.deepEqual([...letters(last)].toSorted(), [
      ['A1', 'h'],
      ['A2', 'b'],
    ])
  })

  it('sees a seat that is sold twice', () => {
    const { collisions } = replay(
      { ...booked, id: 'book_1', seats: ['A1'] },
      { ...booked, id: 'book_2', seats: ['A1'] },
    )
    assert.equal(collisions.length, 1)
  })

  it('sees a hold on a seat that is held, and none on one whose hold has ended', () => {
    const second = { id: 'hold_2', seats: ['A1'] }
    assert.equal(replay({ seats: ['A1'] }, { ...second, at: at(59) }).collisions.length, 1)
    assert.equal(replay({ seats: ['A1'] }, { ...second, at: at(60) }).collisions.length, 0)
  })

  it('sees a seat that is given back by who does not have it', () => {
    const { collisions } = replay(
      { seats: ['A1'] },
      { id: 'hold_2', kind: 'release', freed: ['A1'] },
    )
    assert.equal(collisions.length, 1)
  })

  it('knows that who gives back a part of a hold that ran out has nothing of the rest', () => {
    const { collisions, letters } = replay(
      { seats: ['A1', 'A2'] },
      { id: 'hold_2', seats: ['A1'], at: at(61), until: at(121) },
      { kind: 'release', seats: ['A1'], at: at(62) },
    )
    assert.deepEqual(collisions, [])
    assert.equal(letters(Date.parse(at(62))).get('A1'), 'h')
  })

  it('keeps blocked seats from being held', () => {
    const block = { kind: 'block', id: 'block_1', seats: ['A1'], until: null }
    const { collisions, letters } = replay(block, { id: 'hold_2', seats: ['A1'] })
    assert.equal(collisions.length, 1)
    assert.equal(
      replay(block)
        .letters(Date.parse(at(0)))
        .get('A1'),
      'x',
    )
    assert.equal(letters(Date.parse(at(0))).get('A1'), 'h')
  })

  it('sees missing versions', () => {
    const [first, second] = journal({ seats: ['A1'] }, { id: 'hold_2', seats: ['A2'] })
    assert.ok(first && second)
    assert.equal(replayJournal([first, { ...second, version: 3 }], show).gaps.length, 1)
  })

  it('counts the seats of a holder in live holds', () => {
    const mine = { holder: 'me' }
    const two = { ...mine, seats: ['A1', 'A2'] }
    const more = { ...mine, id: 'hold_2', seats: ['A3', 'A4'] }
    assert.equal(replay(two, more).excesses.length, 1)
    assert.equal(replay(two, { ...more, at: at(61) }).excesses.length, 0)
    assert.equal(replay(two, { ...more, holder: 'you' }).excesses.length, 0)
  })
})
