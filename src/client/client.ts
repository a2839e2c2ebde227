import type { z } from 'zod'
import type {
  AddSeatsBody,
  ApiKey,
  ApiKeyWithSecret,
  AuditEntry,
  Availability,
  Block,
  BlockSeatsBody,
  Booking,
  BookSeatsBody,
  CancelBookingBody,
  ChangeMeBody,
  ChangePasswordBody,
  ChangeShowBody,
  ChangeUserBody,
  ConfirmHoldBody,
  CreateApiKeyBody,
  CreatePlanBody,
  CreateSessionBody,
  CreateShowBody,
  CreateUserBody,
  CreateVenueBody,
  EndedSessions,
  ExtendHoldBody,
  Hold,
  HoldSeatsBody,
  JournalEntry,
  ListApiKeysQuery,
  ListAuditQuery,
  ListJournalQuery,
  ListSeatsQuery,
  ListShowsQuery,
  ListUsersQuery,
  ListVenuesQuery,
  Me,
  Plan,
  PlanExportFormat,
  RefreshSessionBody,
  ReleaseHoldBody,
  RotateApiKeyBody,
  Seat,
  SeatMap,
  Session,
  Show,
  SignInLink,
  Statuses,
  SwapSeatsBody,
  UnblockSeatsBody,
  User,
  Venue,
} from '../protocol/index.ts'
import type { ShowWatch, WatchOptions } from './show-watch.ts'

/** What a call takes before defaults are filled in. */
type Input<Schema extends z.ZodType> = z.input<Schema>
/** A query as callers write it: pages are numbers, not text. */
type Query<Schema extends z.ZodType> = Partial<z.output<Schema>>

/** Which page of a list. */
type PageQuery = { readonly limit?: number; readonly cursor?: string }

/** What every call can be told. */
export interface CallOptions {
  /** Ends the call, and its retries, with the signal's reason. */
  readonly signal?: AbortSignal
  /** For each attempt; the client's own `timeoutMs` when left out. */
  readonly timeoutMs?: number
  /** Each part of the answer's text as it comes; `isFirst` is the first one of an attempt. */
  readonly onPart?: (text: string, isFirst: boolean) => void
}

/** What a write can be told besides. */
export interface WriteOptions extends CallOptions {
  /**
   * A new UUID for each call when left out, kept over its retries. Pass one that outlives the
   * process where the call may have to be repeated after a crash.
   */
  readonly idempotencyKey?: string
}

/** One page of a list; `next` is the cursor of the next one, or null at the end. */
export interface Page<Item> {
  readonly items: Item[]
  readonly next: string | null
}

/**
 * A list: awaited it is one page, iterated it is every item of every page from there on.
 * `for await (const seat of client.listSeats('hamlet'))`
 */
export interface Pages<Item> extends Promise<Page<Item>>, AsyncIterable<Item> {}

/**
 * Every operation of the API under its `operationId`. All throw `RowlockError` for a refusal, also
 * where no answer came at all (`no_answer`), and the signal's reason where it was aborted.
 */
export interface Client {
  createVenue(body: Input<typeof CreateVenueBody>, options?: WriteOptions): Promise<Venue>
  listVenues(query?: Query<typeof ListVenuesQuery>, options?: CallOptions): Pages<Venue>
  getVenue(venue: string, options?: CallOptions): Promise<Venue>

  createPlan(
    venue: string,
    body: Input<typeof CreatePlanBody>,
    options?: WriteOptions,
  ): Promise<Plan>
  getPlan(plan: string, options?: CallOptions): Promise<Plan>
  /** `getPlan` with a format: the whole plan as the text of a file. */
  exportPlan(plan: string, format: PlanExportFormat, options?: CallOptions): Promise<string>

  createShow(body: Input<typeof CreateShowBody>, options?: WriteOptions): Promise<Show>
  listShows(query?: Query<typeof ListShowsQuery>, options?: CallOptions): Pages<Show>
  getShow(show: string, options?: CallOptions): Promise<Show>
  changeShow(
    show: string,
    body: Input<typeof ChangeShowBody>,
    options?: WriteOptions,
  ): Promise<Show>
  addSeats(show: string, body: Input<typeof AddSeatsBody>, options?: WriteOptions): Promise<Show>

