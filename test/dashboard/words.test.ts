import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RowlockError } from '../../src/client/index.ts'
import type { Show } from '../../src/protocol/index.ts'
import { explain } from '../../web/dashboard/api/explain.ts'
import { readPlan, readText } from '../../web/dashboard/new-show/read-plan.ts'
import { keyFor } from '../../web/dashboard/new-show/show-draft.ts'
import { shortId } from '../../web/dashboard/parts/short-id.ts'
import { keyOnDate } from '../../web/dashboard/show/key-on-date.ts'
import { seatsInWords } from '../../web/dashboard/show/seats-in-words.ts'
import { changesOf, draftOf } from '../../web/dashboard/show/terms-draft.ts'
import { countdown, duration, percent, relative } from '../../web/dashboard/time/format.ts'
import { fromWallTime, otherClock, toWallTime } from '../../web/dashboard/time/zoned-time.ts'

describe('an answer that got lost', () => {
  const lost = (idempotencyKey: string | null) =>
    explain(new RowlockError({ code: 'no_answer', message: 'lost', idempotencyKey })).advice

  it('is no reason to fear that something is done twice, and only of writes is that said', () => {
    assert.match(lost('a key'), /nothing is ever done twice/)
    assert.doesNotMatch(lost(null), /twice/)
  })
})

describe('a plan file', () => {
  it('in UTF-16 is read as what it says, and another encoding is refused with its line', () => {
    const text = 'seat\nÉ1\n'
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
    assert.deepEqual(readText(utf16), { text })
    const latin1 = new Uint8Array(Buffer.from(text, 'latin1'))
    assert.match(JSON.stringify(readText(latin1)), /line 2.*save the file as UTF-8/)
  })
})

describe('lists of seats', () => {
  for (const [labels, text] of [
    ['A1', 'A1'],
    ['A2 A1', 'A1, A2'],
    ['A1 A2 A3', 'A1–3'],
    ['A9 A10 A11 B1', 'A9–11, B1'],
    ['A1 A3 A5', 'A1, A3, A5'],
    ['Box', 'Box'],
  ] as const) {
    it(`tell ${labels} as ${text}`, () => assert.equal(seatsInWords(labels.split(' ')), text))
  }

  it('repeat no long name for neighbours, and count what is too much', () => {
    assert.equal(seatsInWords(['Circle H31', 'Circle H32']), 'Circle H31–32')
    const odd = Array.from({ length: 20 }, (_, n) => `A${2 * n + 1}`)
    assert.equal(seatsInWords(odd, 3), 'A1, A3 and 18 more')
  })
})

describe('a plan in numbers', () => {
  it('has rows by section, the longest, what has none, and places apart from seats', () => {
    const csv = ['section,row,seat', 'A,1,1', 'A,1,2', 'A,1,3', 'B,1,1', 'B,1,2']
    const read = readPlan(csv.join('\n'), {})
    assert.ok('summary' in read)
    const { rows, sections, longestRow, seatsWithoutRow, generalAdmission } = read.summary
    assert.deepEqual([rows, sections, seatsWithoutRow, generalAdmission], [2, 2, 0, 0])
    assert.deepEqual(longestRow, { section: 'A', row: '1', seats: 3 })
  })
})

describe('places of general admission', () => {
  it('are told by their number, never one by one', () => {
    const areaOf = (label: string) => (label.startsWith('Floor') ? 'Floor' : null)
    assert.equal(seatsInWords(['Floor-1', 'Floor-2'], 6, areaOf), '2 places in Floor')
    assert.equal(seatsInWords(['Floor-9', 'A1'], 6, areaOf), 'A1, 1 place in Floor')
  })
})

describe('the clock of a place', () => {
  it('is named where it shows another time than the reader’s own', () => {
    const at = '2026-12-01T19:30:00Z'
    const [own, other] =
      toWallTime(at, 'America/New_York') === toWallTime(at, null)
        ? ['America/New_York', 'Europe/London']
        : [Intl.DateTimeFormat().resolvedOptions().timeZone, 'America/New_York']
    assert.equal(otherClock(at, own), null)
    assert.match(otherClock(at, other) ?? '', /^(?:New York|London) time$/)
    assert.equal(otherClock(at, null), null)
  })
})

describe('ids', () => {
  it('are short where people read them, and everything else stays', () => {
    const hex = '3f9a1c07'.repeat(4)
    assert.equal(shortId(`user_${hex}`), 'user 3f9a1c')
    assert.equal(shortId(`key_${hex}`), 'key 3f9a1c')
    assert.equal(shortId('anonymous:8c3cd2a282fe'), 'shopper 8c3cd2')
    assert.equal(shortId('customer-17'), 'customer-17')
    assert.equal(shortId('user_friendly'), 'user_friendly')
  })
})

