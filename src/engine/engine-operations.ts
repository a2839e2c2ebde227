// Made from src/protocol/operations by `npm run interfaces`: change it there.
import type { Answer, Caller, WriteRequest } from '../calls/index.ts'
import type {
  AddSeatsBody,
  Availability,
  Block,
  BlockList,
  BlockSeatsBody,
  Booking,
  BookingList,
  BookSeatsBody,
  CancelBookingBody,
  ChangeBlockBody,
  ChangeBookingBody,
  ChangeHoldBody,
  ChangePlanBody,
  ChangeShowBody,
  ChangeVenueBody,
  ChangeWebhookBody,
  ConfirmHoldBody,
  CreatedPlan,
  CreatedShow,
  CreatePlanBody,
  CreateShowBody,
  CreateVenueBody,
  CreateWebhookBody,
  DeletedShow,
  ExtendHoldBody,
  FindBookingsQuery,
  GetReportQuery,
  Hold,
  HoldList,
  HoldSeatsBody,
  Journal,
  ListBlocksQuery,
  ListBookingsQuery,
  ListHoldsQuery,
  ListJournalQuery,
  ListPlansQuery,
  ListSeatsQuery,
  ListShowsQuery,
  ListVenuesQuery,
  ListWebhookDeliveriesQuery,
  ListWebhooksQuery,
  Plan,
  PlanList,
  ReleaseHoldBody,
  RepeatedShows,
  RepeatShowBody,
  ReplayWebhookBody,
  Report,
  RotateWebhookSecretBody,
  SeatList,
  SeatMap,
  Show,
  ShowList,
  Statuses,
  SwapSeatsBody,
  TransferBookingBody,
  UnblockSeatsBody,
  Venue,
  VenueList,
  Webhook,
  WebhookDeliveryList,
  WebhookList,
  WebhookWithSecret,
} from '../protocol/index.ts'
import type { PlanUpload } from './plan-upload.ts'
import type { Tagged } from './tagged.ts'

/** Every operation of the contract that the engine carries out. */
export interface EngineOperations {
  /** Create a venue. */
  createVenue(request: WriteRequest, body: CreateVenueBody): Promise<Answer<Venue>>

  /**
   * List venues.
   *
   * In the order of their ids. Retired ones only if you ask for them.
   */
  listVenues(query: ListVenuesQuery): Promise<VenueList>

  /**
   * Get a venue.
   *
   * Refusals: `venue_unknown`.
   */
  getVenue(venue: string): Promise<Venue>

  /**
   * Rename a venue, change its time zone, or retire it.
   *
   * Only the fields you send change. With a new time zone, shows still start at the same
   * instant. A retired venue takes no new plans or shows; its shows carry on.
   *
   * Refusals: `venue_unknown`.
   */
  changeVenue(request: WriteRequest, venue: string, body: ChangeVenueBody): Promise<Answer<Venue>>

  /**
   * Create a plan.
   *
   * From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing. `source` is the
   * document itself; if you leave out its format, it is detected. You can also send a CSV file
   * as it is, as `text/csv`. All or nothing: a refusal lists every mistake and where it is. The
   * answer says what was understood, and warns of anything that may not be intended.
   *
   * Refusals: `venue_unknown`, `plan_invalid`, `venue_retired`.
   */
  createPlan(
    request: WriteRequest,
    venue: string,
    body: CreatePlanBody | PlanUpload,
  ): Promise<Answer<CreatedPlan>>

  /**
   * List the plans of a venue.
   *
   * In the order in which they were created. Retired ones only if you ask for them.
   *
   * Refusals: `venue_unknown`.
   */
  listPlans(venue: string, query: ListPlansQuery): Promise<PlanList>

  /**
   * Rename a plan, or retire it.
   *
   * A retired plan takes no new shows; its existing shows carry on. Its seats never change: to
   * change them, create another plan.
   *
   * Refusals: `plan_unknown`.
   */
  changePlan(request: WriteRequest, plan: string, body: ChangePlanBody): Promise<Answer<Plan>>

