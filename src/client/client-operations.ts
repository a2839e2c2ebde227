// Made from src/protocol/operations by `npm run interfaces`: change it there.
import type {
  ActiveSession,
  AddSeatsBody,
  ApiKey,
  ApiKeyWithSecret,
  AuditEntry,
  Availability,
  BeginPasskeyBody,
  BeginSecondFactorBody,
  Block,
  BlockSeatsBody,
  Booking,
  BookSeatsBody,
  CancelBookingBody,
  ChangeApiKeyBody,
  ChangeBlockBody,
  ChangeBookingBody,
  ChangedPassword,
  ChangedUser,
  ChangeHoldBody,
  ChangeMeBody,
  ChangePasswordBody,
  ChangePlanBody,
  ChangeShowBody,
  ChangeUserBody,
  ChangeVenueBody,
  ChangeWebhookBody,
  ConfirmHoldBody,
  ConfirmPasskeyBody,
  ConfirmSecondFactorBody,
  CreateApiKeyBody,
  CreatedPlan,
  CreatedShow,
  CreatePlanBody,
  CreateSessionBody,
  CreateShowBody,
  CreateUserBody,
  CreateVenueBody,
  CreateWebhookBody,
  DeletedShow,
  EndedSessions,
  EventPage,
  ExtendHoldBody,
  FindBookingsQuery,
  GetReportQuery,
  Hold,
  HoldSeatsBody,
  JournalEntry,
  ListApiKeysQuery,
  ListAuditQuery,
  ListBlocksQuery,
  ListBookingsQuery,
  ListEventsQuery,
  ListHoldsQuery,
  ListJournalQuery,
  ListMyBookingsQuery,
  ListMyHoldsQuery,
  ListPlansQuery,
  ListSeatsQuery,
  ListShowsQuery,
  ListUsersQuery,
  ListVenuesQuery,
  ListWebhookDeliveriesQuery,
  ListWebhooksQuery,
  Me,
  NewPasskey,
  NewSecondFactor,
  Passkey,
  PasskeyChallenge,
  PasskeyOptions,
  Plan,
  PlanOverview,
  RecoveryCodes,
  RefreshSessionBody,
  ReleaseHoldBody,
  RemovePasskeyBody,
  RemoveSecondFactorBody,
  RepeatedShows,
  RepeatShowBody,
  ReplayWebhookBody,
  Report,
  RotateApiKeyBody,
  RotateWebhookSecretBody,
  Seat,
  SeatMap,
  Session,
  Show,
  SignInLink,
  Statuses,
  SwapSeatsBody,
  SystemState,
  TransferBookingBody,
  UnblockSeatsBody,
  User,
  Venue,
  Webhook,
  WebhookDelivery,
  WebhookWithSecret,
} from '../protocol/index.ts'
import type { CallOptions, Input, Pages, Query, WriteOptions } from './call-options.ts'

/** Every operation of the API under its `operationId`. */
export interface ClientOperations {
  /** Create a venue. */
  createVenue(body: Input<typeof CreateVenueBody>, options?: WriteOptions): Promise<Venue>

  /**
   * List venues.
   *
   * In the order of their ids. Retired ones only if you ask for them.
   */
  listVenues(query?: Query<typeof ListVenuesQuery>, options?: CallOptions): Pages<Venue>

  /** Get a venue. */
  getVenue(venue: string, options?: CallOptions): Promise<Venue>

  /**
   * Rename a venue, change its time zone, or retire it.
   *
   * Only the fields you send change. With a new time zone, shows still start at the same
   * instant. A retired venue takes no new plans or shows; its shows carry on.
   */
  changeVenue(
    venue: string,
    body: Input<typeof ChangeVenueBody>,
    options?: WriteOptions,
  ): Promise<Venue>

  /**
   * Create a plan.
   *
   * From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing. `source` is the
   * document itself; if you leave out its format, it is detected. You can also send a CSV file
   * as it is, as `text/csv`. All or nothing: a refusal lists every mistake and where it is. The
   * answer says what was understood, and warns of anything that may not be intended.
   */
  createPlan(
    venue: string,
    body: Input<typeof CreatePlanBody>,
    options?: WriteOptions,
  ): Promise<CreatedPlan>

