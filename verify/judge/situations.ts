/**
 * Situations that a run should have met: operations alone prove little. Each is counted as often
 * as the history shows it.
 */
import type { Attempt, Delivery, Entry, Mark } from '../history/history.ts'
import { EXPIRED } from './event-rules.ts'
import { pageOf } from './feed-rules.ts'
import { codeOf, isDone, isInDoubt, isUser, type ShowCase } from './show-case.ts'
import type { Step } from './timeline.ts'
import { NOT_LOOKED_AT, seatsIn } from './write-rules.ts'

/** Situations that are counted, in the words of the report. */
export const SITUATIONS = {
  contended: 'seats refused because somebody else had them',
  takenOver: 'a seat sold after the hold on it had run out',
  lateRelease: 'a hold given back after somebody else had taken a seat of it',
  lateConfirm: 'a confirmation of a hold that had run out, refused',
  reacquired: 'a confirmation that got its seats back after the hold had run out',
  photoFinish: 'a confirmation within 5 ms of the end of its hold',
  sameKeyTogether: 'the same request under way twice at the same time',
  replayed: 'an answer told again under its key',
  replayedElsewhere: 'an answer told again by another server',
  replayedAfterFault: 'an answer told again after a kill or a pause',
  lostButDone: 'a lost answer of something that had been done',
  lostAndNotDone: 'a lost answer of something that had not been done',
  refusedSaleAgain: 'a refused sale asked for again after its seats had become free',
  keyReused: 'a key refused because it had been used for something else',
  soldOutOfBlock: 'seats sold out of a block',
  partReturned: 'a part of a hold, a booking or a block given back',
  swappedOntoFreed: 'a swap onto a seat that had been given back before',
  holderLimit: 'a holder stopped at the limit',
  bestTogether: 'the best seats asked for by two at the same time',
  placesSoldOut: 'places of general admission that were not enough',
  extended: 'a live hold given more time',
  changed: 'a live hold that took seats and gave others back, in one step',
  handedOn: 'a booking handed on to somebody else',
  handedOnPart: 'some seats of a booking handed on, while the rest stayed',
  extendedTooLate: 'an extension refused because the hold had run out',
  readDuringFault: 'a read answered during a kill or a pause',
  ownHoldsRead: 'a user who looked at their own holds, and had some',
  newSession: 'a user who signed in, and bought',
  toldByWebhook: 'an event that a webhook was told of',
  toldAgain: 'an event that a webhook was told of more than once',
  toldOfExpiry: 'a webhook that was told that a hold had run out',
  pageWhileSelling: 'a page of events read while the show sold',
  pageOnward: 'a page of events read on from where another ended',
  pageAwaited: 'a page of events that came as soon as something happened',
  pageOfOwn: 'a page of events for a partner, who is told of its own',
  pageOfExpiry: 'a page of events that told that a hold had run out',
} as const
export type Situation = keyof typeof SITUATIONS

/** Number of times that each situation was met. */
export type SituationCounts = Record<Situation, number>

/** None of anything. */
export function noSituations(): SituationCounts {
  return Object.fromEntries(Object.keys(SITUATIONS).map((name) => [name, 0])) as SituationCounts
}

/** Counts the situations of one show. */
export function countSituations(
  one: ShowCase,
  marks: readonly Mark[],
  deliveries: readonly Delivery[],
): SituationCounts {
  const counts = noSituations()
  countJournal(one, counts)
  const big = marks.filter((mark) => !isOfNetwork(mark))
  const isFaulty = (attempt: Attempt) =>
    big.some((mark) => attempt.endedAt > mark.startedAt && attempt.startedAt < mark.endedAt)
  for (const attempt of one.attempts) {
    countRefusal(attempt, counts)
    if (attempt.body?.block && attempt.status === 201 && !attempt.replayed) {
      counts.soldOutOfBlock += 1
    }
    if (attempt.key === null && isDone(attempt) && isFaulty(attempt)) counts.readDuringFault += 1
  }
  for (const attempts of one.keys.values()) countKey(one, attempts, big, counts)
  countBest(one, counts)
  countPeople(one, counts)
  countDeliveries(deliveries, counts)
  countPages(one, counts)
  return counts
}

/** Tells whether a mark is one request that met a bad network. */
export function isOfNetwork({ what }: Mark): boolean {
  return what.startsWith('network')
}

const BY_CODE: Readonly<Record<string, Situation>> = {
  seats_unavailable: 'contended',
  idempotency_key_reused: 'keyReused',
  holder_limit_reached: 'holderLimit',
}

function countRefusal(attempt: Attempt, counts: SituationCounts): void {
  const code = codeOf(attempt)
  if (code === null || isDone(attempt)) return
  const situation = BY_CODE[code]
  if (situation) counts[situation] += 1
  if (code === 'hold_expired' && attempt.operation === 'confirmHold') counts.lateConfirm += 1
  if (code === 'hold_expired' && attempt.operation === 'extendHold') counts.extendedTooLate += 1
  if (code === 'not_enough_seats' && attempt.body?.places) counts.placesSoldOut += 1
}

const RETURNS = new Set(['release', 'cancel', 'unblock'])

/** Tells whether a chain has a seat that it had not before. */
function isGrown({ seats }: Entry, before: Step | undefined): boolean {
  return seats.some((seat) => !before?.entry.seats.includes(seat))
}

