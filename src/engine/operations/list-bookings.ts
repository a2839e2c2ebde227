import type { Caller } from '../../calls/index.ts'
import type { BookingList, ListBookingsQuery } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { findShow } from '../sold-show.ts'
import { ownerSeenBy, readBookings } from './booking-pages.ts'
import { seatNumberOf } from './live-chains.ts'

/**
 * Bookings of a show, the newest first: the caller's own, or all for the box office. Refusals:
 * `show_unknown`, and `invalid_request` for a seat that is not there.
 */
export async function listBookings(
  context: Context,
  caller: Caller,
  showKey: string,
  query: ListBookingsQuery,
): Promise<BookingList> {
  const show = await findShow(context, showKey)
  return readBookings(context, {
    owner: ownerSeenBy(caller),
    showId: show.showId,
    reference: query.reference,
    holder: query.holder,
    seatNo: await seatNumberOf(context, show, query.seat),
    cancelled: query.cancelled === undefined ? undefined : query.cancelled === 'true',
    limit: query.limit,
    cursor: query.cursor,
  })
}