  /**
   * List the plans of a venue.
   *
   * In the order in which they were created. Retired ones only if you ask for them.
   */
  listPlans(
    venue: string,
    query?: Query<typeof ListPlansQuery>,
    options?: CallOptions,
  ): Pages<PlanOverview>

  /**
   * Rename a plan, or retire it.
   *
   * A retired plan takes no new shows; its existing shows carry on. Its seats never change: to
   * change them, create another plan.
   */
  changePlan(
    plan: string,
    body: Input<typeof ChangePlanBody>,
    options?: WriteOptions,
  ): Promise<Plan>

  /**
   * Get a plan, or export it.
   *
   * Without a format: a summary of the plan. With one: the whole plan as a file, for callers
   * with credentials. `rowlock` loses nothing; `csv` and `pretix` lose what those formats cannot
   * express. In `csv`, cells that a spreadsheet would run as formulas begin with `'`, which our
   * importer removes again.
   */
  getPlan(plan: string, options?: CallOptions): Promise<Plan>

  /**
   * Create a show.
   *
   * On a venue's plan, or with seats of its own: a grid or a list of labels. Creating the same
   * show again is fine; another show under the same key is refused.
   */
  createShow(body: Input<typeof CreateShowBody>, options?: WriteOptions): Promise<CreatedShow>

  /**
   * List shows.
   *
   * In the order in which they start. Archived ones only if you ask for them.
   */
  listShows(query?: Query<typeof ListShowsQuery>, options?: CallOptions): Pages<Show>

  /** Get a show. */
  getShow(show: string, options?: CallOptions): Promise<Show>

  /**
   * Change the terms of a show, cancel or archive it.
   *
   * Only the fields you send change. Existing holds keep their time.
   */
  changeShow(
    show: string,
    body: Input<typeof ChangeShowBody>,
    options?: WriteOptions,
  ): Promise<Show>

  /**
   * Repeat a show on other dates.
   *
   * Creates shows on the same plan (or a copy of its own) and on the same terms, all or none.
   * Sales open when they do for the original show, and close as long before the start. Repeating
   * the request changes nothing.
   */
  repeatShow(
    show: string,
    body: Input<typeof RepeatShowBody>,
    options?: WriteOptions,
  ): Promise<RepeatedShows>

  /**
   * Delete a show that never sold anything.
   *
   * Its own seats go with it, and its key can be used again. Once anything has been sold, even
   * if it was cancelled since, a show can only be cancelled or archived.
   */
  deleteShow(show: string, options?: WriteOptions): Promise<DeletedShow>

  /**
   * Add seats to the show's own plan.
   *
   * Labels are trimmed, and blanks inside them folded; upper and lower case make no difference.
   * If any of the seats already exist, the refusal names all of them.
   */
  addSeats(show: string, body: Input<typeof AddSeatsBody>, options?: WriteOptions): Promise<Show>

  /**
   * List the journal of a show.
   *
   * One entry for each command that changed something: who, what, when, and by which request.
   * With a filter, a page may have fewer entries than you asked for, even none, and still have a
   * `next`: continue until that is null.
   */
  listJournal(
    show: string,
    query?: Query<typeof ListJournalQuery>,
    options?: CallOptions,
  ): Pages<JournalEntry>

  /**
   * Count the seats of a show by their properties.
   *
   * By status, section, category, row, holder or the day of the sale, or by several of them. It
   * reflects every command that was answered before it was asked for.
   */
  getReport(
    show: string,
    query?: Query<typeof GetReportQuery>,
    options?: CallOptions,
  ): Promise<Report>

  /** List the seats of a show with their status. */
  listSeats(show: string, query?: Query<typeof ListSeatsQuery>, options?: CallOptions): Pages<Seat>

  /**
   * Count the seats of a show by status.
   *
   * Over all, and per section and category. It reflects every command that was answered before
   * it was asked for.
   */
  getAvailability(show: string, options?: CallOptions): Promise<Availability>

