import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Booking, Hold } from '../../src/protocol/index.ts'
import {
  buildReport,
  htmlReport,
  type PlayedSale,
  pictureHouse,
  textReport,
} from '../../stress/index.ts'
import type { Evidence } from '../../stress/verdict/evidence.ts'
import { judge } from '../../stress/verdict/judge.ts'
import { playShortSale } from './short-sale.ts'

const SEED = process.env.ROWLOCK_TEST_SEED ?? String(Date.now())
const SALE = {
  seatCount: 150,
  shopperCount: 350,
  openSeconds: 90,
  paceSeconds: 20,
  seed: SEED,
} as const
const ABOUT = { version: '0.0.0', machine: 'a machine for tests' }

let played: PlayedSale
const told: string[] = [`seed ${SEED}`]
before(
  async () => {
    played = await playShortSale({ ...SALE, shape: 'arena' }, (line) => told.push(line))
  },
  { timeout: 500_000 },
)

/** The checks that fail when this is done to the evidence of the sale. */
function failing(doctor: (evidence: Doctored) => void): string[] {
  const evidence = structuredClone(played.evidence) as Doctored
  doctor(evidence)
  const { isClean, checks } = judge(evidence as Evidence)
  const failed = checks.filter(({ breaches }) => breaches.length > 0)
  assert.equal(isClean, failed.length === 0)
  return failed.map(({ title }) => title)
}

type Mutable<Value> =
  Value extends ReadonlyMap<infer Key, infer Item>
    ? Map<Key, Mutable<Item>>
    : { -readonly [Key in keyof Value]: Mutable<Value[Key]> }
type Doctored = Mutable<Evidence>

/** The first command with an answer that fits. */
function find(evidence: Doctored, name: string, fits: (done: Hold | Booking) => unknown) {
  for (const command of evidence.log) {
    if (command.name !== name || command.isMisuse) continue
    const answer = command.answers.find(({ done }) => done !== null && fits(done as Booking))
    if (answer?.done) return { command, answer, done: answer.done as Mutable<Hold & Booking> }
  }
  return assert.fail(`nobody got such an answer to ${name}; ${told.join('\n')}`)
}

const isWhole = ({ seats }: { seats: readonly string[] }) => seats.length > 1

describe('an on-sale with kill -9 of a server and of the database', () => {
  it('keeps every promise', () => {
    const broken = played.verdict.checks.filter(({ breaches }) => breaches.length > 0)
    assert.deepEqual(broken, [], told.join('\n'))
    assert.deepEqual(played.verdict.remarks, [])
  })

  it('sells every seat', () => {
    assert.notEqual(played.observer.soldOutAt, null, told.join('\n'))
    assert.equal(played.evidence.end.counts.available, 0)
  })

  it('killed both, and both came back', () => {
    assert.deepEqual(
      played.evidence.kills.map(({ what, backAt }) => [what, backAt !== null]),
      [
        ['server 2', true],
        ['the database', true],
      ],
    )
  })

  it('compared something under every promise that it speaks of', () => {
    const empty = played.verdict.checks.filter(({ count }) => count === 0)
    // Not in every sale of some seconds is somebody told that a hold has ended.
    assert.deepEqual(
      empty.map(({ title }) => title).filter((title) => title !== 'No hold ended before its time'),
      [],
    )
  })
})

