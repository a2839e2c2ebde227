import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { specOf } from '../../src/protocol/operations/index.ts'
import { type History, WRITES } from '../../verify/history/history.ts'
import { RULES } from '../../verify/judge/finding.ts'
import { judge } from '../../verify/judge/judge.ts'
import { JUDGED_CODES } from '../../verify/judge/refusal-rules.ts'
import { toStep } from '../../verify/judge/timeline.ts'
import { NOT_LOOKED_AT } from '../../verify/judge/write-rules.ts'
import { LIES } from '../../verify/self-test/lies.ts'
import { selfTest } from '../../verify/self-test/self-test.ts'
import { simulate } from '../../verify/self-test/simulate.ts'

describe('the judge', () => {
  const result = selfTest()

  it('finds nothing in what is right', () => {
    assert.deepEqual(result.falseAlarms, [])
  })

  for (const { name, rule, isCaught } of result.lies) {
    it(`finds out that ${name}`, () => assert.ok(isCaught, `${rule} was not said`))
  }

  it('has a lie for every rule', () => {
    const told = new Set<string>(LIES.map(({ rule }) => rule))
    const untold = Object.keys(RULES).filter((rule) => !told.has(rule))
    assert.deepEqual(untold, [])
  })

  it('compares something: an empty history is no clean one', () => {
    const { counts, histories } = judge(simulate('counts'))
    assert.equal(histories, 1)
    for (const name of [
      ...['done', 'refused', 'entries', 'reads', 'events', 'pages', 'deliveries'],
    ] as const) {
      assert.ok(counts[name] > 0, name)
    }
  })

  it('knows that after a clock ran back a hold may run out once more', () => {
    const history = simulate('clock')
    const entries = history.journals.get('simulated') ?? []
    const change = entries.find(({ kind }) => kind === 'change') ?? assert.fail()
    const over = history.deliveries.filter(({ type }) => type === 'hold.expired')
    const told = entries
      .filter(({ id, kind }) => id === change.id && ['hold', 'change'].includes(kind))
      .filter(({ version }) => !over.some((one) => one.version === version))
    const [model] = history.deliveries
    const expiries = told.map(({ version, seats, id, until }) => {
      const about = { version, id: `evt_simulated_${version}_expired`, type: 'hold.expired' }
      const data = { id, seats, status: 'expired', version }
      return { ...(model ?? assert.fail()), ...about, at: String(until), data }
    })
    const bent = { ...history, deliveries: [...history.deliveries, ...expiries] }
    const rules = (marks: History['marks']) => {
      return new Set(judge({ ...bent, marks }).findings.map(({ rule }) => rule))
    }
    assert.ok(rules([]).has('ran out twice'))
    const moved = { line: 'mark', what: 'move the clock', startedAt: 0, endedAt: 1 } as const
    assert.deepEqual(rules([moved]), new Set())
  })

  it('knows that what is said of a block leaves its seats blocked', () => {
    const entries = simulate('notes').journals.get('simulated') ?? []
    const block = entries.find(({ kind }) => kind === 'block') ?? assert.fail()
    const steps = [block, { ...block, kind: 'describe', version: block.version + 1 }].map(toStep)
    assert.deepEqual(
      steps.map(({ kind, until }) => ({ kind, until })),
      Array(2).fill({ kind: 'blocked', until: Number.POSITIVE_INFINITY }),
    )
  })

  it('knows that a block without seats was released', () => {
    const history = simulate('notes')
    const entries = history.journals.get('simulated') ?? []
    const ended = entries.find(({ kind, seats }) => kind === 'unblock' && seats.length === 0)
    const target = ended?.id ?? assert.fail('no block ended')
    const asked = history.attempts.findLast(({ caller }) => caller === 'desk') ?? assert.fail()
    const answer = { code: 'block_released' }
    const refused = { ...asked, operation: 'changeBlock', target, status: 410, answer } as const
    const late = { ...refused, no: 1e6, key: 'another', body: { reason: 'another' } }
    const { findings } = judge({ ...history, attempts: [...history.attempts, late] })
    assert.deepEqual(findings, [])
  })

  it('knows every refusal that its clients may get', () => {
    // Its shows are on sale, may be cancelled and left with orphans, and its callers may sell.
    const never = new Set([
      ...['show_unknown', 'show_cancelled', 'sales_not_open', 'sales_closed', 'orphan_left'],
      ...['hold_seconds_out_of_bounds', 'not_cancellable', 'seller_required', 'forbidden'],
    ])
    const known = (code: string) => JUDGED_CODES.includes(code) || NOT_LOOKED_AT.has(code)
    for (const write of WRITES) {
      const unknown = specOf(write).refusals.filter((code) => !known(code) && !never.has(code))
      assert.deepEqual(unknown, [], write)
    }
  })

  it('knows that places may be asked for by their names, whose answer got lost', () => {
    const history = simulate('places')
    const shows = history.shows.map((show) => {
      return { ...show, seats: show.seats.map((seat) => ({ ...seat, isPlace: true })) }
    })
    const sale = history.attempts.find(({ operation, status }) => {
      return operation === 'bookSeats' && status === 201
    })
    const lose = (isKept: boolean) => {
      const attempts = history.attempts.filter(({ key }) => isKept || key !== sale?.key)
      const lost = attempts.map((one) => {
        return one.key === sale?.key ? { ...one, status: null, answer: null } : one
      })
      return judge({ ...history, shows, attempts: lost }).findings.map(({ rule }) => rule)
    }
    assert.deepEqual(lose(true), [])
    assert.ok(lose(false).includes('nobody asked for it'))
  })
})
