import type { Attempt } from '../history/history.ts'
import type { Timeline } from './timeline.ts'

/**
 * Distance of the database's clock from the recorder's, read off the history itself: what was
 * written by a request happened between its beginning and its end.
 */
export interface ClockRelation {
  /** Database time = recorder time + something between these two. Milliseconds. */
  readonly offsetMin: number
  readonly offsetMax: number
  /** True when some clock jumped: then moments are not judged by the recorder's clock. */
  readonly hasJumped: boolean
}

/** An answer that names a version of a show. */
export interface Witnessed {
  readonly attempt: Attempt
  readonly version: number
}

/** Times are told in whole milliseconds, and an answer takes a while to be read. */
const SLACK_MS = 3

/** Works out the relation from first answers of writes. Without any, the clocks are one. */
export function relateClocks(writes: readonly Witnessed[], timeline: Timeline): ClockRelation {
  let lowest = Number.NEGATIVE_INFINITY
  let highest = Number.POSITIVE_INFINITY
  for (const { attempt, version } of writes) {
    const at = timeline.timeOf(version)
    if (!Number.isFinite(at)) continue
    lowest = Math.max(lowest, at - attempt.endedAt)
    highest = Math.min(highest, at - attempt.startedAt)
  }
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) {
    return { offsetMin: -SLACK_MS, offsetMax: SLACK_MS, hasJumped: false }
  }
  const hasJumped = lowest > highest + 2 * SLACK_MS
  const [from, to] = lowest < highest ? [lowest, highest] : [highest, lowest]
  return { offsetMin: from - SLACK_MS, offsetMax: to + SLACK_MS, hasJumped }
}

/** Interval, by the database's clock, of something that the recorder saw between two moments. */
export function databaseInterval(
  clock: ClockRelation,
  startedAt: number,
  endedAt: number,
): { readonly from: number; readonly to: number } {
  return { from: startedAt + clock.offsetMin, to: endedAt + clock.offsetMax }
}
