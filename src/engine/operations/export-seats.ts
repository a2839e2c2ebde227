import type { ListSeatsQuery, Seat } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import { listOf, seatOfCursor, withOwnKeys } from './list-seats.ts'

/** So many seats are handed out at a time. */
const PART = 1_000

/**
 * Streams what `listSeats` lists, all of it as of one moment, a part at a time; its `limit` does
 * not count. Refusals: those of `listSeats`, with the first part.
 */
export async function* exportSeats(
  context: Context,
  showKey: string,
  query: ListSeatsQuery,
): AsyncGenerator<Seat[]> {
  const from = query.cursor === undefined ? 0 : seatOfCursor(query.cursor)
  const identity = await context.shows.getCurrent(showKey)
  const picture = (await context.pictures.read(identity.showId)).copy()
  const { plan } = await withPlan(context, identity, picture.seatCount)
  const asked = { ...withOwnKeys(plan, query), limit: PART }
  for (let next: number | null = from; next !== null; ) {
    const list = listOf(plan, picture, next, asked)
    yield list.items
    next = list.next === null ? null : Number(list.next)
  }
}