  /**
   * Get everything you need to draw the seats.
   *
   * In columns: element n of each is seat number n. The map of a venue's plan never changes, and
   * may be cached forever; that of a show with its own seats may grow.
   */
  getMap(show: string, options?: CallOptions): Promise<SeatMap>

  /**
   * Get the status of every seat, one character each.
   *
   * Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.
   */
  getStatuses(show: string, options?: CallOptions): Promise<Statuses>

  /**
   * Hold seats.
   *
   * Seats by label, general admission places by quantity, or the best free seats. You get all of
   * them for some minutes, or none; a refusal says which were in the way, and why. The id of the
   * hold is its key: keep it secret.
   */
  holdSeats(show: string, body: Input<typeof HoldSeatsBody>, options?: WriteOptions): Promise<Hold>

  /**
   * List the live holds of a show.
   *
   * In the order in which they were made: yours, or all of them for the box office. Filters are
   * combined. To read a hold that has ended, use its id.
   */
  listHolds(show: string, query?: Query<typeof ListHoldsQuery>, options?: CallOptions): Pages<Hold>

  /** Get a hold and how long it has left. */
  getHold(show: string, hold: string, options?: CallOptions): Promise<Hold>

  /**
   * Extend a hold.
   *
   * Counted from now, and never beyond the maximum life of a hold that the show allows.
   */
  extendHold(
    show: string,
    hold: string,
    body?: Input<typeof ExtendHoldBody>,
    options?: WriteOptions,
  ): Promise<Hold>

  /**
   * Change a hold: its seats, holder, reference or notes.
   *
   * In one step, all or nothing: seats that the hold keeps are never free in between, and it
   * ends when it would have. Limits count the difference. To give all seats back, release the
   * hold. You can change the holder, reference and metadata together with the seats, or alone.
   */
  changeHold(
    show: string,
    hold: string,
    body: Input<typeof ChangeHoldBody>,
    options?: WriteOptions,
  ): Promise<Hold>

  /**
   * Release a hold, or some of its seats.
   *
   * Returns the hold as it ended, however often you ask.
   */
  releaseHold(
    show: string,
    hold: string,
    body?: Input<typeof ReleaseHoldBody>,
    options?: WriteOptions,
  ): Promise<Hold>

