import {
  type Attempt,
  chainOf,
  type Delivery,
  type Entry,
  type History,
  type JsonObject,
} from '../history/history.ts'
import type { Rule } from '../judge/finding.ts'
import { codeOf, isDone } from '../judge/show-case.ts'
import { FEED_LIES } from './feed-lies.ts'
import type { Lie } from './lie.ts'

const SHOW = 'simulated'

/** Every lie that the judge has to catch. */
export const LIES: readonly Lie[] = [
  lie('a seat of somebody else is sold again', 'sold twice', (entries) => {
    const isDouble = (sale: number, index: number) =>
      index > sale && entries[index]?.kind === 'hold' && !isOver(entries, sale, index)
    const sale = entries.findIndex((entry, index) => {
      return isSale(entry) && entries.some((_, later) => isDouble(index, later))
    })
    const later = entries.findIndex((_, index) => isDouble(sale, index))
    return change(entries, later, { seats: entries[sale]?.seats ?? [] })
  }),
  lie(
    'an answered booking is not in the journal',
    'answered, but not in the journal',
    (entries) => {
      return entries.slice(0, -1)
    },
  ),
  lie('an entry is missing in the middle', 'gap in the journal', (entries) => {
    return entries.toSpliced(Math.trunc(entries.length / 2), 1)
  }),
  lie('an entry is older than the one before it', 'time ran back', (entries) => {
    return change(entries, 10, { at: '2020-01-01T00:00:00.000Z' })
  }),
  lie('somebody gives back what another has', 'gave back what it did not have', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'cancel')
    return change(entries, index, { freed: ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'] })
  }),
  lie('a confirmation takes other seats than its hold', 'confirmed other seats', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'confirm')
    return change(entries, index, { seats: entries[index]?.seats.slice(1) ?? [] })
  }),
  lie('what is released stays taken', 'not all or nothing', (entries) => {
    const index = entries.findIndex(({ kind, freed }) => kind === 'cancel' && freed.length > 0)
    return change(entries, index, { freed: [] })
  }),
  lie('a hold that had run out is extended', 'ended late or early', (entries) => {
    const before = ({ id }: Entry) => entries.find((entry) => entry.id === id)
    const index = entries.findIndex((entry) => {
      return entry.kind === 'release' && String(before(entry)?.until) < entry.at
    })
    const seats = before(entries[index] as Entry)?.seats ?? []
    const until = '2026-01-01T10:00:00.000Z'
    return change(entries, index, { kind: 'extend', seats, freed: [], until })
  }),
  lie('a hold that had run out is confirmed', 'confirmed what had ended', (entries) => {
    const confirmed = entries.findIndex(({ kind }) => kind === 'confirm')
    const chain = chainOf(entries[confirmed]?.id as string)
    const index = entries.slice(0, confirmed).findLastIndex(({ id }) => {
      return id !== null && chainOf(id) === chain
    })
    return change(entries, index, { until: entries[index]?.at ?? null })
  }),
  lie('a hold lives longer than the show allows', 'limit passed', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'hold')
    return change(entries, index, { until: '2026-01-02T00:00:00.000Z' })
  }),
  lie('all are one holder, who passes the limit', 'limit passed', (entries) => {
    return entries.map((entry) => ({ ...entry, holder: 'holder-1', actor: 'partner-1' }))
  }),
  lie('a change moves the end of its hold', 'ended late or early', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'change')
    return change(entries, index, { until: '2026-01-01T00:59:00.000Z' })
  }),
  lie('a change keeps what it dropped', 'not all or nothing', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'change')
    return change(entries, index, { freed: [] })
  }),
  lie('seats are handed on that no booking gave', 'step from nowhere', (entries) => {
    const index = entries.findIndex(({ kind, freed }) => kind === 'transfer' && freed.length > 0)
    return change(entries, index, { kind: 'cancel' })
  }),
  lie('a seat is sold out of a block that keeps it', 'sold twice', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'unblock')
    const sold = entries[index]?.freed ?? []
    const kept = [...sold, ...(entries[index]?.seats ?? [])]
    return change(entries, index, { freed: [], seats: kept })
  }),
  lie('a seat leaves a block for no sale', 'nobody asked for it', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'unblock')
    return change(entries, index + 1, { seats: ['A7', 'A8'] })
  }),
  lie('one request is in the journal twice', 'one key, two effects', (entries) => {
    return change(entries, 5, { requestId: entries[2]?.requestId ?? null })
  }),
  lie('something is released that nobody made', 'step from nowhere', (entries) => {
    const index = entries.findIndex(({ kind }) => kind === 'release')
    return change(entries, index, { id: 'hold_of_nobody' })
  }),
  told('nobody asked for what is in the journal', 'nobody asked for it', (attempts) => {
    const asked = attempts.find(isMaking)
    return attempts.filter(({ key }) => key !== asked?.key)
  }),
  told('"busy" is answered, and it was done', 'busy, but done', (attempts) => {
    const asked = attempts.find(isMaking)
    const only = attempts.filter(({ key, no }) => key !== asked?.key || no === asked?.no)
    return answer(only, (one) => one.no === asked?.no, { status: 503, answer: { code: 'busy' } })
  }),
  told('an answer names other seats', 'answer differs from its entry', (attempts) => {
    return answer(attempts, isMaking, { answer: { seats: ['A8'] } })
  }),
  told('an answer names another end', 'answer differs from its entry', (attempts) => {
    const isHold = (one: Attempt) => one.operation === 'holdSeats' && one.status === 201
    return answer(attempts, isHold, { answer: { expiresAt: '2026-01-01T00:00:00.000Z' } })
  }),
  told('a repeat gets another booking', 'one key, two effects', (attempts) => {
    const [, second] = attempts.filter(isMaking)
    const first = attempts.find(isMaking)
    return attempts.map((one) => {
      const isSecond = one.no === second?.no
      return isSecond && first ? { ...one, key: first.key, caller: first.caller } : one
    })
  }),
  told('a repeat is refused after it was done', 'one key, two answers', (attempts) => {
    const first = attempts.find(isMaking) as Attempt
    const refused = { status: 409, answer: { code: 'seats_unavailable', seats: [] } }
    return [...attempts, later(first, refused)]
  }),
  told('a repeat with another body is done', 'one key, two bodies', (attempts) => {
    const first = attempts.find(isMaking) as Attempt
    return [...attempts, { ...later(first, {}), bodyHash: 'another' }]
  }),
  told('a refused sale is made by a late duplicate', 'refused sale was made later', (attempts) => {
    const done = attempts.find((one) => one.operation === 'bookSeats' && isDone(one)) as Attempt
    const times = { startedAt: done.startedAt - 20, endedAt: done.startedAt - 10 }
    const refused = { status: 409, answer: { code: 'seats_unavailable', seats: [] } }
    return [...attempts, { ...done, no: 1e6, ...times, ...refused }]
  }),
  told('a free seat is called taken', 'refusal without a reason', (attempts) => {
    const isRefused = (one: Attempt) => codeOf(one) === 'seats_unavailable'
    const seats = [
      { seat: 'A1', reason: 'blocked' },
      { seat: 'A2', reason: 'blocked' },
    ]
    return answer(attempts, isRefused, { answer: { seats } })
  }),
  told('a live hold is called expired', 'refusal without a reason', (attempts) => {
    const confirmed = (one: Attempt) => one.operation === 'confirmHold' && isDone(one)
    const done = attempts.find(confirmed) as Attempt
    const refused = { status: 410, answer: { code: 'hold_expired' }, key: 'another', no: 1e6 }
    const times = { startedAt: done.startedAt - 9, endedAt: done.startedAt - 8 }
    return [...attempts, { ...done, ...refused, ...times }]
  }),
  told(
    'a block that keeps its seats is called released',
    'refusal without a reason',
    (attempts) => {
      const made = attempts.find((one) => one.operation === 'blockSeats' && isDone(one)) as Attempt
      const body = { reason: 'another' }
      const asked = { operation: 'changeBlock', target: String(made.answer?.id), body } as const
      const refused = { status: 410, answer: { code: 'block_released' }, key: 'another', no: 1e6 }
      return [...attempts, { ...made, ...asked, ...refused }]
    },
  ),
  told('something answers 500', 'unexpected answer', (attempts) => {
    const isRefused = (one: Attempt) => codeOf(one) === 'seats_unavailable'
    return answer(attempts, isRefused, { status: 400, answer: { code: 'invalid_request' } })
  }),
  told('a read answers 500', 'unexpected answer', (attempts) => {
    return answer(attempts, isRead, { status: 500, answer: { code: 'internal' } })
  }),
  told('a read shows what was there before', 'stale read', (attempts) => {
    const read = attempts.findLast(isRead) as Attempt
    return answer(attempts, (one) => one.no === read.no, { answer: { version: 3 } })
  }),
  told('a read shows what comes later', 'read from the future', (attempts) => {
    const read = attempts.find(isRead) as Attempt
    return answer(attempts, (one) => one.no === read.no, { answer: { version: 40 } })
  }),
  told('a read is torn', 'read differs from its version', (attempts) => {
    return answer(attempts, isRead, { answer: { statuses: 'hhhhbbbb' } })
  }),
  told('an answer takes twelve seconds', 'answered too late', (attempts) => {
    const slow = attempts.findIndex(({ status }, index) => index >= 20 && status !== null)
    return attempts.map((one, index) => {
      return index === slow ? { ...one, startedAt: one.startedAt - 12_000 } : one
    })
  }),
  heard('a listener is told of other seats', 'stream differs from its version', (history) => ({
    ...history,
    events: history.events.map((event, index) => {
      return index === 3 ? { ...event, data: { ...event.data, statuses: 'xxxxxxxx' } } : event
    }),
  })),
  heard('a listener hears things in another order', 'stream out of order', (history) => ({
    ...history,
    events: history.events.toReversed(),
  })),
  told('a user is shown a hold that is not theirs', 'read differs from its version', (attempts) => {
    const isOwn = ({ operation }: Attempt) => operation === 'listMyHolds'
    const expiresAt = '2026-01-02T00:00:00.000Z'
    const items = [{ id: 'hold_of_another', show: SHOW, seats: ['A1'], expiresAt }]
    return answer(attempts, isOwn, { answer: { items } })
  }),
  delivered('a webhook is never told of an entry', 'event never told', (deliveries) => {
    return deliveries.filter(({ version }) => version !== 7)
  }),
  delivered('a webhook hears of a cancellation first', 'events out of order', (deliveries) => {
    return deliveries.toSorted((one, other) => other.version - one.version)
  }),
  delivered(
    'a webhook is told of other seats',
    'event differs from its entry',
    ([first, ...rest]) => {
      return first ? [{ ...first, data: { ...first.data, seats: ['A8', 'A1'] } }, ...rest] : []
    },
  ),
  delivered(
    'a webhook is told that a hold ran out too early',
    'event differs from its entry',
    ([first, ...rest]) => {
      return first ? [first, { ...first, type: 'hold.expired' }, ...rest] : []
    },
  ),
  delivered('a webhook is never told that a hold ran out', 'event never told', (deliveries) => {
    return deliveries.filter(({ type }) => type !== 'hold.expired')
  }),
  delivered(
    'other seats are told to have run out',
    'event differs from its entry',
    (deliveries) => {
      return deliveries.map((one) => {
        const isMeant = one.type === 'hold.expired'
        return isMeant ? { ...one, data: { ...one.data, seats: ['A8', 'A1'] } } : one
      })
    },
  ),
  delivered('a webhook is told twice that a hold ran out', 'ran out twice', (deliveries) => {
    return deliveries.flatMap((one) => {
      return one.type === 'hold.expired' ? [one, { ...one, id: `${one.id}_again` }] : [one]
    })
  }),
  delivered('a delivery is signed by somebody else', 'event not signed', ([first, ...rest]) => {
    return first ? [{ ...first, isSigned: false }, ...rest] : []
  }),
  heard('a listener never hears of the end', 'stream out of order', (history) => ({
    ...history,
    heard: new Map([[SHOW, 1]]),
  })),
  ...FEED_LIES,
]

