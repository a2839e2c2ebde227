import type { Booking, Hold } from '../../src/protocol/index.ts'
import { carryOut, type Order } from './carry-out.ts'
import type { Fate, Visit } from './visit.ts'

/** Usual times of people, in milliseconds of a sale of two minutes. */
const PAY_MS = 4_000
const SECOND_THOUGHT_MS = 1_500
/** Around the end of the hold, in milliseconds of any sale. */
const LATE_MS = { before: 600, after: 900 } as const

/**
 * Does with a hold what somebody does: pays, in time or late, gives it back, or forgets it. Answers
 * the booking, or how they leave, or `again` when they are about to try for seats again.
 */
export async function mindHold(visit: Visit, hold: Hold): Promise<Booking | Fate | 'again'> {
  const { sale, who } = visit
  // People change their minds once, and learn.
  const isFirst = visit.holdCount === 1
  if (who.reusesKey && isFirst) await reuseKey(visit, hold)
  if (who.abandons && isFirst) return 'away'
  let current = hold
  if (who.remorse !== 'none' && isFirst) {
    await sale.think(who.random.span(SECOND_THOUGHT_MS))
    const left = await giveBack(visit, hold)
    if (left === null) return 'doubt'
    if (left === 'again') return 'again'
    current = left
  }
  if (who.extendsHold) {
    await sale.think(who.random.span(SECOND_THOUGHT_MS))
    const answer = await carryOut(sale, visit, { name: 'extendHold', target: hold.id, body: {} })
    if (answer === null) return 'doubt'
    if (answer.done) current = answer.done as Hold
  }
  return pay(visit, current)
}

/** Uses the key again for other seats: whatever comes back, it must not be seats. */
async function reuseKey({ sale, ...visit }: Visit, hold: Hold): Promise<void> {
  const { key } = sale.commands.findLast(
    ({ answers, name }) => name === 'holdSeats' && answers.some(({ done }) => done?.id === hold.id),
  ) ?? { key: '' }
  const body = { best: { quantity: hold.seats.length + 1 } }
  const calm = { ...visit, lossShare: 0, doubleClicks: false }
  await carryOut(sale, calm, { name: 'holdSeats', target: null, body, misusedKey: key })
}

/** Gives back some seats, or all. Null when the answer is not known. */
async function giveBack(visit: Visit, hold: Hold): Promise<Hold | 'again' | null> {
  const { sale, who } = visit
  const isPart = who.remorse === 'some' && hold.seats.length > 1
  const seats = hold.seats.slice(0, who.random.whole(1, Math.max(1, hold.seats.length - 1)))
  const body = isPart ? { seats } : {}
  const answer = await carryOut(sale, visit, { name: 'releaseHold', target: hold.id, body })
  if (answer === null) return null
  return isPart && answer.done ? (answer.done as Hold) : 'again'
}

async function pay(visit: Visit, hold: Hold): Promise<Booking | Fate | 'again'> {
  const { sale, who } = visit
  if (who.paysLate && visit.holdCount === 1)
    await sale.pause(leftOf(visit, hold) - LATE_MS.before + lateness(visit))
  else await sale.think(who.random.span(PAY_MS * who.calm))
  if (!sale.isOpen) return 'closed'
  const reference = `paid by ${who.number}`
  const body = who.reacquires ? { reference, reacquire: true } : { reference }
  const order: Order = { name: 'confirmHold', target: hold.id, body }
  const answer = await carryOut(sale, visit, order)
  if (answer === null) return 'doubt'
  if (answer.done === null) return 'again'
  if (who.confirmsTwice) await carryOut(sale, visit, order)
  return answer.done as Booking
}

/** Milliseconds until the hold ends, if its answer came just now. */
function leftOf({ sale }: Visit, hold: Hold): number {
  const answeredAt = sale.openedAt.getTime() + sale.clock
  return Math.min(hold.secondsLeft * 1000, Date.parse(hold.expiresAt) - answeredAt)
}

function lateness({ who }: Visit): number {
  return who.random.whole(0, LATE_MS.before + LATE_MS.after)
}
