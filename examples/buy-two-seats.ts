/** A shopper's way from "two together, please" to a booking that survives a bad network. */
import { type Booking, createClient, RowlockError } from '../src/client/index.ts'

/** Asks for money; false when the card is declined. Yours to write. */
export type Pay = (cents: number, reference: string) => Promise<boolean>

/** Books two seats side by side. Null when the show is sold out or the payment failed. */
export async function buyTwoSeats(server: string, show: string, pay: Pay): Promise<Booking | null> {
  const rowlock = createClient({ server })
  try {
    const hold = await rowlock.holdSeats(show, { best: { quantity: 2 } })
    console.log(`Holding ${hold.seats.join(' and ')} for ${hold.secondsLeft} s.`)
    if (!(await pay(2 * 4_500, hold.id))) {
      await rowlock.releaseHold(show, hold.id)
      return null
    }
    // Lost answers are asked for again by themselves: there is one booking, however often.
    return await rowlock.confirmHold(show, hold.id, { reference: `payment for ${hold.id}` })
  } catch (error) {
    if (error instanceof RowlockError && error.code === 'not_enough_seats') return null
    throw error
  }
}