/** A lie in the journal. */
function lie(name: string, rule: Rule, bend: (entries: readonly Entry[]) => Entry[]): Lie {
  const tell = (history: History) => {
    const entries = bend(history.journals.get(SHOW) ?? [])
    return { ...history, journals: new Map([[SHOW, entries]]) }
  }
  return { name, rule, tell }
}

/** A lie in what somebody was told. */
function told(name: string, rule: Rule, bend: (attempts: readonly Attempt[]) => Attempt[]): Lie {
  const tell = (history: History) => {
    const attempts = bend(history.attempts)
    return { ...history, attempts: attempts.toSorted((a, b) => a.startedAt - b.startedAt) }
  }
  return { name, rule, tell }
}

/** A lie in what listeners heard. */
function heard(name: string, rule: Rule, tell: (history: History) => History): Lie {
  return { name, rule, tell }
}

/** A lie in what a webhook was told. */
function delivered(
  name: string,
  rule: Rule,
  bend: (deliveries: readonly Delivery[]) => Delivery[],
): Lie {
  const tell = (history: History) => ({ ...history, deliveries: bend(history.deliveries) })
  return { name, rule, tell }
}

function change(entries: readonly Entry[], index: number, fields: Partial<Entry>): Entry[] {
  return entries.map((entry, at) => (at === index ? { ...entry, ...fields } : entry))
}

