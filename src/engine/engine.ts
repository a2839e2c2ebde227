import type { Caller, PageQuery } from '../calls/index.ts'
import type {
  BookingList,
  Event,
  EventPage,
  HoldList,
  ListSeatsQuery,
  PlanExportFormat,
  Seat,
} from '../protocol/index.ts'
import type { EngineOperations } from './engine-operations.ts'
import type {
  LeaseReport,
  LoneEvent,
  SentEvent,
  WebhookLook,
  WebhookTurns,
} from './events/deliveries.ts'
import type { EventQuery, EventsWanted } from './events/event-query.ts'
import type { PlacedEvent } from './events/placed-event.ts'
import type { WriteTimings } from './lanes/lane-timings.ts'
import type { WriteStatus } from './lanes/write-health.ts'
import type { ShowReading } from './pictures/picture.ts'

/** A plan as a file. It is kept compressed; do not write into the bytes. */
export interface PlanFile {
  /** Tag for the ETag header: equal tags mean equal text. */
  readonly etag: string
  readonly gzip: Uint8Array
  text(): Promise<string>
}

/** Figures for health checks and metrics. */
export interface EngineStatus {
  /** Commands that wait for a lane, over all lanes. */
  readonly queued: number
  /** Lanes that have a connection just now, and how many there are. */
  readonly lanesConnected: number
  readonly lanes: number
  /** Since the start: batches sent, commands in them, batches sent again after a doubt. */
  readonly batches: number
  readonly commands: number
  readonly resent: number
  /** State of writing. */
  readonly writes: WriteStatus
  /** Settings of the database that are off, so that a crash could lose what is answered. */
  readonly unsafe: readonly string[]
  /** Seconds by which the time of any show that was written to is ahead of the database's clock. */
  readonly secondsAhead: number
}

/** A place where a promise is broken, found by `checkShow`. */
export interface Violation {
  /** Its number in docs/promises.md. */
  readonly promise: number
  readonly rule: string
  /** Seat, entry or hold concerned, by the numbers of the kernel. */
  readonly detail: string
}

/** Versions of some shows, by key, and the database's time in milliseconds since 1970. */
export interface ShowVersions {
  readonly now: number
  readonly versions: ReadonlyMap<string, number>
}

/** Seats of a show by status, and its live holds. */
export interface ShowCounts {
  readonly show: string
  readonly available: number
  readonly held: number
  readonly booked: number
  readonly blocked: number
  readonly holds: number
}

/** Number of rows that `pruneShow` deleted. */
export interface Pruned {
  readonly claims: number
  readonly refusals: number
}

/**
 * The seat engine: every operation of Rowlock, without HTTP. Made by `openEngine`. All operations
 * throw `Refusal` where they cannot do what was asked. `show` is always the public key, other
 * ids are public ids.
 */
export interface Engine extends EngineOperations {
  /** A plan as a file. Part of `getPlan` over HTTP. */
  exportPlan(plan: string, format: PlanExportFormat): Promise<PlanFile>

  /** `listSeats` without pages, as of one moment, some at a time. The file of seats over HTTP. */
  exportSeats(show: string, query: ListSeatsQuery): AsyncGenerator<Seat[]>

  /** Live holds of an owner in all shows, the soonest to end first. */
  listHoldsOf(owner: string, query: PageQuery): Promise<HoldList>
  /** Bookings of an owner in all shows, cancelled ones too, the newest first. */
  listBookingsOf(owner: string, query: PageQuery): Promise<BookingList>

  /** Reads what realtime is made from: a show, or what came after a version. */
  readShow(show: string, since: number | null): Promise<ShowReading>
  /** Reads the versions of some shows, in one query. */
  readVersions(shows: readonly string[]): Promise<ShowVersions>

  /** Events of a show, for who asks; whose, and from where on, is in the query. */
  listEvents(show: string, query: EventQuery): Promise<EventPage>
  /** The number of a show; null when there is none under the key. */
  showNumber(show: string): Promise<number | null>
  /** Finds work for the sender of webhooks: see `operations/webhook-deliveries.ts`. */
  webhookLook(wanted: { readonly withLags: boolean }): Promise<WebhookLook>
  webhookTurns(showIds: readonly number[], server: string): Promise<WebhookTurns>
  eventsOf(wanted: readonly EventsWanted[]): Promise<PromiseSettledResult<PlacedEvent[]>[]>
  settleLeases(server: string, reports: readonly LeaseReport[]): Promise<boolean[]>
  loneEventOf(lone: LoneEvent): Promise<Event | null>
  settleLoneEvent(lone: LoneEvent, sent: SentEvent, isDelivered: boolean): Promise<void>
  webhookTarget(
    caller: Caller,
    webhook: string,
  ): Promise<{ readonly url: string; readonly secrets: readonly string[] }>

  /** Reads off every promise that can be read off a show. Empty when all is well. */
  checkShow(show: string): Promise<Violation[]>
  /** Deletes what no longer counts. Nothing that anybody can see changes. */
  pruneShow(show: string, keepSeconds: number): Promise<Pruned>
  /** Deletes old answers of the catalogue; says how many there were. */
  pruneRequests(keepSeconds: number): Promise<number>
  /** Gives every seat back; says how many bookings, holds and blocks ended. */
  resetShow(caller: Caller, show: string): Promise<number>

  status(): EngineStatus
  timings(): WriteTimings
  /** Seats of the shows on sale by status, the soonest shows first: reads the claims. */
  countSeats(showsMax: number): Promise<ShowCounts[]>
  /**
   * Tells whether the next write would be done: the settings are safe, and either the last write
   * was, or a trial is. Never throws.
   */
  mayWrite(): Promise<boolean>
  /**
   * Reads by how many seconds a show's time is ahead of the database's clock; it never runs back.
   */
  readSecondsAhead(show: string): Promise<number>
  /** Finishes what was accepted, then closes its connections. The database stays open. */
  close(): Promise<void>
}
