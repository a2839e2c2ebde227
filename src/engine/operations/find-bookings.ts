import type { Caller } from '../../calls/index.ts'
import type { BookingList, FindBookingsQuery } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { ownerSeenBy, readBookings } from './booking-pages.ts'

/** Bookings in all shows by reference or holder: the caller's own, or all for the box office. */
export function findBookings(
  context: Context,
  caller: Caller,
  query: FindBookingsQuery,
): Promise<BookingList> {
  const { reference, holder, limit, cursor } = query
  return readBookings(context, { owner: ownerSeenBy(caller), reference, holder, limit, cursor })
}
