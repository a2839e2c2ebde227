import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JournalEntry } from '../../src/protocol/index.ts'
import { describeEntry } from '../../web/dashboard/show/describe-entry.ts'
import { isLive, Ledger, nameOf } from '../../web/dashboard/show/ledger.ts'
import { salesSeries } from '../../web/dashboard/show/sales-series.ts'

const AT = Date.parse('2026-12-01T19:00:00Z')

let version = 0
function entry(kind: string, id: string | null, more: Partial<JournalEntry> = {}): JournalEntry {
  version += 1
  return {
    version,
    at: new Date(AT + 1_000 * version).toISOString(),
    kind,
    id,
    seats: [],
    freed: [],
    until: null,
    bookedAt: id?.startsWith('book_') === true ? '2026-12-01T19:00:00Z' : null,
    holder: null,
    reference: null,
    actor: 'operator',
    requestId: null,
    details: null,
    ...more,
  }
}

function ledgerOf(...entries: JournalEntry[]): Ledger {
  const ledger = new Ledger()
  for (const one of entries) ledger.add(one)
  return ledger
}

const UNTIL = { until: new Date(AT + 600_000).toISOString() }

describe('a ledger', () => {
  it('knows who has a seat, from the hold to the booking to its end', () => {
    const ledger = ledgerOf(
      entry('hold', 'hold_1', { seats: ['A1', 'A2'], holder: 'Ann', ...UNTIL }),
    )
    const chain = ledger.ownerOf('A1')
    assert.deepEqual([chain?.kind, chain?.id, chain?.holder], ['hold', 'hold_1', 'Ann'])
    ledger.add(entry('confirm', 'book_1', { seats: ['A1', 'A2'], reference: 'order-1' }))
    assert.equal(ledger.ownerOf('A2'), chain)
    assert.deepEqual([chain?.kind, chain?.id, chain?.reference], ['booking', 'book_1', 'order-1'])
    ledger.add(entry('cancel', 'book_1', { seats: ['A2'], freed: ['A1'] }))
    assert.equal(ledger.ownerOf('A1'), null)
    ledger.add(entry('cancel', 'book_1', { freed: ['A2'] }))
    assert.equal(chain !== null && isLive(chain, AT), false)
    assert.equal(ledger.chain('hold_1'), chain)
  })

  it('tells that a hold ran out, where it did and once, though nobody wrote it down', () => {
    const ledger = ledgerOf(entry('hold', 'hold_1', { seats: ['A1'], ...UNTIL }))
    const kinds = (now: number) => ledger.timeline(now).map(({ kind }) => kind)
    assert.deepEqual(kinds(AT + 599_000), ['hold'])
    assert.deepEqual(kinds(AT + 601_000), ['hold', 'expire'])
    assert.deepEqual(kinds(AT + 700_000), ['hold', 'expire'])
    const [, end] = ledger.timeline(AT + 601_000)
    assert.ok(end !== undefined)
    assert.match(describeEntry(end).verb, /^Ran out \d\d:\d\d$/)
    assert.equal(describeEntry(end).what, 'A1')
    ledger.add(
      entry('confirm', 'book_1', { seats: ['A1'], at: new Date(AT + 650_000).toISOString() }),
    )
    assert.deepEqual(kinds(AT + 700_000), ['hold', 'expire', 'confirm'])
  })

  it('takes back that a hold ran out when news of a late extension come', () => {
    const ledger = ledgerOf(entry('hold', 'hold_1', { seats: ['A1'], ...UNTIL }))
    assert.equal(ledger.timeline(AT + 601_000).length, 2)
    const at = new Date(AT + 599_000).toISOString()
    const until = new Date(AT + 900_000).toISOString()
    ledger.add(entry('extend', 'hold_1', { seats: ['A1'], at, until }))
    assert.deepEqual(
      ledger.timeline(AT + 602_000).map(({ kind }) => kind),
      ['hold', 'extend'],
    )
  })

  it('gives a seat to whoever took it last, when a hold had run out', () => {
    const ledger = ledgerOf(
      entry('hold', 'hold_1', { seats: ['A1'], ...UNTIL }),
      entry('hold', 'hold_2', { seats: ['A1'], ...UNTIL }),
      entry('release', 'hold_1', { freed: [] }),
    )
    assert.equal(ledger.ownerOf('A1')?.id, 'hold_2')
  })

  it('tells which seats a swap brought, and takes no entry twice', () => {
    const book = entry('book', 'book_1', { seats: ['A1', 'A2'] })
    const swap = entry('swap', 'book_1', { seats: ['A2', 'B1'], freed: ['A1'] })
    const ledger = ledgerOf(book, swap, swap)
    assert.equal(ledger.entries.length, 2)
    const last = ledger.entries.at(-1)
    assert.ok(last !== undefined)
    assert.deepEqual(last.took, ['B1'])
    assert.equal(describeEntry(last).what, 'A1 for B1')
  })

  it('lists the holds that live, the one that ends first in front', () => {
    const until = (ms: number) => ({ until: new Date(AT + ms).toISOString() })
    const ledger = ledgerOf(
      entry('hold', 'hold_1', { seats: ['A1'], ...until(90_000) }),
      entry('hold', 'hold_2', { seats: ['A2'], ...until(30_000) }),
      entry('hold', 'hold_3', { seats: ['A3'], ...until(-1) }),
      entry('block', 'block_4', { seats: ['A4'], reference: 'House seats' }),
    )
    assert.deepEqual(
      ledger.liveHolds(AT).map(({ id }) => id),
      ['hold_2', 'hold_1'],
    )
    const block = ledger.ownerOf('A4')
    assert.equal(block === null ? null : nameOf(block), 'House seats')
    assert.equal(block !== null && isLive(block, AT), true)
  })

  it('finds by seat as people write it, by holder, reference, reason and id', () => {
    const ledger = ledgerOf(
      entry('book', 'book_aa', { seats: ['B 1'], holder: 'Mrs Jones', reference: 'order-77' }),
      entry('block', 'block_bb', { seats: ['C1'], reference: 'Technical' }),
    )
    for (const text of ['b 1', 'jones', 'ORDER-77', 'book_aa', 'hold_aa']) {
      assert.deepEqual(
        ledger.search(text, 5).map(({ number }) => number),
        ['aa'],
        text,
      )
    }
    assert.equal(ledger.search('tech', 5)[0]?.id, 'block_bb')
    assert.deepEqual(ledger.search(' ', 5), [])
  })
})