describe('the verdict can fail', () => {
  it('not on the evidence as it is', () => {
    assert.deepEqual(
      failing(() => {}),
      [],
    )
  })

  it('on a booking that was answered and is gone', () => {
    const failed = failing((evidence) => {
      const { done } = find(evidence, 'confirmHold', isWhole)
      evidence.end.bookings.set(done.id, null)
    })
    assert.deepEqual(failed, ['Every answered booking is there, seat by seat'])
  })

  it('on a booking that has another seat than was answered', () => {
    const failed = failing((evidence) => {
      // Of what somebody is in doubt about, any answer is believed.
      const doubts = evidence.log.filter(({ lostCount }) => lostCount > 0)
      const { done } = find(evidence, 'confirmHold', ({ id }) => {
        const isSure = doubts.every(({ target }) => target?.slice(5) !== id.slice(5))
        return isSure && (evidence.end.bookings.get(id)?.seats.length ?? 0) > 0
      })
      evidence.end.bookings.get(done.id)?.seats.pop()
    })
    assert.deepEqual(failed, ['Every answered booking is there, seat by seat'])
  })

  it('on a seat in two bookings', () => {
    const failed = failing((evidence) => {
      const live = [...evidence.end.bookings.values()].filter((one) => one && one.seats.length > 0)
      live[1]?.seats.push(live[0]?.seats[0] as string)
    })
    assert.ok(failed.includes('No seat is in two bookings'))
  })

  it('on a journal in which a seat is sold twice', () => {
    const failed = failing(({ end }) => {
      const sales = end.journal?.filter((one) => one.kind === 'confirm' && one.seats.length > 0)
      sales?.[1]?.seats.push(sales[0]?.seats[0] as string)
    })
    assert.ok(failed.includes('Replayed, no seat was ever taken from somebody who had it'))
    assert.ok(failed.includes('Every answer is in the journal, as it was answered'))
  })

  it('on an entry that is missing from the journal', () => {
    const failed = failing(({ end }) => {
      end.journal?.splice(10, 1)
    })
    assert.ok(failed.includes('The journal has no gaps, and nothing that nobody asked for'))
  })

  it('on an entry that nobody asked for', () => {
    const failed = failing((evidence) => {
      const { command, done } = find(evidence, 'holdSeats', isWhole)
      const rest = evidence.log.filter(({ answers, target }) => {
        return target !== done.id && answers.every((one) => one.done?.version !== done.version)
      })
      // Lost answers would account for it.
      evidence.log = rest.filter((one) => one !== command && one.lostCount === 0)
    })
    assert.ok(failed.includes('The journal has no gaps, and nothing that nobody asked for'))
  })

  it('on a key that got two answers', () => {
    const failed = failing((evidence) => {
      const { command } = find(evidence, 'confirmHold', isWhole)
      const last = command.answers.at(-1)
      if (last?.done) last.done.id = `book_${'0'.repeat(32)}`
    })
    assert.ok(failed.includes('The same key got the same answer again'))
  })

  it('on a key that was taken for another request', () => {
    const failed = failing((evidence) => {
      const misuse = evidence.log.find(({ isMisuse }) => isMisuse)
      const { answer } = find(evidence, 'holdSeats', isWhole)
      if (misuse) misuse.answers = [answer]
    })
    assert.ok(failed.includes('A key is refused for another request'))
  })

  it('on a booking with other seats than its hold', () => {
    const failed = failing((evidence) => {
      const { done } = find(evidence, 'holdSeats', ({ id }) => {
        const asked = evidence.log.filter(({ target }) => target === id)
        // Of a hold that was changed, or that somebody is in doubt about, another answer counts.
        const isPlain = asked.every(({ name, lostCount }) => name === 'confirmHold' && !lostCount)
        const booked = evidence.end.bookings.get(`book_${id.slice(5)}`)
        return isPlain && (booked?.seats.length ?? 0) > 0
      })
      done.seats = [...done.seats, 'another seat']
    })
    assert.ok(failed.includes('A hold became one booking, with its seats'))
  })

  it('on a hold that ended early', () => {
    const failed = failing((evidence) => {
      const { command, answer, done } = find(evidence, 'holdSeats', isWhole)
      const refusal = { type: '', title: '', status: 410, code: 'hold_expired' }
      const early = {
        ...answer,
        status: 410,
        done: null,
        refusal,
        answeredAt: answer.answeredAt + 1,
      }
      const confirm = { ...command, name: 'confirmHold' as const, target: done.id }
      evidence.log.push({ ...confirm, key: 'other', answers: [early], lostCount: 0 })
    })
    assert.ok(failed.includes('No hold ended before its time'))
  })

  it('on a reading that was not current', () => {
    const failed = failing(({ staleReads }) => {
      staleReads.push({ operation: 'getStatuses', at: 1, version: 2, expected: 3 })
    })
    assert.deepEqual(failed, ['Every reading was current'])
  })

  it('on counts that are not those of the seats', () => {
    const failed = failing(({ end }) => {
      end.counts.booked -= 1
    })
    assert.deepEqual(failed, ['The counts are those of the seats'])
  })

  it('on a seat that was given back and is still theirs', () => {
    const failed = failing((evidence) => {
      // A swap may have brought back what was given back before.
      const swapped = evidence.log.filter(({ name }) => name === 'swapSeats')
      const { command, answer, done } = find(evidence, 'confirmHold', ({ id }) => {
        const isLive = (evidence.end.bookings.get(id)?.seats.length ?? 0) > 0
        return isLive && !swapped.some(({ target }) => target === id)
      })
      const answers = [{ ...answer, done: { ...done, seats: [], version: done.version + 1 } }]
      const cancel = { ...command, name: 'cancelBooking' as const, target: done.id, body: {} }
      evidence.log.push({ ...cancel, key: 'other', answers, lostCount: 0 })
    })
    assert.ok(failed.includes('What was given back is not theirs any more'))
  })

  it('on an answer that is an accident, or in no table', () => {
    for (const [status, code] of [
      [500, 'internal'],
      [409, 'because'],
      [404, 'seats_unavailable'],
    ] as const) {
      const failed = failing(({ log }) => {
        const answer = log.flatMap(({ answers }) => answers).find(({ refusal }) => refusal !== null)
        if (answer?.refusal) Object.assign(answer, { status, refusal: { ...answer.refusal, code } })
      })
      assert.ok(failed.includes('Every refusal is a documented one'), code)
    }
  })

  it('on a request that got nothing definite while nothing was killed', () => {
    const title = 'Outside of kills, every answer was definite'
    const at = { askedAt: 1, lostAt: 2 }
    const accident = {
      operation: 'holdSeats',
      server: 0,
      message: 'reset',
      loss: 'broken',
    } as const
    const broken = failing(({ accidents }) => accidents.push({ ...accident, ...at }))
    assert.deepEqual(broken, [title])
    const gone = failing(({ kills }) => {
      if (kills[0]) kills[0].backAt = null
    })
    assert.deepEqual(gone, [title])
  })

  it('on what `rowlock check` finds', () => {
    const failed = failing(({ end }) => {
      end.violations = [{ promise: 1, rule: 'a rule', detail: 'seat 1' }]
    })
    assert.deepEqual(failed, ['`rowlock check` finds nothing'])
  })
})

