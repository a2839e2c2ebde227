import { REMEDIES } from './remedies.ts'
import type { Booking } from './schemas/bookings.ts'
import type { SecondFactorKind } from './schemas/people.ts'

/** Meaning of a refusal code to HTTP, to a retrying client and to a person. */
export interface ErrorSpec {
  /** HTTP status. */
  status: number
  /** True when the same request, sent again unchanged a little later, may succeed. */
  retryable: boolean
  /** One sentence that is the same for every occurrence of the code. */
  title: string
}

/**
 * Every refusal the API can answer with. A code may be added, never renamed, never reused.
 * When two apply, the one that stands first wins.
 */
export const ERRORS = {
  // The request itself, in the order in which it is looked at.
  malformed_http: { status: 400, retryable: false, title: 'The request is not valid HTTP.' },
  headers_too_large: {
    status: 431,
    retryable: false,
    title: 'The address and the headers are too large.',
  },
  request_timeout: {
    status: 408,
    retryable: true,
    title: 'The request took too long to arrive.',
  },
  uri_invalid: { status: 400, retryable: false, title: 'The address cannot be decoded.' },
  route_unknown: { status: 404, retryable: false, title: 'There is nothing at this address.' },
  method_not_allowed: {
    status: 405,
    retryable: false,
    title: 'This address does not support this method.',
  },
  unauthenticated: {
    status: 401,
    retryable: false,
    title: 'You need to sign in or send a valid key.',
  },
  csrf_refused: {
    status: 403,
    retryable: false,
    title: "A write authenticated by cookie must come from this server's own pages.",
  },
  rate_limited: { status: 429, retryable: true, title: 'Too many requests.' },
  idempotency_key_invalid: {
    status: 400,
    retryable: false,
    title: 'The Idempotency-Key cannot be used.',
  },
  unsupported_media_type: {
    status: 415,
    retryable: false,
    title: 'The operation does not accept this content type.',
  },
  body_too_large: { status: 413, retryable: false, title: 'The body is too large.' },
  malformed_json: { status: 400, retryable: false, title: 'The body is not valid JSON.' },
  invalid_request: {
    status: 400,
    retryable: false,
    title: 'The request is invalid.',
  },
  forbidden: { status: 403, retryable: false, title: 'You may not do this.' },
  registration_closed: {
    status: 403,
    retryable: false,
    title: 'Registration is closed.',
  },
  password_weak: {
    status: 422,
    retryable: false,
    title: 'The password is too easy to guess.',
  },
  credentials_wrong: {
    status: 401,
    retryable: false,
    title: 'The e-mail, password or sign-in link is wrong.',
  },
  second_factor_required: {
    status: 401,
    retryable: false,
    title: 'This requires your second factor as well.',
  },
  passkeys_unavailable: {
    status: 409,
    retryable: false,
    title: 'Passkeys need a host name that the server knows as its own.',
  },
  session_ended: { status: 401, retryable: false, title: 'The session has ended.' },

  // What it speaks of.
  venue_unknown: { status: 404, retryable: false, title: 'There is no such venue.' },
  plan_unknown: { status: 404, retryable: false, title: 'There is no such plan.' },
  show_unknown: { status: 404, retryable: false, title: 'There is no such show.' },
  session_unknown: { status: 404, retryable: false, title: 'You have no such session.' },
  user_unknown: { status: 404, retryable: false, title: 'There is no such user.' },
  second_factor_unknown: {
    status: 404,
    retryable: false,
    title: 'No second factor is set up.',
  },
  passkey_unknown: { status: 404, retryable: false, title: 'You have no such passkey.' },
  key_unknown: { status: 404, retryable: false, title: 'There is no such API key.' },
  webhook_unknown: { status: 404, retryable: false, title: 'There is no such webhook.' },
  position_unknown: {
    status: 410,
    retryable: false,
    title: "The show's history has no such position.",
  },
  idempotency_key_reused: {
    status: 422,
    retryable: false,
    title: 'The Idempotency-Key was used before, for another request.',
  },
  hold_unknown: { status: 404, retryable: false, title: 'There is no such hold.' },
  booking_unknown: { status: 404, retryable: false, title: 'There is no such booking.' },
  block_unknown: { status: 404, retryable: false, title: 'There is no such block.' },

  // Catalogue.
  plan_invalid: { status: 422, retryable: false, title: 'The seating plan has errors.' },
  venue_retired: {
    status: 409,
    retryable: false,
    title: 'The venue is retired: use another one for new plans and shows.',
  },
  plan_retired: {
    status: 409,
    retryable: false,
    title: 'The plan is retired: use another one for new shows.',
  },
  plan_shared: {
    status: 409,
    retryable: false,
    title: "You can add seats only to a show with its own seats, not to a venue's plan.",
  },
  seats_exist: {
    status: 409,
    retryable: false,
    title: 'At least one of the seats already exists.',
  },
  show_exists: {
    status: 409,
    retryable: false,
    title: 'Another show already has this key.',
  },
  show_in_use: {
    status: 409,
    retryable: false,
    title: 'The show can no longer be deleted: cancel or archive it.',
  },

  // Webhooks.
  webhook_url_refused: {
    status: 422,
    retryable: false,
    title: 'Webhooks are not sent to this address.',
  },

  // People.
  email_taken: {
    status: 409,
    retryable: false,
    title: 'Another user already has this e-mail address.',
  },
  second_factor_exists: {
    status: 409,
    retryable: false,
    title: 'You have a second factor already.',
  },
  passkey_invalid: {
    status: 422,
    retryable: false,
    title: 'The passkey could not be verified.',
  },
  passkey_exists: { status: 409, retryable: false, title: 'This passkey is set up already.' },
  too_many_passkeys: {
    status: 409,
    retryable: false,
    title: 'You have as many passkeys as you can have.',
  },
  last_operator: {
    status: 409,
    retryable: false,
    title: 'You cannot disable the last operator or change its role.',
  },

  // What the show allows.
  seller_required: {
    status: 403,
    retryable: false,
    title: 'Only sellers may confirm and book for this show.',
  },
  show_cancelled: { status: 409, retryable: false, title: 'The show is cancelled.' },
  sales_not_open: { status: 409, retryable: false, title: 'Sales have not started yet.' },
  sales_closed: { status: 409, retryable: false, title: 'Sales have ended.' },
  too_many_seats: {
    status: 422,
    retryable: false,
    title: 'You asked for more seats than the show allows at once.',
  },
  hold_seconds_out_of_bounds: {
    status: 422,
    retryable: false,
    title: 'The show does not allow a hold of this length.',
  },
  not_cancellable: {
    status: 409,
    retryable: false,
    title: 'Bookings of this show cannot be cancelled.',
  },

  // The state it meets.
  booking_cancelled: { status: 409, retryable: false, title: 'The booking was cancelled.' },
  swap_uneven: {
    status: 422,
    retryable: false,
    title: 'A swap must give back as many seats as it takes.',
  },
  already_confirmed: {
    status: 409,
    retryable: false,
    title: 'The hold was already confirmed with another reference.',
  },
  hold_confirmed: { status: 409, retryable: false, title: 'The hold is already a booking.' },
  hold_released: { status: 410, retryable: false, title: 'The hold was released.' },
  block_released: { status: 410, retryable: false, title: 'The block was released.' },
  hold_expired: { status: 410, retryable: false, title: 'The hold has expired.' },
  hold_life_exceeded: {
    status: 409,
    retryable: false,
    title: 'The hold cannot be extended any further.',
  },
  seats_not_in_hold: {
    status: 409,
    retryable: false,
    title: 'At least one of the seats does not belong to the hold.',
  },
  seats_not_in_booking: {
    status: 409,
    retryable: false,
    title: 'At least one of the seats does not belong to the booking.',
  },
  seats_not_in_block: {
    status: 409,
    retryable: false,
    title: 'At least one of the seats does not belong to the block.',
  },
  hold_emptied: {
    status: 409,
    retryable: false,
    title: 'The hold would have no seat left.',
  },
  not_enough_seats: {
    status: 409,
    retryable: false,
    title: 'Not enough seats are free.',
  },
  seats_unavailable: {
    status: 409,
    retryable: false,
    title: 'At least one of the seats is taken.',
  },
  orphan_left: {
    status: 409,
    retryable: false,
    title: 'These seats would leave a single seat on its own.',
  },
  holder_limit_reached: {
    status: 409,
    retryable: false,
    title: 'The holder has reached the limit of seats for this show.',
  },
  held_limit_reached: {
    status: 409,
    retryable: false,
    title: 'Too many seats for this show are already held from this address or by this user.',
  },
  begun_limit_reached: {
    status: 409,
    retryable: false,
    title: 'Too many holds for this show were started from this address or by this user.',
  },

  // The service.
  busy: {
    status: 503,
    retryable: true,
    title: 'The server is too busy right now; nothing was done.',
  },
  outcome_unknown: {
    status: 503,
    retryable: true,
    title: 'The outcome is unknown; retry with the same Idempotency-Key.',
  },
  unavailable: {
    status: 503,
    retryable: true,
    title: 'The service cannot reach its database; nothing was done.',
  },
  storage_full: {
    status: 503,
    retryable: true,
    title: 'The database is out of disk space; nothing was done.',
  },
  internal: { status: 500, retryable: false, title: 'A bug in Rowlock.' },
} as const satisfies Record<string, ErrorSpec>

