import type { Attempt } from './history/history.ts'
import type { Finding } from './judge/finding.ts'
import type { Verdict, VerdictCounts } from './judge/judge.ts'
import { noSituations, type Situation, type SituationCounts } from './judge/situations.ts'

/** All rounds of a run together. */
export interface Totals {
  readonly seed: string
  readonly rounds: number
  /** One history is one show of one round. */
  readonly histories: number
  readonly counts: VerdictCounts
  readonly situations: SituationCounts
  readonly findings: readonly Finding[]
  readonly slowest: readonly Attempt[]
  /** Histories that were kept. */
  readonly kept: readonly string[]
}

const SLOWEST_COUNT = 10

/** Before the first round. */
export function emptyTotals(seed: string): Totals {
  const counts = {
    attempts: 0,
    done: 0,
    refused: 0,
    inDoubt: 0,
    entries: 0,
    reads: 0,
    events: 0,
    pages: 0,
    deliveries: 0,
    faults: 0,
    disturbances: 0,
  }
  return {
    seed,
    rounds: 0,
    histories: 0,
    counts,
    situations: noSituations(),
    findings: [],
    slowest: [],
    kept: [],
  }
}

/** With one round more. */
export function withVerdict(totals: Totals, verdict: Verdict, path: string | null): Totals {
  const counts = { ...totals.counts }
  for (const name of Object.keys(counts) as (keyof VerdictCounts)[]) {
    counts[name] += verdict.counts[name]
  }
  const situations = { ...totals.situations }
  for (const name of Object.keys(situations) as Situation[]) {
    situations[name] += verdict.situations[name]
  }
  const slowest = [...totals.slowest, ...verdict.slowest]
    .toSorted((one, two) => two.endedAt - two.startedAt - (one.endedAt - one.startedAt))
    .slice(0, SLOWEST_COUNT)
  return {
    seed: totals.seed,
    rounds: totals.rounds + 1,
    histories: totals.histories + verdict.histories,
    counts,
    situations,
    findings: [...totals.findings, ...verdict.findings],
    slowest,
    kept: path === null ? totals.kept : [...totals.kept, path],
  }
}