describe('the report', () => {
  it('says for a terminal what happened, and the verdict', () => {
    const text = textReport(buildReport(played, ABOUT), (_look, line) => line)
    assert.match(text, /150 of 150 seats sold/)
    assert.match(text, /kill -9 of the database at \d+\.\d s, back after/)
    assert.match(text, new RegExp(`Seed ${SEED};`))
    assert.match(text, /Every promise was kept\.$/)
  })

  it('is one page that asks the network for nothing', async () => {
    const page = await htmlReport(buildReport(played, ABOUT), pictureHouse(played))
    assert.match(page, /Every promise was kept/)
    assert.doesNotMatch(page, /(?:src|href)=|url\(|@import|\bfetch\(/)
    const [, json = ''] = /id="house">(.*?)<\/script>/.exec(page) ?? []
    const house = JSON.parse(json) as { soldAt: (number | null)[] }
    assert.equal(house.soldAt.filter((at) => at !== null).length, 150)
  })

  it('names what was broken', async () => {
    const check = { promise: 1, title: 'No seat', count: 1, breaches: ['seat <A1> is sold twice'] }
    const verdict = { isClean: false, checks: [check], remarks: [] }
    const report = { ...buildReport(played, ABOUT), verdict }
    assert.match(
      textReport(report, (_look, line) => line),
      /seat <A1> is sold twice/,
    )
    const page = await htmlReport(report, pictureHouse(played))
    assert.match(page, /1 of 1 checks failed/)
    assert.match(page, /seat &lt;A1&gt; is sold twice/)
  })
})
