import type { Caller } from '../../calls/index.ts'
import type { Booking } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { unknownId, uuidOf } from '../run-command.ts'
import { findShow, withSeats } from '../sold-show.ts'
import { readChain } from './read-chain.ts'

/**
 * A booking as it is now, cancelled or not. Refusals: `show_unknown`, `booking_unknown`, also for
 * one that belongs to somebody else.
 */
export async function getBooking(
  context: Context,
  caller: Caller,
  showKey: string,
  booking: string,
): Promise<Booking> {
  const show = await findShow(context, showKey)
  const chain = await readChain(context, caller, show, uuidOf('booking', booking))
  if (!chain || chain.entry.booked_at === null) throw unknownId('booking')
  const known = await withSeats(context, show, chain.entry.seats)
  return toBooking(known, chain.entry, chain.origin)
}
