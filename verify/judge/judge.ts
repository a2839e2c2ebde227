import { type Attempt, chainOf, type Entry, type History, isWrite } from '../history/history.ts'
import { judgeDeadlines } from './deadline-rules.ts'
import { judgeDeliveries } from './delivery-rules.ts'
import { judgePages } from './feed-rules.ts'
import { type Finding, Findings } from './finding.ts'
import { judgeJournal } from './journal-rules.ts'
import { judgeOrigins } from './origin-rules.ts'
import { judgeReads } from './read-rules.ts'
import { judgeRefusals } from './refusal-rules.ts'
import { isDone, isInDoubt, toShowCase } from './show-case.ts'
import {
  countSituations,
  isOfNetwork,
  noSituations,
  type Situation,
  type SituationCounts,
} from './situations.ts'
import { judgeHeard, judgeStreams } from './stream-rules.ts'
import { judgeWrites } from './write-rules.ts'

/** Verdict of the judge on a history. */
export interface Verdict {
  readonly findings: readonly Finding[]
  /** Shows whose journal was there to judge by. */
  readonly histories: number
  /** Counts of what was compared, so that an empty history does not pass for a clean one. */
  readonly counts: VerdictCounts
  readonly situations: SituationCounts
  readonly slowest: readonly Attempt[]
}

/** Counts of what there was. */
export interface VerdictCounts {
  readonly attempts: number
  readonly done: number
  readonly refused: number
  readonly inDoubt: number
  readonly entries: number
  readonly reads: number
  readonly events: number
  /** Pages of the event feed. */
  readonly pages: number
  readonly deliveries: number
  /** Faults that a bad network did to requests. */
  readonly faults: number
  /** Kills, pauses and whatever else was done to the system. */
  readonly disturbances: number
}

const SLOWEST_COUNT = 10

/** Judges a history by its journals. Knows what the API promises, and nothing of how it is kept. */
export function judge(history: History): Verdict {
  const { run, shows, attempts, events, marks, journals } = history
  const findings = new Findings()
  const situations = noSituations()
  const counted = { refused: 0, reads: 0, events: 0, pages: 0, deliveries: 0, entries: 0 }
  const byShow = Map.groupBy(attempts, ({ show }) => show)
  const heard = Map.groupBy(events, ({ show }) => show)
  const sent = Map.groupBy(history.deliveries, ({ show }) => show)
  // What the history itself shows of it may be less than what was done.
  const clockWasMoved = marks.some(({ what }) => what.includes('clock'))
  for (const show of shows) {
    const entries = journals.get(show.key)
    if (!entries) continue
    const asked = byShow.get(show.key) ?? []
    const one = toShowCase(run, show, entries, asked, findings, clockWasMoved)
    judgeJournal(show, one.timeline, run, findings)
    judgeWrites(one)
    judgeOrigins(one)
    counted.refused += judgeRefusals(one)
    counted.reads += judgeReads(one)
    counted.events += judgeStreams(one, heard.get(show.key) ?? [])
    const deliveries = sent.get(show.key) ?? []
    if (history.told.has(show.key)) counted.deliveries += judgeDeliveries(one, deliveries)
    const followed = history.followed.filter((line) => line.show === show.key)
    counted.pages += judgePages(one, deliveries, followed)
    judgeHeard(one, history.heard.get(show.key) ?? null)
    counted.entries += entries.length
    add(situations, countSituations(one, marks, deliveries))
  }
  judgeDeadlines(attempts, marks, findings)
  const writes = attempts.filter(({ operation }) => isWrite(operation))
  return {
    findings: findings.all,
    histories: shows.filter(({ key }) => journals.has(key)).length,
    counts: {
      ...counted,
      attempts: attempts.length,
      done: writes.filter(isDone).length,
      inDoubt: writes.filter(isInDoubt).length,
      faults: marks.filter(isOfNetwork).length,
      disturbances: marks.filter((mark) => !isOfNetwork(mark)).length,
    },
    situations,
    slowest: slowestOf(attempts),
  }
}

function add(sum: SituationCounts, more: SituationCounts): void {
  for (const name of Object.keys(sum) as Situation[]) sum[name] += more[name]
}

function slowestOf(attempts: readonly Attempt[]): Attempt[] {
  return attempts
    .filter(({ status, page }) => status !== null && !page?.wait)
    .toSorted((one, two) => two.endedAt - two.startedAt - (one.endedAt - one.startedAt))
    .slice(0, SLOWEST_COUNT)
}

/** The entries and attempts that touch what a finding is about: enough to see it by hand. */
export function smallestHistory(
  { attempts, journals }: History,
  finding: Finding,
): { readonly entries: readonly Entry[]; readonly attempts: readonly Attempt[] } {
  const seats = new Set(finding.seats)
  const entries = (journals.get(finding.show ?? '') ?? []).filter((entry) =>
    [...entry.seats, ...entry.freed].some((seat) => seats.has(seat)),
  )
  const chains = new Set(entries.flatMap(({ id }) => (id === null ? [] : [chainOf(id)])))
  const about = attempts.filter((attempt) => {
    const id = attempt.target ?? (typeof attempt.answer?.id === 'string' ? attempt.answer.id : '')
    const isNamed = finding.attempts.includes(attempt.no)
    return isNamed || (attempt.show === finding.show && chains.has(chainOf(id)))
  })
  return { entries, attempts: about }
}