  /**
   * Turn a hold into a booking.
   *
   * Exactly its seats, exactly once. Confirm again, and you get the same booking; with another
   * `reference`, you get the refusal `already_confirmed` with that booking: the second payment
   * bought nothing. A hold that has run out is refused, unless you ask to `reacquire` its seats
   * and all of them are free.
   */
  confirmHold(
    show: string,
    hold: string,
    body?: Input<typeof ConfirmHoldBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /**
   * Book seats directly.
   *
   * Without a hold: all of them or none. The box office, and API keys with the scope `block`,
   * may take them out of a `block`.
   */
  bookSeats(
    show: string,
    body: Input<typeof BookSeatsBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /**
   * List the bookings of a show.
   *
   * The newest first, including cancelled ones: yours, or all of them for the box office.
   * Filters are combined. A page may have fewer bookings than you asked for, even none, and
   * still have a `next`: continue until that is null.
   */
  listBookings(
    show: string,
    query?: Query<typeof ListBookingsQuery>,
    options?: CallOptions,
  ): Pages<Booking>

  /**
   * Find bookings in all shows by reference or holder.
   *
   * The newest first, including cancelled ones: yours, or all of them for the box office. If you
   * lost an answer and its key, ask here whether your reference has bought something.
   */
  findBookings(query?: Query<typeof FindBookingsQuery>, options?: CallOptions): Pages<Booking>

  /** Get a booking. */
  getBooking(show: string, booking: string, options?: CallOptions): Promise<Booking>

  /**
   * Change the reference or the notes of a booking.
   *
   * What you leave out stays as it is. To change seats, swap or cancel them; to change the
   * holder, transfer the booking.
   */
  changeBooking(
    show: string,
    booking: string,
    body: Input<typeof ChangeBookingBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /**
   * Cancel a booking, or some of its seats.
   *
   * The seats are on sale again at once. Cancelling again changes nothing.
   */
  cancelBooking(
    show: string,
    booking: string,
    body?: Input<typeof CancelBookingBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /**
   * Swap seats of a booking for others.
   *
   * In one step: no one else can take either in between.
   */
  swapSeats(
    show: string,
    booking: string,
    body: Input<typeof SwapSeatsBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /**
   * Hand a booking on to another holder, or some of its seats.
   *
   * The booking keeps its id. With `seats`, those become a new booking, which you get back, and
   * the rest stays. No one else can take a seat in between, and the history says whose it was.
   */
  transferBooking(
    show: string,
    booking: string,
    body: Input<typeof TransferBookingBody>,
    options?: WriteOptions,
  ): Promise<Booking>

  /** Block seats. */
  blockSeats(
    show: string,
    body: Input<typeof BlockSeatsBody>,
    options?: WriteOptions,
  ): Promise<Block>

  /**
   * List the blocks of a show.
   *
   * Those that withhold seats now, in the order in which they were made: yours, or all of them
   * for the box office. To read a block that was released, use its id.
   */
  listBlocks(
    show: string,
    query?: Query<typeof ListBlocksQuery>,
    options?: CallOptions,
  ): Pages<Block>

  /** Get a block. */
  getBlock(show: string, block: string, options?: CallOptions): Promise<Block>

  /**
   * Change why seats are blocked, and for whom.
   *
   * What you leave out stays as it is, and so do its seats.
   */
  changeBlock(
    show: string,
    block: string,
    body: Input<typeof ChangeBlockBody>,
    options?: WriteOptions,
  ): Promise<Block>

  /**
   * Release a block, or some of its seats.
   *
   * Returns the block as it is afterwards, however often you ask.
   */
  unblockSeats(
    show: string,
    block: string,
    body?: Input<typeof UnblockSeatsBody>,
    options?: WriteOptions,
  ): Promise<Block>

  /**
   * Create a user.
   *
   * Anyone may create an account for themselves, unless registration is closed. Only an operator
   * may give a `role` other than `user`, or create a user without a password. An e-mail address
   * belongs to one user.
   */
  createUser(body: Input<typeof CreateUserBody>, options?: WriteOptions): Promise<User>

  /** List users. */
  listUsers(query?: Query<typeof ListUsersQuery>, options?: CallOptions): Pages<User>

  /** Get a user. */
  getUser(user: string, options?: CallOptions): Promise<User>

  /**
   * Change a user or their role.
   *
   * A new role, and disabling, end the user's sessions. If the e-mail address is unverified, a
   * role also clears the password, because the person who registered the address may not be its
   * owner. The answer then has a sign-in link for the right person.
   */
  changeUser(
    user: string,
    body: Input<typeof ChangeUserBody>,
    options?: WriteOptions,
  ): Promise<ChangedUser>

  /**
   * Create a one-time sign-in link.
   *
   * For people who have no password, or have forgotten it. It works once, for 30 minutes. The
   * token comes after the `#` of the address, which browsers never send.
   */
  createSignInLink(user: string, options?: WriteOptions): Promise<SignInLink>

  /**
   * Sign a user out everywhere.
   *
   * Unused sign-in links end as well.
   */
  endUserSessions(user: string, options?: WriteOptions): Promise<EndedSessions>

  /**
   * Remove the second factor of a user.
   *
   * For someone who has lost their device and the recovery codes. Removes the app, all passkeys
   * and the recovery codes.
   */
  removeUserSecondFactor(user: string, options?: WriteOptions): Promise<User>

  /**
   * Sign in.
   *
   * With e-mail and password, with the token of a sign-in link, or with a passkey alone, if it
   * has checked who you are (PIN, fingerprint, face). The access token is for `Authorization:
   * Bearer` and lasts `accessSeconds`; the refresh token gives the next one. With `cookies`,
   * both are cookies that no script can read, for pages of this server; the browser's previous
   * session ends.
   */
  createSession(body: Input<typeof CreateSessionBody>, options?: WriteOptions): Promise<Session>

  /**
   * Create a challenge for a passkey.
   *
   * What `navigator.credentials.get()` needs. Send what the passkey signs as `passkey` to
   * `createSession`, and to any operation that takes a second factor. A challenge works once,
   * for five minutes. It says nothing about who has which passkeys.
   */
  createPasskeyChallenge(options?: WriteOptions): Promise<PasskeyChallenge>

  /**
   * Renew a session.
   *
   * Each refresh token is good for one use, and gives you the next. Within ten seconds it gives
   * you the same one again, in case the answer got lost. If it is used later than that, we
   * assume it was stolen, and the session ends. Without a token in the body, the cookie counts,
   * and the answer comes as cookies.
   */
  refreshSession(body?: Input<typeof RefreshSessionBody>, options?: WriteOptions): Promise<Session>

  /** Sign out. */
  endSession(options?: WriteOptions): Promise<EndedSessions>

  /** Sign out everywhere. */
  endAllSessions(options?: WriteOptions): Promise<EndedSessions>

  /** Get the current caller: a user, an API key or the operator key. */
  getMe(options?: CallOptions): Promise<Me>

  /**
   * Change my name, e-mail or telephone number.
   *
   * To change the e-mail address, send the password, if there is one; and a code, a passkey or a
   * recovery code, if you have a second factor.
   */
  changeMe(body: Input<typeof ChangeMeBody>, options?: WriteOptions): Promise<User>

  /**
   * Change my password.
   *
   * Ends all other sessions, and every refresh token of this one: the answer has new tokens, or
   * sets new cookies. If you have no password yet, it sets the first one. If you have a second
   * factor, send a code, a passkey or a recovery code as well.
   */
  changePassword(
    body: Input<typeof ChangePasswordBody>,
    options?: WriteOptions,
  ): Promise<ChangedPassword>

  /**
   * List my sessions.
   *
   * Where you are signed in, the most recently used first: at most 20.
   */
  listMySessions(options?: CallOptions): Pages<ActiveSession>

  /**
   * Sign out somewhere else.
   *
   * Ending a session that has ended changes nothing.
   */
  endMySession(session: string, options?: WriteOptions): Promise<EndedSessions>

  /**
   * List my live holds, in all shows.
   *
   * The soonest to end first. Empty for callers without an account. If you confirmed or released
   * thousands of holds early, a page may be short, even empty, and still have a `next`.
   */
  listMyHolds(query?: Query<typeof ListMyHoldsQuery>, options?: CallOptions): Pages<Hold>

  /**
   * List my bookings, in all shows.
   *
   * The newest first, including cancelled ones. Empty for callers without an account.
   */
  listMyBookings(query?: Query<typeof ListMyBookingsQuery>, options?: CallOptions): Pages<Booking>

  /**
   * Set up codes of an app as a second factor.
   *
   * Returns what an authenticator app needs (TOTP, RFC 6238). It counts once you have confirmed
   * a code; until then you can begin again. If you have passkeys, send one of them, or a
   * recovery code.
   */
  beginSecondFactor(
    body: Input<typeof BeginSecondFactorBody>,
    options?: WriteOptions,
  ): Promise<NewSecondFactor>

  /**
   * Confirm the app with a code.
   *
   * From now on, signing in takes a code, or a passkey if you have one. Returns ten recovery
   * codes, each good for one use, which replace those you had. You see them only now. If it is
   * your first second factor, all other sessions end.
   */
  confirmSecondFactor(
    body: Input<typeof ConfirmSecondFactorBody>,
    options?: WriteOptions,
  ): Promise<RecoveryCodes>

  /**
   * Remove the app.
   *
   * With the password, and a code, a passkey or a recovery code. If you have no passkey, the
   * recovery codes are removed as well, and the password alone signs you in.
   */
  removeSecondFactor(
    body: Input<typeof RemoveSecondFactorBody>,
    options?: WriteOptions,
  ): Promise<User>

  /**
   * List my passkeys.
   *
   * The oldest first: at most 10.
   */
  listMyPasskeys(options?: CallOptions): Pages<Passkey>

  /**
   * Set up a passkey.
   *
   * What `navigator.credentials.create()` needs, for five minutes and this session. A passkey is
   * a second factor for your password, or signs you in on its own. If you already have a second
   * factor, prove it.
   */
  beginPasskey(
    body: Input<typeof BeginPasskeyBody>,
    options?: WriteOptions,
  ): Promise<PasskeyOptions>

  /**
   * Confirm the passkey that the browser made.
   *
   * It counts from now on. If it is your first second factor, all other sessions end, and the
   * answer has ten recovery codes, each good for one use. You see them only now.
   */
  confirmPasskey(
    body: Input<typeof ConfirmPasskeyBody>,
    options?: WriteOptions,
  ): Promise<NewPasskey>

  /**
   * Remove a passkey.
   *
   * With the password, and a passkey (this one or another), a code or a recovery code. If it was
   * your last second factor, the recovery codes are removed as well, and the password alone
   * signs you in.
   */
  removePasskey(
    passkey: string,
    body: Input<typeof RemovePasskeyBody>,
    options?: WriteOptions,
  ): Promise<User>

  /**
   * Create an API key.
   *
   * For a partner system: what it may do (`scopes`), and for which shows (all, if you leave out
   * `shows`). You see the `secret` only in this answer: we keep only its hash.
   */
  createApiKey(
    body: Input<typeof CreateApiKeyBody>,
    options?: WriteOptions,
  ): Promise<ApiKeyWithSecret>

  /** List API keys. */
  listApiKeys(query?: Query<typeof ListApiKeysQuery>, options?: CallOptions): Pages<ApiKey>

  /**
   * Get an API key.
   *
   * What it may do, when it was last used, and how its secrets begin.
   */
  getApiKey(key: string, options?: CallOptions): Promise<ApiKey>

  /**
   * Rename an API key.
   *
   * Its scopes and shows stay as they are: if a partner needs more, create another key and
   * revoke this one. Repeating the call has the same effect.
   */
  changeApiKey(
    key: string,
    body: Input<typeof ChangeApiKeyBody>,
    options?: WriteOptions,
  ): Promise<ApiKey>

  /**
   * Rotate the secret of an API key.
   *
   * Existing secrets keep working for `overlapSeconds` (a day by default), so that the partner
   * can switch without a gap.
   */
  rotateApiKey(
    key: string,
    body?: Input<typeof RotateApiKeyBody>,
    options?: WriteOptions,
  ): Promise<ApiKeyWithSecret>

  /**
   * Revoke an API key and all its secrets.
   *
   * At once on the server you call, within 5 seconds on all others.
   */
  revokeApiKey(key: string, options?: WriteOptions): Promise<ApiKey>

  /**
   * List administrative acts, newest first.
   *
   * Who did what to whom. The log is append-only. `action` is the name of an operation, or
   * `bootstrap`, `refresh_reused`, `sign_in_failed`.
   */
  listAudit(query?: Query<typeof ListAuditQuery>, options?: CallOptions): Pages<AuditEntry>

  /**
   * Create a webhook.
   *
   * Every event is sent to `url` as a signed POST (Standard Webhooks): `hold.created`,
   * `booking.created` and so on, of all shows or some. You see the `secret` that signs them only
   * in this answer. Everything that happens from now on is delivered at least once.
   */
  createWebhook(
    body: Input<typeof CreateWebhookBody>,
    options?: WriteOptions,
  ): Promise<WebhookWithSecret>

  /**
   * List webhooks.
   *
   * A partner sees its own.
   */
  listWebhooks(query?: Query<typeof ListWebhooksQuery>, options?: CallOptions): Pages<Webhook>

  /** Get a webhook. */
  getWebhook(webhook: string, options?: CallOptions): Promise<Webhook>

  /**
   * Change, disable or enable a webhook.
   *
   * While it is disabled, nothing is sent; enabled again, it resumes where it stopped. Repeating
   * the call has the same effect.
   */
  changeWebhook(
    webhook: string,
    body: Input<typeof ChangeWebhookBody>,
    options?: WriteOptions,
  ): Promise<Webhook>

  /**
   * Delete a webhook.
   *
   * Returns the webhook as it was. Events waiting for it are dropped.
   */
  deleteWebhook(webhook: string, options?: WriteOptions): Promise<Webhook>

  /**
   * Give a webhook a new secret.
   *
   * For `overlapSeconds` (a day by default), each delivery is signed with both secrets, so that
   * you can switch without a gap.
   */
  rotateWebhookSecret(
    webhook: string,
    body?: Input<typeof RotateWebhookSecretBody>,
    options?: WriteOptions,
  ): Promise<WebhookWithSecret>

  /**
   * Send a test event.
   *
   * Sends a signed `webhook.test` now, and returns the response.
   */
  testWebhook(webhook: string, options?: WriteOptions): Promise<WebhookDelivery>

  /**
   * List deliveries of a webhook.
   *
   * Those that failed and will be retried, those that were given up, and the latest that
   * arrived.
   */
  listWebhookDeliveries(
    webhook: string,
    query?: Query<typeof ListWebhookDeliveriesQuery>,
    options?: CallOptions,
  ): Pages<WebhookDelivery>

  /**
   * Deliver events of a show again.
   *
   * Everything after a version, in order. Receivers recognise duplicates by `webhook-id`.
   */
  replayWebhook(
    webhook: string,
    body: Input<typeof ReplayWebhookBody>,
    options?: WriteOptions,
  ): Promise<Webhook>

  /**
   * List events of a show, or wait for some.
   *
   * The same events that webhooks are sent, for systems that would rather poll. Pass the `after`
   * of the previous page, and `wait` to get an answer as soon as something happens. An `after`
   * from a history that a restore of the database has undone is refused.
   */
  listEvents(
    show: string,
    query?: Query<typeof ListEventsQuery>,
    options?: CallOptions,
  ): Promise<EventPage>

  /**
   * Get the state of the server.
   *
   * The state of the server that answers; other servers on the same database keep their own
   * count. Answers 200 even while the database cannot be reached.
   */
  getSystem(options?: CallOptions): Promise<SystemState>
}

/**
 * Endpoint of each method. `list` is a GET that comes in pages, `whole` one of these that is
 * asked nothing, `ask` a GET that is asked for one answer, `act` a POST that needs to be told
 * nothing; the others are methods of HTTP.
 */
export const ENDPOINTS = {
  createVenue: 'post /v1/venues',
  listVenues: 'list /v1/venues',
  getVenue: 'get /v1/venues/{venue}',
  changeVenue: 'patch /v1/venues/{venue}',
  createPlan: 'post /v1/venues/{venue}/plans',
  listPlans: 'list /v1/venues/{venue}/plans',
  changePlan: 'patch /v1/plans/{plan}',
  getPlan: 'get /v1/plans/{plan}',
  createShow: 'post /v1/shows',
  listShows: 'list /v1/shows',
  getShow: 'get /v1/shows/{show}',
  changeShow: 'patch /v1/shows/{show}',
  repeatShow: 'post /v1/shows/{show}/repeat',
  deleteShow: 'act /v1/shows/{show}/delete',
  addSeats: 'post /v1/shows/{show}/seats',
  listJournal: 'list /v1/shows/{show}/journal',
  getReport: 'ask /v1/shows/{show}/report',
  listSeats: 'list /v1/shows/{show}/seats',
  getAvailability: 'get /v1/shows/{show}/availability',
  getMap: 'get /v1/shows/{show}/map',
  getStatuses: 'get /v1/shows/{show}/statuses',
  holdSeats: 'post /v1/shows/{show}/holds',
  listHolds: 'list /v1/shows/{show}/holds',
  getHold: 'get /v1/shows/{show}/holds/{hold}',
  extendHold: 'post /v1/shows/{show}/holds/{hold}/extend',
  changeHold: 'post /v1/shows/{show}/holds/{hold}/change',
  releaseHold: 'post /v1/shows/{show}/holds/{hold}/release',
  confirmHold: 'post /v1/shows/{show}/holds/{hold}/confirm',
  bookSeats: 'post /v1/shows/{show}/bookings',
  listBookings: 'list /v1/shows/{show}/bookings',
  findBookings: 'list /v1/bookings',
  getBooking: 'get /v1/shows/{show}/bookings/{booking}',
  changeBooking: 'patch /v1/shows/{show}/bookings/{booking}',
  cancelBooking: 'post /v1/shows/{show}/bookings/{booking}/cancel',
  swapSeats: 'post /v1/shows/{show}/bookings/{booking}/swap',
  transferBooking: 'post /v1/shows/{show}/bookings/{booking}/transfer',
  blockSeats: 'post /v1/shows/{show}/blocks',
  listBlocks: 'list /v1/shows/{show}/blocks',
  getBlock: 'get /v1/shows/{show}/blocks/{block}',
  changeBlock: 'patch /v1/shows/{show}/blocks/{block}',
  unblockSeats: 'post /v1/shows/{show}/blocks/{block}/release',
  createUser: 'post /v1/users',
  listUsers: 'list /v1/users',
  getUser: 'get /v1/users/{user}',
  changeUser: 'patch /v1/users/{user}',
  createSignInLink: 'act /v1/users/{user}/links',
  endUserSessions: 'act /v1/users/{user}/sessions/end',
  removeUserSecondFactor: 'act /v1/users/{user}/second-factor/remove',
  createSession: 'post /v1/sessions',
  createPasskeyChallenge: 'act /v1/sessions/passkey-challenge',
  refreshSession: 'post /v1/sessions/refresh',
  endSession: 'act /v1/sessions/end',
  endAllSessions: 'act /v1/sessions/end-all',
  getMe: 'get /v1/me',
  changeMe: 'patch /v1/me',
  changePassword: 'post /v1/me/password',
  listMySessions: 'whole /v1/me/sessions',
  endMySession: 'act /v1/me/sessions/{session}/end',
  listMyHolds: 'list /v1/me/holds',
  listMyBookings: 'list /v1/me/bookings',
  beginSecondFactor: 'post /v1/me/second-factor',
  confirmSecondFactor: 'post /v1/me/second-factor/confirm',
  removeSecondFactor: 'post /v1/me/second-factor/remove',
  listMyPasskeys: 'whole /v1/me/passkeys',
  beginPasskey: 'post /v1/me/passkeys',
  confirmPasskey: 'post /v1/me/passkeys/confirm',
  removePasskey: 'post /v1/me/passkeys/{passkey}/remove',
  createApiKey: 'post /v1/api-keys',
  listApiKeys: 'list /v1/api-keys',
  getApiKey: 'get /v1/api-keys/{key}',
  changeApiKey: 'patch /v1/api-keys/{key}',
  rotateApiKey: 'post /v1/api-keys/{key}/rotate',
  revokeApiKey: 'act /v1/api-keys/{key}/revoke',
  listAudit: 'list /v1/audit',
  createWebhook: 'post /v1/webhooks',
  listWebhooks: 'list /v1/webhooks',
  getWebhook: 'get /v1/webhooks/{webhook}',
  changeWebhook: 'patch /v1/webhooks/{webhook}',
  deleteWebhook: 'act /v1/webhooks/{webhook}/delete',
  rotateWebhookSecret: 'post /v1/webhooks/{webhook}/rotate',
  testWebhook: 'act /v1/webhooks/{webhook}/test',
  listWebhookDeliveries: 'list /v1/webhooks/{webhook}/deliveries',
  replayWebhook: 'post /v1/webhooks/{webhook}/replay',
  listEvents: 'ask /v1/shows/{show}/events',
  getSystem: 'get /v1/system',
} as const satisfies Record<keyof ClientOperations, string>
