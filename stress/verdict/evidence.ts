import type { Loss } from '../../rig/index.ts'
import type { Availability, Booking, Hold, JournalEntry, Show } from '../../src/protocol/index.ts'
import type { AnswerLog } from '../answer-log.ts'
import type { Kill } from '../kills.ts'
import type { StaleRead } from '../sale.ts'
import type { Violation } from '../stage.ts'

/** An answer that was lost although nobody hung up. Times as in the log. */
export interface Accident {
  readonly operation: string
  readonly server: number
  readonly askedAt: number
  readonly lostAt: number
  readonly loss: Loss
  readonly message: string
}

/** State of the show after the sale, asked through the public API. */
export interface EndState {
  /** Every booking that was ever answered, as it is now; null when there is none. */
  readonly bookings: ReadonlyMap<string, Booking | null>
  /** Holds by id, null for those that are gone. */
  readonly holds: ReadonlyMap<string, Hold | null>
  readonly version: number
  readonly counts: Availability['counts']
  /** Letter by seat label. */
  readonly statuses: ReadonlyMap<string, string>
  /** From the first entry to the last; null without an operator key. */
  readonly journal: readonly JournalEntry[] | null
  /** The version before answered commands were asked for again. */
  readonly versionBefore: number
  /** Null when the database is out of reach. */
  readonly violations: readonly Violation[] | null
}

/** Everything that the verdict looks at. */
export interface Evidence {
  readonly show: Show
  readonly log: AnswerLog
  readonly end: EndState
  readonly accidents: readonly Accident[]
  readonly staleReads: readonly StaleRead[]
  readonly readCount: number
  readonly kills: readonly Kill[]
  /** The servers are ours: nothing breaks unless we broke it. */
  readonly isOwnStage: boolean
  /** The show was made for this sale: every change of it is in the log. */
  readonly isOwnShow: boolean
}

/** A part of the verdict: a promise, how often it was compared, and where it was broken. */
export interface Check {
  /** The number of the promise in docs/promises.md. */
  readonly promise: number
  readonly title: string
  /** Number of answers, seats or entries that were compared. */
  readonly count: number
  readonly breaches: readonly string[]
}

/** Findings in the order of the promises. */
export interface Verdict {
  readonly isClean: boolean
  readonly checks: readonly Check[]
  /** Oddities that break no promise, and what could not be looked at. */
  readonly remarks: readonly string[]
}
