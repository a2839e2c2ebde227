import { withPatientReads } from '../calls/index.ts'
import type { Database } from '../db/index.ts'
import { LIMITS } from '../protocol/index.ts'
import type { Context } from './context.ts'
import type { Engine, EngineStatus } from './engine.ts'
import { type LaneSettings, Lanes } from './lanes/lanes.ts'
import { addSeats } from './operations/add-seats.ts'
import { blockSeats } from './operations/block-seats.ts'
import { bookSeats } from './operations/book-seats.ts'
import { cancelBooking } from './operations/cancel-booking.ts'
import { changeShow } from './operations/change-show.ts'
import { checkShow } from './operations/check-show.ts'
import { confirmHold } from './operations/confirm-hold.ts'
import { createPlan } from './operations/create-plan.ts'
import { createShow } from './operations/create-show.ts'
import { createVenue } from './operations/create-venue.ts'
import { exportPlan } from './operations/export-plan.ts'
import { extendHold } from './operations/extend-hold.ts'
import { getAvailability } from './operations/get-availability.ts'
import { getBooking } from './operations/get-booking.ts'
import { getHold } from './operations/get-hold.ts'
import { getMap } from './operations/get-map.ts'
import { getPlan } from './operations/get-plan.ts'
import { getShow } from './operations/get-show.ts'
import { getStatuses } from './operations/get-statuses.ts'
import { getVenue } from './operations/get-venue.ts'
import { holdSeats } from './operations/hold-seats.ts'
import { listBookingsOf } from './operations/list-bookings-of.ts'
import { listHoldsOf } from './operations/list-holds-of.ts'
import { listJournal } from './operations/list-journal.ts'
import { listSeats } from './operations/list-seats.ts'
import { listShows } from './operations/list-shows.ts'
import { listVenues } from './operations/list-venues.ts'
import { pruneRequests, pruneShow } from './operations/prune-show.ts'
import { readShow, readVersions } from './operations/read-show.ts'
import { releaseHold } from './operations/release-hold.ts'
import { resetShow } from './operations/reset-show.ts'
import { swapSeats } from './operations/swap-seats.ts'
import { unblockSeats } from './operations/unblock-seats.ts'
import { PictureReader } from './pictures/picture-reader.ts'
import { PlanFiles } from './plan-work/plan-files.ts'
import { PlanWorker } from './plan-work/plan-worker.ts'
import { PlanCache } from './stored/plan-cache.ts'
import { ShowIndex } from './stored/stored-show.ts'

/** How much an engine takes on at once. */
export type EngineSettings = LaneSettings

/** What an engine uses unless told otherwise. */
export const ENGINE_DEFAULTS: EngineSettings = {
  queueMax: 10_000,
  batchMax: 256,
  deadlineMs: LIMITS.deadlineMs,
}

/** An engine on a database that has been migrated. The caller closes both, the engine first. */
export function openEngine(database: Database, settings: Partial<EngineSettings> = {}): Engine {
  const complete = { ...ENGINE_DEFAULTS, ...settings }
  const patient = withPatientReads(database, complete.deadlineMs)
  const context: Context = {
    database: patient,
    lanes: new Lanes(database, complete),
    pictures: new PictureReader(patient),
    plans: new PlanCache(patient),
    planWork: new PlanWorker(),
    planFiles: new PlanFiles(),
    shows: new ShowIndex(patient),
  }
  return {
    createVenue: (request, body) => createVenue(context, request, body),
    listVenues: (query) => listVenues(context, query),
    getVenue: (venue) => getVenue(context, venue),
    createPlan: (request, venue, body) => createPlan(context, request, venue, body),
    getPlan: (plan) => getPlan(context, plan),
    exportPlan: (plan, format) => exportPlan(context, plan, format),
    createShow: (request, body) => createShow(context, request, body),
    listShows: (query) => listShows(context, query),
    getShow: (show) => getShow(context, show),
    changeShow: (request, show, body) => changeShow(context, request, show, body),
    addSeats: (request, show, body) => addSeats(context, request, show, body),
    listSeats: (show, query) => listSeats(context, show, query),
    getAvailability: (show) => getAvailability(context, show),
    getStatuses: (show) => getStatuses(context, show),
    getMap: (show) => getMap(context, show),
    listJournal: (show, query) => listJournal(context, show, query),
    holdSeats: (request, show, body) => holdSeats(context, request, show, body),
    getHold: (caller, show, hold) => getHold(context, caller, show, hold),
    extendHold: (request, show, hold, body) => extendHold(context, request, show, hold, body),
    releaseHold: (request, show, hold, body) => releaseHold(context, request, show, hold, body),
    confirmHold: (request, show, hold, body) => confirmHold(context, request, show, hold, body),
    bookSeats: (request, show, body) => bookSeats(context, request, show, body),
    getBooking: (caller, show, booking) => getBooking(context, caller, show, booking),
    cancelBooking: (request, show, booking, body) =>
      cancelBooking(context, request, show, booking, body),
    swapSeats: (request, show, booking, body) => swapSeats(context, request, show, booking, body),
    blockSeats: (request, show, body) => blockSeats(context, request, show, body),
    unblockSeats: (request, show, block, body) => unblockSeats(context, request, show, block, body),
    listHoldsOf: (owner, query) => listHoldsOf(context, owner, query),
    listBookingsOf: (owner, query) => listBookingsOf(context, owner, query),
    readShow: (show, since) => readShow(context, show, since),
    readVersions: (shows) => readVersions(context, shows),
    checkShow: (show) => checkShow(context, show),
    pruneShow: (show, keepSeconds) => pruneShow(context, show, keepSeconds),
    pruneRequests: (keepSeconds) => pruneRequests(context, keepSeconds),
    resetShow: (caller, show) => resetShow(context, caller, show),
    status: () => statusOf(context.lanes),
    close: async () => {
      await context.planWork.close()
      await context.lanes.close()
    },
  }
}

function statusOf(lanes: Lanes): EngineStatus {
  return {
    queued: lanes.queuedCount,
    lanesConnected: lanes.connectedCount,
    lanes: lanes.count,
    ...lanes.counters,
  }
}
