import type { Counts, SeatStatus } from '../protocol/index.ts'
import type { RowlockError } from './rowlock-error.ts'

/**
 * The seats of a show as of the last event, by seat number (its place in the map). It is one object
 * that later events bring forward: read it when told of a change, copy what must stay.
 */
export interface ShowView {
  /** The key of the show. */
  readonly show: string
  /** The version of the show that this tells of. */
  readonly version: number
  /** The database's time of the last event, RFC 3339. */
  readonly asOf: string
  /** Number of seats, places of general admission included. */
  readonly seatCount: number
  /** Number of seats by status. */
  readonly counts: Readonly<Counts>
  /** By seat number: 0 available, 1 held, 2 booked, 3 blocked. For drawing many seats quickly. */
  readonly codes: Readonly<Uint8Array>
  /** Status of a seat, by its number. */
  statusOf(seatNo: number): SeatStatus
  /** End of the hold on the seat, in milliseconds since 1970 by the database's clock; else null. */
  heldUntil(seatNo: number): number | null
  /** The database's time now, as far as it is known, in milliseconds since 1970: for countdowns. */
  now(): number
}

/** `live` from the first event of a connection on; `waiting` before the next attempt. */
export type ConnectionStatus = 'connecting' | 'live' | 'waiting' | 'ended'

/** State of a watch towards the server. */
export interface Connection {
  /** State of the connection. */
  readonly status: ConnectionStatus
  /** Attempts that failed since the last event. */
  readonly failedCount: number
  /** Milliseconds until the next attempt, while waiting; else null. */
  readonly retryInMs: number | null
  /** Reason for waiting or for the end, if there is one. */
  readonly error: RowlockError | null
}

/** Settings of a watch. */
export interface WatchOptions {
  /** Ends the watch. */
  readonly signal?: AbortSignal
  /** After every event. `seats` are the numbers of those that changed, null when all may have. */
  readonly onChange?: (view: ShowView, seats: readonly number[] | null) => void
  /** Runs whenever the connection's status changes. */
  readonly onConnection?: (connection: Connection) => void
  /** A connection without a sign of life for so long is given up. Heartbeats come every 15 s. */
  readonly silenceMsMax?: number
}

/**
 * A watch that runs. Iterated, it yields the view after each change; a slow reader skips changes,
 * never the truth. Iterating throws what ended the watch: `show_unknown` and its like.
 */
export interface ShowWatch extends AsyncIterable<ShowView> {
  /** Null before the first event. */
  readonly view: ShowView | null
  /** State of the watch towards the server just now. */
  readonly connection: Connection
  /** The view, once the first event is there. Rejects when the watch ends before. */
  readonly ready: Promise<ShowView>
  /** Ends it. May be called twice. */
  close(): void
}
