import type { Database } from '../db/index.ts'
import type { Lanes } from './lanes/lanes.ts'
import type { PictureReader } from './pictures/picture-reader.ts'
import type { PlanFiles } from './plan-work/plan-files.ts'
import type { PlanWorker } from './plan-work/plan-worker.ts'
import type { PlanCache } from './stored/plan-cache.ts'
import type { SeatPages } from './stored/seat-pages.ts'
import type { ShowIndex } from './stored/stored-show.ts'

/** Parts that every operation works with. */
export interface Context {
  readonly database: Database
  readonly lanes: Lanes
  readonly pictures: PictureReader
  readonly plans: PlanCache
  /** Reads and writes whole plans, on a thread of their own. */
  readonly planWork: PlanWorker
  readonly planFiles: PlanFiles
  readonly seatPages: SeatPages
  readonly shows: ShowIndex
}