/** A stable refusal code. */
export type ErrorCode = keyof typeof ERRORS

/** Sentence on a refusal that has none of its own; undefined where its title says what to do. */
export function usualDetail(code: ErrorCode): string | undefined {
  const remedies: Partial<Record<ErrorCode, string>> = REMEDIES
  const remedy = remedies[code]
  return remedy && `${ERRORS[code].title} ${remedy}`
}

/** Reason why a seat was in the way. `until` is set for `held` only (RFC 3339). */
export interface SeatInTheWay {
  seat: string
  reason: 'held' | 'booked' | 'blocked' | 'unknown' | 'orphan'
  until?: string
}

/** One mistake in what was sent, at a JSON path such as `rows[3].seats[0].label`. */
export interface Mistake {
  path: string
  message: string
}

/** Details that accompany a code: which seats, which limit, which mistakes. All optional. */
export interface RefusalDetails {
  /** One sentence about this occurrence: what was wrong and what to do. */
  detail?: string
  seats?: SeatInTheWay[]
  mistakes?: Mistake[]
  limit?: number
  /** Second factors, one of which has to be proven. */
  factors?: SecondFactorKind[]
  /** Booking that was made before. */
  booking?: Booking
  /** Seconds after which a retry makes sense. */
  retryAfterSeconds?: number
  /** It was answered under the same idempotency key before. */
  replayed?: boolean
}

/** An expected refusal on its way to the caller. Thrown by the engine's operations. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly details: RefusalDetails

  constructor(code: ErrorCode, details: RefusalDetails = {}) {
    super(details.detail ?? usualDetail(code) ?? ERRORS[code].title)
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}
