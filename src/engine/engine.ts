import type { Answer, Caller, PageQuery, WriteRequest } from '../calls/index.ts'
import type {
  AddSeatsBody,
  Availability,
  Block,
  BlockSeatsBody,
  Booking,
  BookingList,
  BookSeatsBody,
  CancelBookingBody,
  ChangeShowBody,
  ConfirmHoldBody,
  CreatePlanBody,
  CreateShowBody,
  CreateVenueBody,
  ExtendHoldBody,
  Hold,
  HoldList,
  HoldSeatsBody,
  Journal,
  ListJournalQuery,
  ListSeatsQuery,
  ListShowsQuery,
  ListVenuesQuery,
  Plan,
  PlanExportFormat,
  ReleaseHoldBody,
  SeatList,
  SeatMap,
  Show,
  ShowList,
  Statuses,
  SwapSeatsBody,
  UnblockSeatsBody,
  Venue,
  VenueList,
} from '../protocol/index.ts'
import type { ShowReading } from './pictures/picture.ts'

/** A read that can be skipped when the caller has it already. */
export interface Tagged<Value> {
  /** Quoted, as in an ETag header. Equal tags mean equal content, but for `asOf`. */
  readonly etag: string
  read(): Value
}

/** A body of `createPlan` that nobody has looked into yet. */
export interface PlanUpload {
  readonly bytes: Uint8Array
  /** `json` for a `CreatePlanBody`, `csv` for a file of that format. */
  readonly type: 'json' | 'csv'
  /** Of the plan, where the file has none. */
  readonly name?: string | undefined
}

/** A plan as a file. It is kept compressed; do not write into the bytes. */
export interface PlanFile {
  /** As in an ETag header: equal tags mean equal text. */
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
}

/** A place where a promise is broken, found by `checkShow`. */
export interface Violation {
  /** Its number in the design. */
  readonly promise: number
  readonly rule: string
  /** Which seat, entry or hold, by the numbers of the kernel. */
  readonly detail: string
}

/** How far some shows are, by key, and the database's time in milliseconds since 1970. */
export interface ShowVersions {
  readonly now: number
  readonly versions: ReadonlyMap<string, number>
}

/** How many rows `pruneShow` deleted. */
export interface Pruned {
  readonly claims: number
  readonly refusals: number
}

/**
 * The seat engine: every operation of Rowlock, without HTTP. Made by `openEngine`. All operations
 * throw `Refusal` where they cannot do what was asked. `show` is always the public key, other
 * ids are public ids.
 */
export interface Engine {
  createVenue(request: WriteRequest, body: CreateVenueBody): Promise<Answer<Venue>>
  listVenues(query: ListVenuesQuery): Promise<VenueList>
  getVenue(venue: string): Promise<Venue>
  createPlan(
    request: WriteRequest,
    venue: string,
    body: CreatePlanBody | PlanUpload,
  ): Promise<Answer<Plan>>
  getPlan(plan: string): Promise<Plan>
  exportPlan(plan: string, format: PlanExportFormat): Promise<PlanFile>

  createShow(request: WriteRequest, body: CreateShowBody): Promise<Answer<Show>>
  listShows(query: ListShowsQuery): Promise<ShowList>
  getShow(show: string): Promise<Show>
  changeShow(request: WriteRequest, show: string, body: ChangeShowBody): Promise<Answer<Show>>
  addSeats(request: WriteRequest, show: string, body: AddSeatsBody): Promise<Answer<Show>>

  listSeats(show: string, query: ListSeatsQuery): Promise<SeatList>
  getAvailability(show: string): Promise<Tagged<Availability>>
  getStatuses(show: string): Promise<Tagged<Statuses>>
  getMap(show: string): Promise<Tagged<SeatMap>>
  listJournal(show: string, query: ListJournalQuery): Promise<Journal>

  holdSeats(request: WriteRequest, show: string, body: HoldSeatsBody): Promise<Answer<Hold>>
  getHold(caller: Caller, show: string, hold: string): Promise<Hold>
  extendHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ExtendHoldBody,
  ): Promise<Answer<Hold>>
  releaseHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ReleaseHoldBody,
  ): Promise<Answer<Hold>>
  confirmHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ConfirmHoldBody,
  ): Promise<Answer<Booking>>

  bookSeats(request: WriteRequest, show: string, body: BookSeatsBody): Promise<Answer<Booking>>
  getBooking(caller: Caller, show: string, booking: string): Promise<Booking>
  cancelBooking(
    request: WriteRequest,
    show: string,
    booking: string,
    body: CancelBookingBody,
  ): Promise<Answer<Booking>>
  swapSeats(
    request: WriteRequest,
    show: string,
    booking: string,
    body: SwapSeatsBody,
  ): Promise<Answer<Booking>>

  blockSeats(request: WriteRequest, show: string, body: BlockSeatsBody): Promise<Answer<Block>>
  unblockSeats(
    request: WriteRequest,
    show: string,
    block: string,
    body: UnblockSeatsBody,
  ): Promise<Answer<Block>>

  /** Live holds of an owner in all shows, the soonest to end first. */
  listHoldsOf(owner: string, query: PageQuery): Promise<HoldList>
  /** Bookings of an owner in all shows, cancelled ones too, the newest first. */
  listBookingsOf(owner: string, query: PageQuery): Promise<BookingList>

  /** What realtime is made from: a show, or what came after a version. */
  readShow(show: string, since: number | null): Promise<ShowReading>
  /** How far some shows are, in one query. */
  readVersions(shows: readonly string[]): Promise<ShowVersions>

  /** Reads off every promise that can be read off a show. Empty when all is well. */
  checkShow(show: string): Promise<Violation[]>
  /** Deletes what no longer counts. Nothing that anybody can see changes. */
  pruneShow(show: string, keepSeconds: number): Promise<Pruned>
  /** The same for answers of the catalogue; says how many there were. */
  pruneRequests(keepSeconds: number): Promise<number>
  /** Gives every seat back; says how many bookings, holds and blocks ended. */
  resetShow(caller: Caller, show: string): Promise<number>

  status(): EngineStatus
  /** Finishes what was accepted, then closes its connections. The database stays open. */
  close(): Promise<void>
}
