import { bind, withPatientReads } from '../calls/index.ts'
import type { Database } from '../db/index.ts'
import { LIMITS } from '../protocol/index.ts'
import type { Context } from './context.ts'
import type { Engine, EngineStatus } from './engine.ts'
import { type LaneSettings, Lanes } from './lanes/lanes.ts'
import * as operations from './operations/index.ts'
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
    ...bind(context, operations),
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