function countJournal({ timeline }: ShowCase, counts: SituationCounts): void {
  for (const { entry, chain, at } of timeline.steps) {
    if (chain === null) continue
    const before = timeline.chain(chain, entry.version - 1)
    const claims = entry.seats.map((seat) => timeline.claim(seat, entry.version - 1))
    const isTakenOver = claims.some((claim) => {
      return claim?.chain && claim.chain !== chain && claim.until <= at
    })
    if (isTakenOver) counts.takenOver += 1
    if (entry.kind === 'extend') counts.extended += 1
    if (entry.kind === 'transfer' && !before) counts.handedOnPart += 1
    if (entry.kind === 'transfer' && before && entry.freed.length === 0) counts.handedOn += 1
    if (entry.kind === 'change' && entry.freed.length > 0 && isGrown(entry, before)) {
      counts.changed += 1
    }
    if (entry.kind === 'confirm' && before) {
      if (before.until <= at) counts.reacquired += 1
      if (Math.abs(before.until - at) <= 5) counts.photoFinish += 1
    }
    if (entry.kind === 'release' && before) {
      const gone = before.entry.seats.filter((seat) => !entry.seats.includes(seat))
      if (gone.length > entry.freed.length) counts.lateRelease += 1
    }
    if (RETURNS.has(entry.kind) && entry.freed.length > 0 && entry.seats.length > 0) {
      counts.partReturned += 1
    }
    if (entry.kind === 'swap' && claims.some((claim) => claim?.chain === null)) {
      counts.swappedOntoFreed += 1
    }
  }
}

function countKey(
  one: ShowCase,
  attempts: readonly Attempt[],
  marks: readonly Mark[],
  counts: SituationCounts,
): void {
  const done = attempts.filter(isDone)
  const together = attempts.some((attempt, index) => {
    const next = attempts[index + 1]
    return next !== undefined && next.startedAt < attempt.endedAt
  })
  if (together) counts.sameKeyTogether += 1
  for (const attempt of attempts.filter(({ replayed }) => replayed)) {
    counts.replayed += 1
    if (attempts.some(({ server }) => server !== attempt.server)) counts.replayedElsewhere += 1
    const first = attempts[0] as Attempt
    const wasFaulty = marks.some((mark) => {
      return mark.startedAt > first.startedAt && mark.startedAt < attempt.startedAt
    })
    if (wasFaulty) counts.replayedAfterFault += 1
  }
  const isLost = attempts.some(isInDoubt)
  if (isLost && done.length > 0) counts.lostButDone += 1
  const isSettled = attempts.some((attempt) => {
    return attempt.status !== null && !isInDoubt(attempt) && !isDone(attempt)
  })
  if (isLost && done.length === 0 && isSettled) counts.lostAndNotDone += 1
  countRefusedSale(one, attempts, counts)
}

/** A refused sale that is asked for again when nothing stands in its way any more. */
function countRefusedSale(
  { timeline, window }: ShowCase,
  attempts: readonly Attempt[],
  counts: SituationCounts,
): void {
  const [first] = attempts
  if (first?.operation !== 'bookSeats') return
  const seats = seatsIn(first.body?.seats)
  for (const attempt of attempts.slice(1)) {
    if (!attempt.replayed || attempt.status !== 409) continue
    const { last, from } = window(attempt)
    const isFree = seats.every((seat) => timeline.seat(seat, last, from).status === 'available')
    if (isFree && seats.length > 0) counts.refusedSaleAgain += 1
  }
}

function countBest({ attempts }: ShowCase, counts: SituationCounts): void {
  const asked = attempts.filter(({ body, operation }) => operation === 'holdSeats' && body?.best)
  asked.forEach((attempt, index) => {
    const next = asked[index + 1]
    const isLooked = !NOT_LOOKED_AT.has(codeOf(attempt) ?? '')
    if (next && isLooked && next.startedAt < attempt.endedAt) counts.bestTogether += 1
  })
}

function countPeople({ attempts }: ShowCase, counts: SituationCounts): void {
  const done = attempts.filter((attempt) => isUser(attempt.caller) && isDone(attempt))
  for (const { operation, answer } of done) {
    const items = operation === 'listMyHolds' ? answer?.items : null
    if (Array.isArray(items) && items.length > 0) counts.ownHoldsRead += 1
  }
  const bought = done.filter(({ operation, status }) => {
    return status === 201 && (operation === 'confirmHold' || operation === 'bookSeats')
  })
  counts.newSession += new Set(bought.map(({ caller }) => caller)).size
}

function countDeliveries(deliveries: readonly Delivery[], counts: SituationCounts): void {
  const ids = new Map<string, number>()
  for (const { id, type } of deliveries) {
    counts.toldByWebhook += 1
    if (type === 'hold.expired') counts.toldOfExpiry += 1
    const times = (ids.get(id) ?? 0) + 1
    ids.set(id, times)
    if (times === 2) counts.toldAgain += 1
  }
}

function countPages(one: ShowCase, counts: SituationCounts): void {
  for (const attempt of one.attempts) {
    const page = pageOf(attempt)
    if (page === null) continue
    const { events } = page
    const { from, to } = one.window(attempt)
    const isFresh = ({ at }: { readonly at: number }) => at > from && at < to
    if (one.timeline.steps.some(isFresh)) counts.pageWhileSelling += 1
    if (page.start > 0 && events.length > 0) counts.pageOnward += 1
    const isAwaited = attempt.page?.wait && events.some(({ at }) => isFresh({ at: Date.parse(at) }))
    if (isAwaited) counts.pageAwaited += 1
    const isOwn = !one.run.staff.includes(attempt.caller)
    if (isOwn && events.some(({ type }) => !type.startsWith('show.'))) counts.pageOfOwn += 1
    if (events.some(({ type }) => type === EXPIRED)) counts.pageOfExpiry += 1
  }
}
