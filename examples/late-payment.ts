/** The payment arrived after the hold had run out: sell the same seats if they are still free. */
import { type Booking, type Client, RowlockError } from '../src/client/index.ts'

/** Outcome of a payment. */
export type Outcome =
  | { readonly sold: Booking }
  /** Somebody else has these seats now. Give the money back, or offer others. */
  | { readonly refund: true; readonly takenSeats: string[] }
  /** Another payment has bought them before. Give this one's money back. */
  | { readonly refund: true; readonly paidBefore: Booking | null }

/**
 * Call it from your payment provider's webhook, as often as the webhook comes: the payment's id is
 * the key, so that one payment makes one booking.
 */
export async function settlePayment(
  rowlock: Client,
  show: string,
  hold: string,
  paymentId: string,
): Promise<Outcome> {
  const options = { idempotencyKey: `payment-${paymentId}` }
  const body = { reference: paymentId, reacquire: true }
  try {
    return { sold: await rowlock.confirmHold(show, hold, body, options) }
  } catch (error) {
    if (!(error instanceof RowlockError)) throw error
    const { booking = null } = error.details
    if (error.code === 'already_confirmed') return { refund: true, paidBefore: booking }
    if (error.code !== 'seats_unavailable') throw error
    // A refusal stays one under this key: the webhook cannot sell these seats later by accident.
    return { refund: true, takenSeats: error.details.seats?.map(({ seat }) => seat) ?? [] }
  }
}
