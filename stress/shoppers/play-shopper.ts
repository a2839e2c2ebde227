import { type Booking, type Hold, STATUS_LETTERS } from '../../src/protocol/index.ts'
import { isBooking, type RecordedAnswer } from '../answer-log.ts'
import { countLetters } from '../house.ts'
import type { Sale } from '../sale.ts'
import { considerBooking } from './after-sales.ts'
import { carryOut } from './carry-out.ts'
import { mindHold } from './mind-hold.ts'
import type { Shopper } from './shopper.ts'
import { beginVisit, type Fate, type Visit, wishOf } from './visit.ts'

/** Usual times of people, in milliseconds of a sale of two minutes. */
const LOOK_MS = 1_500
const CHOOSE_AGAIN_MS = 400
const WAIT_MS = 3_500
/** People come during this share of the sale, if it goes on as long as they expect. */
const ARRIVALS = 0.55

/** Plays one shopper until they leave. */
export async function playShopper(sale: Sale, who: Shopper): Promise<Fate> {
  await sale.pause(who.arrival * ARRIVALS * sale.paceMs)
  const visit = beginVisit(sale, who)
  while (sale.isOpen) {
    const free = await lookAround(visit)
    if (free === 'full') return 'full'
    if (free === 'wait') continue
    const fate = await tryOnce(visit)
    if (fate !== null) return fate
  }
  return 'closed'
}

/** Looks for free seats, and thinks about them. */
async function lookAround(visit: Visit): Promise<'free' | 'wait' | 'full'> {
  const { sale, who } = visit
  visit.sight = await sale.look(visit.home, visit.sight)
  if (visit.sight === null) {
    // A server that is down, or says "too often", is not asked again at once.
    await sale.think(who.random.span(CHOOSE_AGAIN_MS))
    return 'wait'
  }
  const { statuses } = visit.sight
  const free = countLetters(statuses, STATUS_LETTERS.available)
  if (free > 0) {
    visit.party = Math.min(visit.party, free)
    await sale.think(who.random.span(LOOK_MS * who.calm))
    return 'free'
  }
  const mayComeBack = statuses.includes(STATUS_LETTERS.held) || sale.undecidedCount > 0
  if (!mayComeBack) return 'full'
  await sale.think(WAIT_MS * who.calm)
  return 'wait'
}

/** One attempt at seats; null when they may try again. */
async function tryOnce(visit: Visit): Promise<Fate | null> {
  const { sale, who } = visit
  const mayGiveBack = who.swaps || who.cancels !== 'none'
  if (mayGiveBack) sale.undecidedCount += 1
  try {
    const answer = await ask(visit)
    if (answer === null) return sale.isOpen ? 'doubt' : 'closed'
    if (answer.done === null) {
      yieldTo(visit, answer)
      await sale.think(who.random.span(CHOOSE_AGAIN_MS))
      return null
    }
    return await goOn(visit, answer.done)
  } finally {
    if (mayGiveBack) sale.undecidedCount -= 1
  }
}

function ask(visit: Visit): Promise<RecordedAnswer | null> {
  const { sale, who } = visit
  const isDirect = who.approach === 'direct' || who.approach === 'directBest'
  const body = {
    ...wishOf(visit),
    ...(who.holder === null ? {} : { holder: who.holder }),
    reference: `shopper ${who.number}`,
  }
  return carryOut(sale, visit, { name: isDirect ? 'bookSeats' : 'holdSeats', target: null, body })
}

/** After a refusal people ask for less. */
function yieldTo(visit: Visit, { refusal }: RecordedAnswer): void {
  if (refusal?.code !== 'not_enough_seats') return
  if (visit.isPicky) visit.isPicky = false
  else visit.party = Math.max(1, visit.party - 1)
}

async function goOn(visit: Visit, done: Hold | Booking): Promise<Fate | null> {
  if (!isBooking(done)) {
    visit.holdCount += 1
    const next = await mindHold(visit, done)
    if (typeof next === 'string') return next === 'again' ? null : next
    await considerBooking(visit, next)
    return 'served'
  }
  await considerBooking(visit, done)
  return 'served'
}