  /**
   * Get a plan, or export it.
   *
   * Without a format: a summary of the plan. With one: the whole plan as a file, for callers
   * with credentials. `rowlock` loses nothing; `csv` and `pretix` lose what those formats cannot
   * express. In `csv`, cells that a spreadsheet would run as formulas begin with `'`, which our
   * importer removes again.
   *
   * Refusals: `plan_unknown`.
   */
  getPlan(plan: string): Promise<Plan>

  /**
   * Create a show.
   *
   * On a venue's plan, or with seats of its own: a grid or a list of labels. Creating the same
   * show again is fine; another show under the same key is refused.
   *
   * Refusals: `plan_unknown`, `plan_invalid`, `venue_retired`, `plan_retired`, `show_exists`.
   */
  createShow(request: WriteRequest, body: CreateShowBody): Promise<Answer<CreatedShow>>

  /**
   * List shows.
   *
   * In the order in which they start. Archived ones only if you ask for them.
   */
  listShows(query: ListShowsQuery): Promise<ShowList>

  /**
   * Get a show.
   *
   * Refusals: `show_unknown`.
   */
  getShow(show: string): Promise<Show>

  /**
   * Change the terms of a show, cancel or archive it.
   *
   * Only the fields you send change. Existing holds keep their time.
   *
   * Refusals: `show_unknown`.
   */
  changeShow(request: WriteRequest, show: string, body: ChangeShowBody): Promise<Answer<Show>>

  /**
   * Repeat a show on other dates.
   *
   * Creates shows on the same plan (or a copy of its own) and on the same terms, all or none.
   * Sales open when they do for the original show, and close as long before the start. Repeating
   * the request changes nothing.
   *
   * Refusals: `forbidden`, `show_unknown`, `venue_retired`, `plan_retired`, `show_exists`.
   */
  repeatShow(
    request: WriteRequest,
    show: string,
    body: RepeatShowBody,
  ): Promise<Answer<RepeatedShows>>

  /**
   * Delete a show that never sold anything.
   *
   * Its own seats go with it, and its key can be used again. Once anything has been sold, even
   * if it was cancelled since, a show can only be cancelled or archived.
   *
   * Refusals: `show_unknown`, `show_in_use`.
   */
  deleteShow(request: WriteRequest, show: string): Promise<Answer<DeletedShow>>

  /**
   * Add seats to the show's own plan.
   *
   * Labels are trimmed, and blanks inside them folded; upper and lower case make no difference.
   * If any of the seats already exist, the refusal names all of them.
   *
   * Refusals: `show_unknown`, `plan_invalid`, `plan_shared`, `seats_exist`.
   */
  addSeats(request: WriteRequest, show: string, body: AddSeatsBody): Promise<Answer<Show>>

  /**
   * List the journal of a show.
   *
   * One entry for each command that changed something: who, what, when, and by which request.
   * With a filter, a page may have fewer entries than you asked for, even none, and still have a
   * `next`: continue until that is null.
   *
   * Refusals: `show_unknown`.
   */
  listJournal(show: string, query: ListJournalQuery): Promise<Journal>

  /**
   * Count the seats of a show by their properties.
   *
   * By status, section, category, row, holder or the day of the sale, or by several of them. It
   * reflects every command that was answered before it was asked for.
   *
   * Refusals: `show_unknown`.
   */
  getReport(show: string, query: GetReportQuery): Promise<Report>

  /**
   * List the seats of a show with their status.
   *
   * Refusals: `show_unknown`.
   */
  listSeats(show: string, query: ListSeatsQuery): Promise<SeatList>

  /**
   * Count the seats of a show by status.
   *
   * Over all, and per section and category. It reflects every command that was answered before
   * it was asked for.
   *
   * Refusals: `show_unknown`.
   */
  getAvailability(show: string): Promise<Tagged<Availability>>

