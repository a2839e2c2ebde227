import type { FateCounts } from '../crowd.ts'
import type { Kill } from '../kills.ts'
import type { Interval, OperationFigures } from '../meter.ts'
import type { HouseSample } from '../observer.ts'
import type { Verdict } from '../verdict/evidence.ts'

/** Settings with which the sale was played. */
export interface RunConfiguration {
  readonly seed: string
  readonly shopperCount: number
  readonly openSeconds: number
  readonly servers: readonly string[]
  readonly isOwnStage: boolean
  readonly isKilling: boolean
  readonly socketsMax: number
  readonly version: string
  /** The processor, the system and the runtime, in words. */
  readonly machine: string
}

/** The whole run, in figures. Times in seconds since the sale opened, unless they say otherwise. */
export interface StressReport {
  readonly configuration: RunConfiguration
  readonly openedAt: string
  readonly show: { readonly key: string; readonly title: string }
  readonly verdict: Verdict
  /** Until the last shopper had left. */
  readonly tookSeconds: number
  /** Seconds until the last seat was sold; null when some were left. */
  readonly soldOutAt: number | null
  readonly seats: { readonly total: number; readonly booked: number }
  /** Live bookings at the end. */
  readonly bookingCount: number
  readonly fates: FateCounts
  /** Requests that were answered, and how many that is a second. */
  readonly answerCount: number
  readonly answersPerSecond: number
  /** Answers that shoppers lost or did not wait for, and asked for again. */
  readonly lostCount: number
  readonly operations: readonly OperationFigures[]
  readonly refusals: readonly { readonly code: string; readonly count: number }[]
  readonly kills: readonly Kill[]
  readonly intervals: readonly Interval[]
  readonly samples: readonly HouseSample[]
}