interface Bent {
  readonly status?: number
  readonly answer?: JsonObject
}

/** Bends the first answer that `isMeant`; fields of the answer are added to what it says. */
function answer(
  attempts: readonly Attempt[],
  isMeant: (attempt: Attempt) => boolean,
  bent: Bent,
): Attempt[] {
  const meant = attempts.find(isMeant)
  return attempts.map((one) => {
    if (one !== meant) return one
    const status = bent.status ?? one.status
    return { ...one, status, answer: { ...one.answer, ...bent.answer } }
  })
}

/** Sends the request once more, after it was answered. */
function later(first: Attempt, bent: Bent): Attempt {
  const times = { startedAt: first.endedAt + 1, endedAt: first.endedAt + 2 }
  return { ...first, no: 1e6, ...times, ...bent }
}

function isMaking(attempt: Attempt): boolean {
  return attempt.target === null && attempt.status === 201 && !attempt.replayed
}

function isRead({ operation }: Attempt): boolean {
  return operation === 'getStatuses'
}

function isSale(entry: Entry): boolean {
  return entry.bookedAt !== null && entry.seats.length > 0
}

/** Tells whether the seats of a sale were given back before another entry. */
function isOver(entries: readonly Entry[], sale: number, index: number): boolean {
  const { id } = entries[sale] as Entry
  return entries.slice(sale + 1, index + 1).some((entry) => entry.id === id)
}
