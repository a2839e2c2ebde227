import type { PageQuery } from '../../calls/index.ts'
import { type BookingList, LIMITS } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { readBookings } from './booking-pages.ts'

/** Bookings of an owner in all shows, cancelled ones too, the newest first. */
export function listBookingsOf(
  context: Context,
  owner: string,
  { limit = LIMITS.pageLimitDefault, cursor }: PageQuery,
): Promise<BookingList> {
  return readBookings(context, { owner, limit, cursor })
}