  /**
   * Get everything you need to draw the seats.
   *
   * In columns: element n of each is seat number n. The map of a venue's plan never changes, and
   * may be cached forever; that of a show with its own seats may grow.
   *
   * Refusals: `show_unknown`.
   */
  getMap(show: string): Promise<Tagged<SeatMap>>

  /**
   * Get the status of every seat, one character each.
   *
   * Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.
   *
   * Refusals: `show_unknown`.
   */
  getStatuses(show: string): Promise<Tagged<Statuses>>

  /**
   * Hold seats.
   *
   * Seats by label, general admission places by quantity, or the best free seats. You get all of
   * them for some minutes, or none; a refusal says which were in the way, and why. The id of the
   * hold is its key: keep it secret.
   *
   * Refusals: `show_unknown`, `show_cancelled`, `sales_not_open`, `sales_closed`,
   * `too_many_seats`, `hold_seconds_out_of_bounds`, `not_enough_seats`, `seats_unavailable`,
   * `orphan_left`, `holder_limit_reached`, `held_limit_reached`, `begun_limit_reached`.
   */
  holdSeats(request: WriteRequest, show: string, body: HoldSeatsBody): Promise<Answer<Hold>>

  /**
   * List the live holds of a show.
   *
   * In the order in which they were made: yours, or all of them for the box office. Filters are
   * combined. To read a hold that has ended, use its id.
   *
   * Refusals: `show_unknown`.
   */
  listHolds(caller: Caller, show: string, query: ListHoldsQuery): Promise<HoldList>

  /**
   * Get a hold and how long it has left.
   *
   * Refusals: `show_unknown`, `hold_unknown`.
   */
  getHold(caller: Caller, show: string, hold: string): Promise<Hold>

