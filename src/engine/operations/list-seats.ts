import { badCursor } from '../../calls/index.ts'
import {
  findKey,
  type ListSeatsQuery,
  type Mistake,
  Refusal,
  type Seat,
  type SeatList,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { Picture } from '../pictures/picture.ts'
import { withPlan } from '../sold-show.ts'
import type { StoredPlan } from '../stored/stored-plan.ts'

/** Nobody reads more of them. */
const MISTAKES_MAX = 20

/**
 * Seats with their statuses, in the order of the plan. The cursor is a seat number, so pages never
 * skip or repeat a seat, although statuses may change between them. The same page may be given to
 * others: do not write into it. Refusals: `show_unknown`, and
 * `invalid_request` where a seat is named that is not there.
 */
export async function listSeats(
  context: Context,
  showKey: string,
  query: ListSeatsQuery,
): Promise<SeatList> {
  const from = query.cursor === undefined ? 0 : seatOfCursor(query.cursor)
  const identity = await context.shows.get(showKey)
  const picture = await context.pictures.read(identity.showId)
  const { plan } = await withPlan(context, identity, picture.seatCount)
  const asked = withOwnKeys(plan, query)
  return context.seatPages.get(identity.showId, asked, picture, () =>
    listOf(plan, picture, from, asked),
  )
}

/** The query under the plan's own keys; one that it does not have matches nothing. */
export function withOwnKeys(plan: StoredPlan, query: ListSeatsQuery): ListSeatsQuery {
  const { section, category } = query
  return {
    ...query,
    section: section && (findKey(plan.sections, section) ?? section),
    category: category && (findKey(plan.categories, category) ?? category),
  }
}

/** The seats from a number on that match, up to the limit. */
export function listOf(
  plan: StoredPlan,
  picture: Picture,
  from: number,
  query: ListSeatsQuery,
): SeatList {
  const wanted = query.seats === undefined ? null : numbersOf(plan, query.seats)
  const items: Seat[] = []
  const end = Math.min(picture.seatCount, plan.seats.length)
  for (let number = from; number < end; number++) {
    if (wanted !== null && !wanted.has(number)) continue
    if (!matches(plan, picture, number, query)) continue
    if (items.length === query.limit) return { items, next: String(number) }
    items.push(toSeat(plan, picture, number))
  }
  return { items, next: null }
}

/**
 * Numbers of the named seats. Refuses unknown labels, or the answer would be about some of them
 * only.
 */
function numbersOf(plan: StoredPlan, labels: string): Set<number> {
  const mistakes: Mistake[] = []
  const numbers = labels.split(',').map((label) => {
    const number = plan.numbers.get(label)
    if (number === undefined) {
      mistakes.push({ path: 'seats', message: `"${label.trim()}" is no seat of the show` })
    }
    return number ?? -1
  })
  if (mistakes.length > 0) {
    throw new Refusal('invalid_request', { mistakes: mistakes.slice(0, MISTAKES_MAX) })
  }
  return new Set(numbers)
}

/** The number of the seat that a page begins with. */
export function seatOfCursor(cursor: string): number {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw badCursor()
}

function matches(
  plan: StoredPlan,
  picture: Picture,
  number: number,
  query: ListSeatsQuery,
): boolean {
  if (query.status !== undefined && picture.statusOf(number) !== query.status) return false
  const seat = plan.seats[number]
  if (query.section !== undefined && seat?.section !== query.section) return false
  return query.category === undefined || seat?.category === query.category
}

function toSeat(plan: StoredPlan, picture: Picture, number: number): Seat {
  const seat = plan.seats[number] as StoredPlan['seats'][number]
  const status = picture.statusOf(number)
  const until = picture.untils[number] as number
  return {
    seat: seat.label,
    section: seat.section,
    row: seat.row,
    number: seat.number,
    category: seat.category,
    status,
    heldUntil: status === 'held' ? new Date(until).toISOString() : null,
    accessible: seat.accessible,
    companion: seat.companion,
    restrictedView: seat.restrictedView,
  }
}
