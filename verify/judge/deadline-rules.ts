import type { Attempt, Mark } from '../history/history.ts'
import type { Findings } from './finding.ts'

/** Promise 14: within ten seconds an answer, plus what a busy machine takes to tell it. */
const DEADLINE_MS = 10_000
const SLACK_MS = 1_000

/**
 * Judges whether whoever got an answer got it in time. Pauses that the run itself made do not
 * count, and neither does the time for which the caller wanted to wait.
 */
export function judgeDeadlines(
  attempts: readonly Attempt[],
  marks: readonly Mark[],
  findings: Findings,
): void {
  for (const { no, show, operation, status, startedAt, endedAt, page } of attempts) {
    if (status === null) continue
    const pausedMs = marks.reduce((sum, mark) => {
      const overlap = Math.min(mark.endedAt, endedAt) - Math.max(mark.startedAt, startedAt)
      return sum + Math.max(0, overlap)
    }, 0)
    const waitedMs = 1000 * (page?.wait ?? 0)
    const tookMs = endedAt - startedAt - pausedMs - waitedMs
    if (tookMs <= DEADLINE_MS + SLACK_MS) continue
    const detail = `${operation} was answered ${status} after ${Math.round(tookMs)} ms`
    findings.add('answered too late', show, detail, { attempts: [no] })
  }
}
