import { bind, withPatientReads } from '../calls/index.ts'
import type { Database } from '../db/index.ts'
import { LIMITS } from '../protocol/index.ts'
import type { Context } from './context.ts'
import { forCurrentShows } from './current-shows.ts'
import type { Engine, EngineStatus } from './engine.ts'
import { type LaneSettings, Lanes } from './lanes/lanes.ts'
import type { WriteEvents } from './lanes/write-health.ts'
import { WriteTrial } from './lanes/write-trial.ts'
import * as operations from './operations/index.ts'
import { PictureReader } from './pictures/picture-reader.ts'
import { PlanFiles } from './plan-work/plan-files.ts'
import { PlanWorker } from './plan-work/plan-worker.ts'
import { PlanCache } from './stored/plan-cache.ts'
import { SeatPages } from './stored/seat-pages.ts'
import { ShowIndex } from './stored/stored-show.ts'

/** Bounds of what an engine takes on at once, and its listeners. */
export type EngineSettings = LaneSettings & WriteEvents

/** Settings that an engine uses unless told otherwise. */
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
    lanes: new Lanes(database, complete, complete),
    pictures: new PictureReader(patient),
    plans: new PlanCache(patient),
    planWork: new PlanWorker(),
    planFiles: new PlanFiles(),
    seatPages: new SeatPages(),
    shows: new ShowIndex(patient),
  }
  const trial = new WriteTrial(database, context.lanes.health)
  return {
    ...bind(context, forCurrentShows(operations)),
    status: () => statusOf(context),
    timings: () => context.lanes.timings(),
    mayWrite: () => trial.mayWrite(),
    close: async () => {
      await context.planWork.close()
      await context.lanes.close()
    },
  }
}

function statusOf({ database, lanes }: Context): EngineStatus {
  return {
    writes: lanes.health.status,
    unsafe: database.unsafe(),
    secondsAhead: lanes.ahead.seconds,
    queued: lanes.queuedCount,
    lanesConnected: lanes.connectedCount,
    lanes: lanes.count,
    ...lanes.counters,
  }
}
