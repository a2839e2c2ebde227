import type { EventType } from '../../protocol/index.ts'

/** A webhook that a server delivers a show to, until it settles the lease or lets it run out. */
export interface WebhookLease {
  readonly showId: number
  readonly webhookId: string
  readonly url: string
  /** Null for all types. */
  readonly events: readonly EventType[] | null
  readonly owner: string | null
  /** True when it is told of everybody's holds, false when of its owner's alone. */
  readonly seesAll: boolean
  readonly secrets: readonly string[]
  readonly version: number
  readonly expiryNo: number
  readonly tries: number
}

/** Deliveries that a server is to make, of some shows. */
export interface WebhookTurns {
  /** Shows that have to be looked at once more. */
  readonly more: readonly number[]
  readonly leases: readonly WebhookLease[]
}

/** An event that failed, and goes on alone. */
export interface LoneEvent {
  readonly webhookId: string
  readonly url: string
  readonly secrets: readonly string[]
  readonly showId: number
  readonly version: number
  readonly expiryNo: number | null
  readonly tries: number
  readonly eventId: string
}

/** Outcome of one sending, as the database keeps it. */
export interface SentEvent {
  readonly eventId: string
  readonly type: EventType
  readonly version: number | null
  readonly expiryNo: number | null
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly tookMs: number
  readonly retryAfterMs: number
  readonly isGone: boolean
}

/** The age of the oldest event that a webhook has not been told of. */
export interface WebhookLag {
  /** Its public id. */
  readonly webhook: string
  readonly seconds: number
}

/** Work that a look found. */
export interface WebhookLook {
  /** Shows that some webhook is to be told of; null while there is no webhook. */
  readonly shows: readonly number[] | null
  /** True when there may be more of them. */
  readonly isCut: boolean
  /** Events that go on alone and are due now; each is leased for a minute. */
  readonly lone: readonly LoneEvent[]
  /** The webhooks that wait, the longest first; null where nobody asked. */
  readonly lags: readonly WebhookLag[] | null
}

/** State of a lease. */
export interface LeaseReport {
  readonly webhookId: string
  readonly showId: number
  readonly version: number
  readonly expiryNo: number
  /** True when the lease is kept for more. */
  readonly goesOn: boolean
  readonly delivered: SentEvent | null
  readonly failure: SentEvent | null
}
