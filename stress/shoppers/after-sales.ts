import type { Booking } from '../../src/protocol/index.ts'
import { carryOut, type Giver } from './carry-out.ts'
import { pointAt, type Visit } from './visit.ts'

/** Usual time of people, in milliseconds of a sale of two minutes. */
const REGRET_MS = 2_500

/**
 * Decides what becomes of a booking: most keep it; some ask the box office for other seats, or
 * money.
 */
export async function considerBooking(visit: Visit, booking: Booking): Promise<void> {
  const { sale, who } = visit
  // Nobody is at the box office who may do it.
  if (sale.api.operatorKey === null) return
  let current = booking
  if (who.swaps) {
    await sale.think(who.random.span(REGRET_MS))
    const swapped = await swap(visit, current)
    if (swapped === null) return
    current = swapped
  }
  if (who.cancels === 'none' || !sale.isOpen) return
  await sale.think(who.random.span(REGRET_MS))
  await cancel(visit, current)
}

/** The box office has the operator key, and lines that lose answers as well. */
function boxOffice(visit: Visit): Giver {
  const { home, random } = visit
  const habits = { lossShare: 0.05, givesUp: false, doubleClicks: random.chance(0.1) }
  return { shopper: -1, home, random, ...habits }
}

/** One seat for another that looks free. Null when nobody knows what became of it. */
async function swap(visit: Visit, booking: Booking): Promise<Booking | null> {
  const { sale, who } = visit
  if (!sale.isOpen) return booking
  visit.sight = (await sale.look(visit.home, visit.sight)) ?? visit.sight
  const to = pointAt(visit, 1)
  if (to.length === 0) return booking
  const body = { from: [who.random.pick(booking.seats)], to, reason: 'a better view' }
  const order = { name: 'swapSeats', target: booking.id, body } as const
  const answer = await carryOut(sale, boxOffice(visit), order)
  if (answer === null) return null
  return (answer.done as Booking | null) ?? booking
}

async function cancel(visit: Visit, booking: Booking): Promise<void> {
  const { sale, who } = visit
  const isPart = who.cancels === 'some' && booking.seats.length > 1
  const body = isPart
    ? { seats: booking.seats.slice(-1), reason: 'one of us is ill' }
    : { reason: 'cannot come' }
  await carryOut(sale, boxOffice(visit), { name: 'cancelBooking', target: booking.id, body })
}