  /**
   * Extend a hold.
   *
   * Counted from now, and never beyond the maximum life of a hold that the show allows.
   *
   * Refusals: `show_unknown`, `hold_unknown`, `show_cancelled`, `hold_seconds_out_of_bounds`,
   * `hold_confirmed`, `hold_released`, `hold_expired`, `hold_life_exceeded`.
   */
  extendHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ExtendHoldBody,
  ): Promise<Answer<Hold>>

  /**
   * Change a hold: its seats, holder, reference or notes.
   *
   * In one step, all or nothing: seats that the hold keeps are never free in between, and it
   * ends when it would have. Limits count the difference. To give all seats back, release the
   * hold. You can change the holder, reference and metadata together with the seats, or alone.
   *
   * Refusals: `show_unknown`, `hold_unknown`, `show_cancelled`, `sales_not_open`,
   * `sales_closed`, `too_many_seats`, `hold_confirmed`, `hold_released`, `hold_expired`,
   * `seats_not_in_hold`, `hold_emptied`, `not_enough_seats`, `seats_unavailable`, `orphan_left`,
   * `holder_limit_reached`, `held_limit_reached`.
   */
  changeHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ChangeHoldBody,
  ): Promise<Answer<Hold>>

  /**
   * Release a hold, or some of its seats.
   *
   * Returns the hold as it ended, however often you ask.
   *
   * Refusals: `show_unknown`, `hold_unknown`, `hold_confirmed`, `seats_not_in_hold`.
   */
  releaseHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ReleaseHoldBody,
  ): Promise<Answer<Hold>>

  /**
   * Turn a hold into a booking.
   *
   * Exactly its seats, exactly once. Confirm again, and you get the same booking; with another
   * `reference`, you get the refusal `already_confirmed` with that booking: the second payment
   * bought nothing. A hold that has run out is refused, unless you ask to `reacquire` its seats
   * and all of them are free.
   *
   * Refusals: `show_unknown`, `hold_unknown`, `seller_required`, `show_cancelled`,
   * `sales_not_open`, `sales_closed`, `already_confirmed`, `hold_released`, `hold_expired`,
   * `seats_unavailable`, `holder_limit_reached`.
   */
  confirmHold(
    request: WriteRequest,
    show: string,
    hold: string,
    body: ConfirmHoldBody,
  ): Promise<Answer<Booking>>

  /**
   * Book seats directly.
   *
   * Without a hold: all of them or none. The box office, and API keys with the scope `block`,
   * may take them out of a `block`.
   *
   * Refusals: `forbidden`, `show_unknown`, `block_unknown`, `seller_required`, `show_cancelled`,
   * `sales_not_open`, `sales_closed`, `too_many_seats`, `not_enough_seats`, `seats_unavailable`,
   * `orphan_left`, `holder_limit_reached`.
   */
  bookSeats(request: WriteRequest, show: string, body: BookSeatsBody): Promise<Answer<Booking>>

  /**
   * List the bookings of a show.
   *
   * The newest first, including cancelled ones: yours, or all of them for the box office.
   * Filters are combined. A page may have fewer bookings than you asked for, even none, and
   * still have a `next`: continue until that is null.
   *
   * Refusals: `show_unknown`.
   */
  listBookings(caller: Caller, show: string, query: ListBookingsQuery): Promise<BookingList>

  /**
   * Find bookings in all shows by reference or holder.
   *
   * The newest first, including cancelled ones: yours, or all of them for the box office. If you
   * lost an answer and its key, ask here whether your reference has bought something.
   */
  findBookings(caller: Caller, query: FindBookingsQuery): Promise<BookingList>

  /**
   * Get a booking.
   *
   * Refusals: `show_unknown`, `booking_unknown`.
   */
  getBooking(caller: Caller, show: string, booking: string): Promise<Booking>

  /**
   * Change the reference or the notes of a booking.
   *
   * What you leave out stays as it is. To change seats, swap or cancel them; to change the
   * holder, transfer the booking.
   *
   * Refusals: `show_unknown`, `booking_unknown`, `booking_cancelled`.
   */
  changeBooking(
    request: WriteRequest,
    show: string,
    booking: string,
    body: ChangeBookingBody,
  ): Promise<Answer<Booking>>

  /**
   * Cancel a booking, or some of its seats.
   *
   * The seats are on sale again at once. Cancelling again changes nothing.
   *
   * Refusals: `show_unknown`, `booking_unknown`, `not_cancellable`, `seats_not_in_booking`.
   */
  cancelBooking(
    request: WriteRequest,
    show: string,
    booking: string,
    body: CancelBookingBody,
  ): Promise<Answer<Booking>>

  /**
   * Swap seats of a booking for others.
   *
   * In one step: no one else can take either in between.
   *
   * Refusals: `show_unknown`, `booking_unknown`, `show_cancelled`, `booking_cancelled`,
   * `swap_uneven`, `seats_not_in_booking`, `seats_unavailable`.
   */
  swapSeats(
    request: WriteRequest,
    show: string,
    booking: string,
    body: SwapSeatsBody,
  ): Promise<Answer<Booking>>

  /**
   * Hand a booking on to another holder, or some of its seats.
   *
   * The booking keeps its id. With `seats`, those become a new booking, which you get back, and
   * the rest stays. No one else can take a seat in between, and the history says whose it was.
   *
   * Refusals: `show_unknown`, `booking_unknown`, `show_cancelled`, `booking_cancelled`,
   * `seats_not_in_booking`, `holder_limit_reached`.
   */
  transferBooking(
    request: WriteRequest,
    show: string,
    booking: string,
    body: TransferBookingBody,
  ): Promise<Answer<Booking>>

  /**
   * Block seats.
   *
   * Refusals: `show_unknown`, `seats_unavailable`.
   */
  blockSeats(request: WriteRequest, show: string, body: BlockSeatsBody): Promise<Answer<Block>>

  /**
   * List the blocks of a show.
   *
   * Those that withhold seats now, in the order in which they were made: yours, or all of them
   * for the box office. To read a block that was released, use its id.
   *
   * Refusals: `show_unknown`.
   */
  listBlocks(caller: Caller, show: string, query: ListBlocksQuery): Promise<BlockList>

  /**
   * Get a block.
   *
   * Refusals: `show_unknown`, `block_unknown`.
   */
  getBlock(caller: Caller, show: string, block: string): Promise<Block>

  /**
   * Change why seats are blocked, and for whom.
   *
   * What you leave out stays as it is, and so do its seats.
   *
   * Refusals: `show_unknown`, `block_unknown`, `block_released`.
   */
  changeBlock(
    request: WriteRequest,
    show: string,
    block: string,
    body: ChangeBlockBody,
  ): Promise<Answer<Block>>

  /**
   * Release a block, or some of its seats.
   *
   * Returns the block as it is afterwards, however often you ask.
   *
   * Refusals: `show_unknown`, `block_unknown`, `seats_not_in_block`.
   */
  unblockSeats(
    request: WriteRequest,
    show: string,
    block: string,
    body: UnblockSeatsBody,
  ): Promise<Answer<Block>>

  /**
   * Create a webhook.
   *
   * Every event is sent to `url` as a signed POST (Standard Webhooks): `hold.created`,
   * `booking.created` and so on, of all shows or some. You see the `secret` that signs them only
   * in this answer. Everything that happens from now on is delivered at least once.
   *
   * Refusals: `webhook_url_refused`.
   */
  createWebhook(request: WriteRequest, body: CreateWebhookBody): Promise<Answer<WebhookWithSecret>>

  /**
   * List webhooks.
   *
   * A partner sees its own.
   */
  listWebhooks(caller: Caller, query: ListWebhooksQuery): Promise<WebhookList>

  /**
   * Get a webhook.
   *
   * Refusals: `webhook_unknown`.
   */
  getWebhook(caller: Caller, webhook: string): Promise<Webhook>

  /**
   * Change, disable or enable a webhook.
   *
   * While it is disabled, nothing is sent; enabled again, it resumes where it stopped. Repeating
   * the call has the same effect.
   *
   * Refusals: `webhook_unknown`, `webhook_url_refused`.
   */
  changeWebhook(
    request: WriteRequest,
    webhook: string,
    body: ChangeWebhookBody,
  ): Promise<Answer<Webhook>>

  /**
   * Delete a webhook.
   *
   * Returns the webhook as it was. Events waiting for it are dropped.
   *
   * Refusals: `webhook_unknown`.
   */
  deleteWebhook(request: WriteRequest, webhook: string): Promise<Answer<Webhook>>

  /**
   * Give a webhook a new secret.
   *
   * For `overlapSeconds` (a day by default), each delivery is signed with both secrets, so that
   * you can switch without a gap.
   *
   * Refusals: `webhook_unknown`.
   */
  rotateWebhookSecret(
    request: WriteRequest,
    webhook: string,
    body: RotateWebhookSecretBody,
  ): Promise<Answer<WebhookWithSecret>>

  /**
   * List deliveries of a webhook.
   *
   * Those that failed and will be retried, those that were given up, and the latest that
   * arrived.
   *
   * Refusals: `webhook_unknown`.
   */
  listWebhookDeliveries(
    caller: Caller,
    webhook: string,
    query: ListWebhookDeliveriesQuery,
  ): Promise<WebhookDeliveryList>

  /**
   * Deliver events of a show again.
   *
   * Everything after a version, in order. Receivers recognise duplicates by `webhook-id`.
   *
   * Refusals: `show_unknown`, `webhook_unknown`.
   */
  replayWebhook(
    request: WriteRequest,
    webhook: string,
    body: ReplayWebhookBody,
  ): Promise<Answer<Webhook>>
}