describe('sales over time', () => {
  it('count seats that are sold, swapped and cancelled', () => {
    const { entries } = ledgerOf(
      entry('create', null),
      entry('book', 'book_1', { seats: ['A1', 'A2', 'A3'] }),
      entry('swap', 'book_1', { seats: ['A2', 'A3', 'B1'], freed: ['A1'] }),
      entry('hold', 'hold_2', { seats: ['C1'], ...UNTIL }),
      entry('confirm', 'book_2', { seats: ['C1'] }),
      entry('block', 'block_3', { seats: ['D1', 'D2'] }),
      entry('cancel', 'book_1', { seats: ['B1'], freed: ['A2', 'A3'] }),
      entry('unblock', 'block_3', { seats: ['D1'], freed: ['D2'] }),
    )
    const { booked, blocked, sums, times } = salesSeries(entries, AT + 60_000)
    assert.deepEqual(booked, [0, 3, 3, 3, 4, 4, 2, 2, 2])
    assert.deepEqual(blocked, [0, 0, 0, 0, 0, 2, 2, 1, 1])
    assert.deepEqual(sums, { sold: 4, cancelled: 2, held: 1 })
    assert.equal(times.at(-1), (AT + 60_000) / 1000)
  })

  it('never run backwards, and stay few', () => {
    const early = { at: '2020-01-01T00:00:00Z' }
    const entries = Array.from({ length: 9_000 }, (_, n) =>
      entry('book', `book_${n}`, { seats: [`A${n}`], ...(n === 50 && early) }),
    )
    const { times, booked } = salesSeries(ledgerOf(...entries).entries, AT + 1e9)
    assert.ok(times.length <= 2_001)
    assert.deepEqual(
      times.toSorted((a, b) => a - b),
      times,
    )
    assert.equal(booked.at(-1), 9_000)
  })
})