  listSeats(show: string, query?: Query<typeof ListSeatsQuery>, options?: CallOptions): Pages<Seat>
  getAvailability(show: string, options?: CallOptions): Promise<Availability>
  getStatuses(show: string, options?: CallOptions): Promise<Statuses>
  getMap(show: string, options?: CallOptions): Promise<SeatMap>
  listJournal(
    show: string,
    query?: Query<typeof ListJournalQuery>,
    options?: CallOptions,
  ): Pages<JournalEntry>

  holdSeats(show: string, body: Input<typeof HoldSeatsBody>, options?: WriteOptions): Promise<Hold>
  getHold(show: string, hold: string, options?: CallOptions): Promise<Hold>
  extendHold(
    show: string,
    hold: string,
    body?: Input<typeof ExtendHoldBody>,
    options?: WriteOptions,
  ): Promise<Hold>
  releaseHold(
    show: string,
    hold: string,
    body?: Input<typeof ReleaseHoldBody>,
    options?: WriteOptions,
  ): Promise<Hold>
  confirmHold(
    show: string,
    hold: string,
    body?: Input<typeof ConfirmHoldBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  bookSeats(
    show: string,
    body: Input<typeof BookSeatsBody>,
    options?: WriteOptions,
  ): Promise<Booking>
  getBooking(show: string, booking: string, options?: CallOptions): Promise<Booking>
  cancelBooking(
    show: string,
    booking: string,
    body?: Input<typeof CancelBookingBody>,
    options?: WriteOptions,
  ): Promise<Booking>
  swapSeats(
    show: string,
    booking: string,
    body: Input<typeof SwapSeatsBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  blockSeats(
    show: string,
    body: Input<typeof BlockSeatsBody>,
    options?: WriteOptions,
  ): Promise<Block>
  unblockSeats(
    show: string,
    block: string,
    body?: Input<typeof UnblockSeatsBody>,
    options?: WriteOptions,
  ): Promise<Block>

  createUser(body: Input<typeof CreateUserBody>, options?: WriteOptions): Promise<User>
  listUsers(query?: Query<typeof ListUsersQuery>, options?: CallOptions): Pages<User>
  getUser(user: string, options?: CallOptions): Promise<User>
  changeUser(
    user: string,
    body: Input<typeof ChangeUserBody>,
    options?: WriteOptions,
  ): Promise<User>
  createSignInLink(user: string, options?: WriteOptions): Promise<SignInLink>

  createSession(body: Input<typeof CreateSessionBody>, options?: WriteOptions): Promise<Session>
  /** Without a token, by the cookie. */
  refreshSession(body?: Input<typeof RefreshSessionBody>, options?: WriteOptions): Promise<Session>
  endSession(options?: WriteOptions): Promise<EndedSessions>
  endAllSessions(options?: WriteOptions): Promise<EndedSessions>

  getMe(options?: CallOptions): Promise<Me>
  changeMe(body: Input<typeof ChangeMeBody>, options?: WriteOptions): Promise<User>
  changePassword(
    body: Input<typeof ChangePasswordBody>,
    options?: WriteOptions,
  ): Promise<EndedSessions>
  listMyHolds(query?: PageQuery, options?: CallOptions): Pages<Hold>
  listMyBookings(query?: PageQuery, options?: CallOptions): Pages<Booking>

  createApiKey(
    body: Input<typeof CreateApiKeyBody>,
    options?: WriteOptions,
  ): Promise<ApiKeyWithSecret>
  listApiKeys(query?: Query<typeof ListApiKeysQuery>, options?: CallOptions): Pages<ApiKey>
  rotateApiKey(
    key: string,
    body?: Input<typeof RotateApiKeyBody>,
    options?: WriteOptions,
  ): Promise<ApiKeyWithSecret>
  revokeApiKey(key: string, options?: WriteOptions): Promise<ApiKey>
  listAudit(query?: Query<typeof ListAuditQuery>, options?: CallOptions): Pages<AuditEntry>

  /**
   * Keeps a live view of a show's seats, over lost connections, until it is closed or aborted.
   * Built on `streamShow`.
   */
  watchShow(show: string, options?: WatchOptions): ShowWatch
}
