import { RowlockError } from '../../../src/client/index.ts'
import {
  ERRORS,
  type ErrorCode,
  type Mistake,
  type SeatInTheWay,
} from '../../../src/protocol/errors.ts'

/** Trouble, in words for the person who asked for it. */
export interface Trouble {
  /** Sentence that says what happened. */
  readonly what: string
  /** Advice on what to do about it. */
  readonly advice: string
  /** True when trying the very same again may help. */
  readonly isWorthRetry: boolean
  readonly code: string
  readonly seats: readonly SeatInTheWay[]
  readonly mistakes: readonly Mistake[]
  /** For the log of the server; null where no server was reached. */
  readonly requestId: string | null
}

type Code = ErrorCode | 'no_answer'

/**
 * Sentences that say what happened, where the title of the code is not said to who sits at a desk.
 */
const WHAT: Partial<Record<Code, string>> = {
  seats_unavailable: 'Not all of these seats are free.',
  unauthenticated: 'You are signed out.',
}

/** Advice on what to do, where the title of the code does not say it by itself. */
const ADVICE: Partial<Record<Code, string>> = {
  no_answer: 'Check the connection and try again.',
  outcome_unknown: 'Try again: it is the same request, so it is not done twice.',
  busy: 'Nothing was done. Try again in a moment.',
  unavailable: 'Nothing was done. Try again when the database is back: see System.',
  rate_limited: 'Wait a moment, then try again.',
  unauthenticated: 'Sign in again, then try again: nothing was done.',
  credentials_wrong: 'Check both: capital letters matter in the password.',
  session_ended: 'Sign in again, then try again: nothing was done.',
  csrf_refused: 'Reload the page, at the address of the server itself.',
  forbidden: 'You need another role, or a key with another scope.',
  email_taken: 'Look for that person in the list, or use another address.',
  password_weak: 'Choose a longer one that nobody would guess: four random words are good.',
  second_factor_required: 'Enter a code, or use a passkey.',
  passkey_invalid: 'Nothing was added. Try again.',
  passkey_exists: 'Nothing was added: choose another device or key.',
  registration_closed: 'An operator can add people.',
  user_unknown: 'Reload the list.',
  key_unknown: 'Reload the list.',
  webhook_unknown: 'Reload the list.',
  webhook_url_refused: 'Give an https address on the public internet.',
  hold_unknown: 'It may be someone else’s: only the box office can reach everyone’s.',
  booking_unknown: 'It may be someone else’s: only the box office can reach everyone’s.',
  seller_required: 'Its terms leave that to the box office and partner keys.',
  begun_limit_reached: 'Wait a while: too many holds were started within the hour.',
  held_limit_reached: 'Release or confirm some of them first, or wait until they run out.',
  invalid_request: 'Fix what is named below.',
  plan_invalid: 'Fix the places named below in the file, and choose it again.',
  show_unknown: 'It may have another key now: look for it in the list of shows.',
  show_exists: 'Choose another key for this show.',
  show_cancelled: 'Nothing more can be sold. Reinstate it under Terms if that was a mistake.',
  sales_not_open: 'Change the sales window under Terms, or wait.',
  sales_closed: 'Change the sales window under Terms to sell more.',
  too_many_seats: 'Take fewer at once, or raise the limit under Terms.',
  hold_seconds_out_of_bounds: 'Choose a duration within the bounds under Terms.',
  not_cancellable: 'Allow cancelling under Terms first.',
  hold_expired: 'Hold the seats again: they may still be free.',
  hold_released: 'Hold the seats again: they may still be free.',
  hold_confirmed: 'Its seats are sold. Cancel the booking to free them.',
  hold_life_exceeded: 'Confirm it, or release it and hold the seats again.',
  seats_unavailable: 'Nothing was done. Choose others, or go on without these:',
  orphan_left: 'Choose seats that don’t leave a single seat alone.',
  not_enough_seats: 'Ask for fewer, or look in another section.',
  holder_limit_reached: 'Choose fewer, or raise the limit per holder under Terms.',
  swap_uneven: 'Choose as many new seats as you give back.',
  body_too_large: 'Choose a smaller file.',
  internal: 'Report it to the person who runs the server, with the number below.',
}

/** Advice on writes, under their key. Nobody fears that reading is done twice. */
const SAFE = 'Check the connection and try again: nothing is ever done twice.'

/** Makes words of whatever was thrown. */
export function explain(error: unknown): Trouble {
  if (!(error instanceof RowlockError)) return explainOther(error)
  const { code, details, message, requestId, idempotencyKey } = error
  const spec = code === 'no_answer' ? null : ERRORS[code]
  // The title is said already: only what follows it is advice.
  const told = message.replace(spec?.title ?? '', '').trim() || message
  return {
    what: WHAT[code] ?? spec?.title ?? 'The server does not answer.',
    advice: code === 'no_answer' && idempotencyKey !== null ? SAFE : (ADVICE[code] ?? told),
    isWorthRetry: code === 'unauthenticated' || (spec?.retryable ?? true),
    code,
    seats: details.seats ?? [],
    mistakes: details.mistakes ?? [],
    requestId,
  }
}

const UNKNOWN = { seats: [], mistakes: [], requestId: null } as const

/** Words for what browsers say of passkeys, by the name of the exception. */
const PASSKEYS: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  NotAllowedError: [
    'No passkey was used.',
    'You cancelled, it took too long, or there is none for this address. Try again.',
  ],
  InvalidStateError: [
    'You already have a passkey there.',
    'It works for this address. Choose another device or key for a second one.',
  ],
  SecurityError: [
    'The browser allows no passkeys at this address.',
    'Open the server by its name, and with https.',
  ],
}

function explainOther(error: unknown): Trouble {
  const passkey = error instanceof DOMException ? PASSKEYS[error.name] : undefined
  if (passkey !== undefined) {
    const [what, advice] = passkey
    return { ...UNKNOWN, what, advice, isWorthRetry: true, code: 'passkey' }
  }
  return {
    ...UNKNOWN,
    what: 'Something went wrong on this page.',
    advice: `Reload the page. ${error instanceof Error ? error.message : String(error)}`,
    isWorthRetry: true,
    code: 'page',
  }
}