describe('times', () => {
  it('on the wall of a venue are instants, in winter and in summer', () => {
    assert.equal(fromWallTime('2026-12-01T19:00', 'Europe/London'), '2026-12-01T19:00:00.000Z')
    assert.equal(fromWallTime('2026-07-01T19:00', 'Europe/London'), '2026-07-01T18:00:00.000Z')
    assert.equal(fromWallTime('2026-07-01T19:00', 'America/New_York'), '2026-07-01T23:00:00.000Z')
    assert.equal(toWallTime('2026-07-01T23:00:00Z', 'America/New_York'), '2026-07-01T19:00')
    assert.equal(fromWallTime('soon', null), null)
    assert.equal(fromWallTime('', 'Europe/London'), null)
  })

  it('that come twice mean the first, and those that are left out move on', () => {
    // In London clocks went back at two on 25 October 2026, and forward at one on 29 March.
    assert.equal(fromWallTime('2026-10-25T01:30', 'Europe/London'), '2026-10-25T00:30:00.000Z')
    const moved = fromWallTime('2026-03-29T01:30', 'Europe/London') ?? ''
    assert.equal(toWallTime(moved, 'Europe/London'), '2026-03-29T02:30')
  })

  it('are told as people say them', () => {
    assert.equal(countdown(247_000), '4:07')
    assert.equal(countdown(1), '0:01')
    assert.equal(countdown(-5), '0:00')
    assert.equal(countdown(3_661_000), '1:01:01')
    assert.equal(relative(0, 2_000), 'just now')
    assert.equal(relative(0, 120_000), '2 minutes ago')
    assert.equal(relative(86_400_000, 0), 'tomorrow')
    assert.deepEqual([600, 3_600, 45, 90].map(duration), [
      '10 minutes',
      '1 hour',
      '45 seconds',
      '1:30 min',
    ])
  })
})

describe('shares', () => {
  it('are never all or nothing when they are not', () => {
    assert.deepEqual(
      [percent(0, 10), percent(1, 5_000), percent(4_999, 5_000), percent(5, 5), percent(0, 0)],
      ['0%', '<1%', '>99%', '100%', '0%'],
    )
  })
})

describe('the key of a new show', () => {
  it('follows title and day', () => {
    assert.equal(keyFor('  Cosí fan tutte! ', '2026-12-01T19:00'), 'cosi-fan-tutte-2026-12-01')
    assert.equal(keyFor('“?”', ''), '')
  })
})

const SHOW: Show = {
  key: 'hamlet',
  title: 'Hamlet',
  startsAt: '2026-12-01T19:00:00.000Z',
  venue: null,
  timeZone: null,
  plan: 'plan_0',
  seatCount: 10,
  salesFrom: null,
  salesUntil: null,
  sellAfterStart: false,
  holdSeconds: 600,
  holdSecondsMax: 1_800,
  holdLifeSecondsMax: 3_600,
  maxSeatsPerHold: 10,
  maxSeatsPerHolder: 4,
  refuseOrphans: false,
  cancellable: true,
  confirmBy: 'holder',
  cancelledAt: null,
  archivedAt: null,
  createdAt: '2026-11-01T00:00:00Z',
}

describe('the terms of a show', () => {
  const draft = draftOf(SHOW, 'Europe/London')

  it('change only where the form was changed', () => {
    assert.deepEqual(changesOf(draft, SHOW, 'Europe/London').changes, {})
    const changed = {
      ...draft,
      holdSeconds: '2.5',
      salesUntil: '2026-12-01T18:45',
      maxSeatsPerHolder: '',
      cancellable: false,
    }
    assert.deepEqual(changesOf(changed, SHOW, 'Europe/London'), {
      changes: {
        holdSeconds: 150,
        salesUntil: '2026-12-01T18:45:00.000Z',
        maxSeatsPerHolder: null,
        cancellable: false,
      },
      mistakes: {},
    })
  })

  it('name the field that is wrong', () => {
    const wrong = { ...draft, title: ' ', holdSeconds: 'soon', maxSeatsPerHold: '0', startsAt: '' }
    const { mistakes, changes } = changesOf(wrong, SHOW, null)
    const names = ['title', 'startsAt', 'holdSeconds', 'maxSeatsPerHold']
    assert.deepEqual(Object.keys(mistakes).toSorted(), names.toSorted())
    assert.deepEqual(changes, {})
  })
})

describe('the key of a show on another date', () => {
  it('has that date in the place of the old one, or behind', () => {
    const first = '2026-12-01T19:00'
    assert.equal(keyOnDate('hamlet-2026-12-01', first, '2026-12-02T19:00'), 'hamlet-2026-12-02')
    assert.equal(keyOnDate('hamlet', first, '2026-12-02T19:00'), 'hamlet-2026-12-02')
    assert.equal(keyOnDate('hamlet', first, '2026-12-01T15:30'), 'hamlet-2026-12-01-1530')
    assert.equal(keyOnDate('hamlet', first, first), 'hamlet')
  })
})
