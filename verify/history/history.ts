/** Anything that JSON can say. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: Json }

/** The writes that the clients of a run send, by the name of the operation. */
export const WRITES = [
  'holdSeats',
  'extendHold',
  'changeHold',
  'releaseHold',
  'confirmHold',
  'bookSeats',
  'cancelBooking',
  'swapSeats',
  'transferBooking',
  'changeBooking',
  'blockSeats',
  'unblockSeats',
  'changeBlock',
] as const
export type Write = (typeof WRITES)[number]

/** Operations that read, by their `operationId`. */
export const READS = [
  'getHold',
  'getBooking',
  'getAvailability',
  'getStatuses',
  'listSeats',
  'listMyHolds',
  'listEvents',
] as const
export type Read = (typeof READS)[number]

/** One request that was sent, and what came back. One line of a history. */
export interface Attempt {
  readonly line: 'attempt'
  readonly no: number
  /** Caller who sent it: idempotency keys belong to callers. */
  readonly caller: string
  /** Index of the address it was sent to. */
  readonly server: number
  readonly operation: Write | Read
  readonly show: string
  /** The hold, booking or block that it is about; null where it makes one, or reads a show. */
  readonly target: string | null
  readonly key: string | null
  readonly body: JsonObject | null
  /** Page of events that is asked for; left out of everything else. */
  readonly page?: PageAsked
  /** SHA-256 of the bytes of the body, as far as it takes to tell bodies apart. */
  readonly bodyHash: string | null
  /** Milliseconds since 1970 by one monotonic clock: when the request was begun … */
  readonly startedAt: number
  /** … and when the whole answer was there, or nobody waited any longer. */
  readonly endedAt: number
  /** Null when no whole answer came. */
  readonly status: number | null
  readonly replayed: boolean
  readonly answer: JsonObject | null
}

/** A page of the event feed, as it is asked for. */
export interface PageAsked {
  /** End of a page that somebody had before; null for the beginning. */
  readonly after: string | null
  readonly limit: number
  /** Seconds to wait for an event. */
  readonly wait: number
}

/** One event of the live stream of a show. */
export interface StreamEvent {
  readonly line: 'event'
  readonly show: string
  /** One number for each connection. */
  readonly stream: number
  readonly receivedAt: number
  readonly event: 'snapshot' | 'change'
  readonly data: JsonObject
}

/** An event that a webhook of the run was told of. */
export interface Delivery {
  readonly line: 'delivery'
  readonly show: string
  readonly id: string
  readonly type: string
  readonly version: number
  readonly at: string
  readonly data: JsonObject
  readonly receivedAt: number
  /** Signed with the secret of the webhook, over the very bytes. */
  readonly isSigned: boolean
}

/** Something that was done to the system: a kill, a pause, a fault of the network. */
export interface Mark {
  readonly line: 'mark'
  readonly what: string
  readonly startedAt: number
  readonly endedAt: number
}

/** A show of the run, as it was made: what its rules are judged by. */
export interface ShowFacts {
  readonly line: 'show'
  readonly key: string
  /** In the order of their numbers. */
  readonly seats: readonly SeatFacts[]
  readonly maxSeatsPerHold: number
  readonly maxSeatsPerHolder: number | null
  readonly holdSecondsMax: number
  readonly holdLifeSecondsMax: number
}

/** A seat, as far as the rules speak of it. */
export interface SeatFacts {
  readonly seat: string
  readonly section: string | null
  readonly row: string | null
  readonly category: string
  readonly accessible: boolean
  readonly isPlace: boolean
}

/** One entry of a show's journal, the witness. */
export interface Entry {
  readonly version: number
  readonly at: string
  readonly kind: string
  readonly id: string | null
  readonly seats: readonly string[]
  readonly freed: readonly string[]
  readonly until: string | null
  readonly bookedAt: string | null
  readonly holder: string | null
  readonly reference: string | null
  readonly actor: string
  readonly requestId: string | null
}

/** The journal of a show at the end of the run. */
export interface JournalLine {
  readonly line: 'journal'
  readonly show: string
  readonly entries: readonly Entry[]
}

/** The last version that the listener of a show had heard of when everything was over. */
export interface HeardLine {
  readonly line: 'heard'
  readonly show: string
  readonly version: number
}

/** A webhook followed the show, and was waited for: what it was told of is all that there is. */
export interface ToldLine {
  readonly line: 'told'
  readonly show: string
}

/**
 * Somebody read all events of a show, page after page, until there were no more. These are the
 * attempts that brought one.
 */
export interface FollowedLine {
  readonly line: 'followed'
  readonly show: string
  readonly caller: string
  readonly attempts: readonly number[]
}

/** Facts about the run. */
export interface RunFacts {
  readonly line: 'run'
  readonly seed: string
  readonly servers: readonly string[]
  /** Callers that are staff: limits of shoppers are not theirs. */
  readonly staff: readonly string[]
  readonly startedAt: number
}

/** A line of a history file (NDJSON). */
export type Line =
  | RunFacts
  | ShowFacts
  | Attempt
  | StreamEvent
  | Delivery
  | Mark
  | JournalLine
  | HeardLine
  | ToldLine
  | FollowedLine

/** Everything that was seen in one run. */
export interface History {
  readonly run: RunFacts
  readonly shows: readonly ShowFacts[]
  readonly attempts: readonly Attempt[]
  readonly events: readonly StreamEvent[]
  /** In the order in which they arrived. */
  readonly deliveries: readonly Delivery[]
  /** Shows that a webhook followed. */
  readonly told: ReadonlySet<string>
  readonly followed: readonly FollowedLine[]
  readonly marks: readonly Mark[]
  readonly journals: ReadonlyMap<string, readonly Entry[]>
  readonly heard: ReadonlyMap<string, number>
}

/**
 * Cuts out what every id of one chain shares: a hold and the booking that it becomes differ in a
 * prefix.
 */
export function chainOf(id: string): string {
  return id.slice(id.indexOf('_') + 1)
}

/** Tells whether an operation changes a show. */
export function isWrite(operation: string): operation is Write {
  return (WRITES as readonly string[]).includes(operation)
}
