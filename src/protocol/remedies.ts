/**
 * Remedies of refusals whose title does not say what to do: they follow the title where a refusal
 * has no sentence of its own. A test holds them against what the server answers.
 */
export const REMEDIES = {
  idempotency_key_reused: 'Send every new request under a new key.',
  body_too_large: 'Send fewer seats at once.',
  registration_closed: 'Ask the box office or an operator for an account.',
  credentials_wrong: 'Try again; a sign-in link works only once.',
  second_factor_required: 'Send the same request again with "code" or "passkey".',
  session_ended: 'Sign in again.',
  venue_unknown: 'Check its id (venue_…): listVenues has them all.',
  plan_unknown: 'Check its id (plan_…): listPlans has those of a venue.',
  session_unknown: 'listMySessions has yours.',
  user_unknown: 'Check their id (user_…), or look for their e-mail address with listUsers.',
  second_factor_unknown: 'Begin one with beginSecondFactor.',
  passkey_unknown: 'listMyPasskeys has yours.',
  key_unknown: 'Check its id (key_…), which is not its secret: listApiKeys has them all.',
  webhook_unknown: 'Check its id (webhook_…). A key only sees webhooks that it created.',
  hold_unknown:
    'Check its id (hold_…) and the show. A hold that has ended is still known, but not one that ' +
    'belongs to someone else.',
  booking_unknown:
    "Check its id (book_…, not the hold's) and the show. You can't see a booking that belongs to " +
    'someone else.',
  block_unknown: 'Check its id (block_…) and the show.',
  email_taken: 'Use another address, or sign in to that account.',
  second_factor_exists: 'Remove it before you set up another one.',
  passkey_invalid: 'Begin again: a challenge works once, within five minutes.',
  passkey_exists: 'Use another device or security key.',
  too_many_passkeys: 'Remove one that you no longer use.',
  last_operator: 'Make someone else an operator first.',
  seller_required: 'The box office or a key with the scope sell can, once the payment is in.',
  show_cancelled: 'You can still cancel its bookings and release its holds.',
  sales_closed: 'You can still confirm live holds, and the box office can still sell.',
  not_cancellable: "The show's terms don't allow it, unless the show itself is cancelled.",
  booking_cancelled: 'Make a new booking.',
  swap_uneven: 'To have more or fewer seats, book or cancel some.',
  hold_confirmed: 'To free its seats, cancel the booking.',
  hold_released: 'Hold the seats again.',
  block_released: 'Block the seats again if you still need them.',
  hold_expired:
    'Hold the seats again, or confirm with "reacquire": true, which takes the same seats if all ' +
    'of them are still free.',
} as const
