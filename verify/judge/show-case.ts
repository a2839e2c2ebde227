import type { Attempt, Entry, RunFacts, ShowFacts } from '../history/history.ts'
import { isWrite } from '../history/history.ts'
import { type ClockRelation, databaseInterval, relateClocks, type Witnessed } from './clock.ts'
import type { Findings } from './finding.ts'
import { Timeline } from './timeline.ts'

/** Everything that is known of one show, arranged for the rules. */
export interface ShowCase {
  readonly run: RunFacts
  readonly show: ShowFacts
  readonly timeline: Timeline
  readonly attempts: readonly Attempt[]
  readonly clock: ClockRelation
  /** All attempts under one key of one caller, in the order of their beginnings. */
  readonly keys: ReadonlyMap<string, readonly Attempt[]>
  readonly findings: Findings
  /** The versions and moments that an answer may have been made at. */
  window(attempt: Attempt): Window
}

/** Versions from `first` to `last`, moments from `from` to `to` (database time, milliseconds). */
export interface Window {
  readonly first: number
  readonly last: number
  readonly from: number
  readonly to: number
}

/** Finds what an attempt was sent under: a key belongs to its caller and show. */
export function keyOf(attempt: Attempt): string | null {
  return attempt.key === null ? null : `${attempt.caller} ${attempt.key}`
}

/** Tells whether it was answered that it was done. */
export function isDone({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300
}

/**
 * Tells whether a caller is somebody with an account: they are called what the journal calls them.
 */
export function isUser(caller: string): boolean {
  return caller.startsWith('user_')
}

/** The code of a refusal. */
export function codeOf({ answer }: Attempt): string | null {
  return typeof answer?.code === 'string' ? answer.code : null
}

/** Codes that say that nothing was done, for a reason that passes. */
const NOT_DONE = new Set(['busy', 'unavailable', 'storage_full'])

/** Tells whether somebody was told that nothing was done, and may ask again. */
export function isNotDone(attempt: Attempt): boolean {
  return NOT_DONE.has(codeOf(attempt) ?? '')
}

/** Tells whether nobody can know from this answer whether it was done. */
export function isInDoubt(attempt: Attempt): boolean {
  const { status } = attempt
  if (status === null) return true
  return status >= 500 && !isNotDone(attempt)
}

/** The version that an answer names. */
export function versionOf({ answer }: Attempt): number | null {
  return typeof answer?.version === 'number' ? answer.version : null
}

/** The version up to which a page of events tells; null for all else. */
export function pageEndOf({ operation, answer }: Attempt): number | null {
  return operation === 'listEvents' && typeof answer?.after === 'string'
    ? versionIn(answer.after)
    : null
}

/** The version in a position of the event feed, where nothing or a dot follows it. */
export function versionIn(after: string | null): number {
  return Number.parseInt(after ?? '0', 10)
}

/** Arranges what is known of a show. */
export function toShowCase(
  run: RunFacts,
  show: ShowFacts,
  entries: readonly Entry[],
  attempts: readonly Attempt[],
  findings: Findings,
  clockWasMoved: boolean,
): ShowCase {
  const timeline = new Timeline(entries)
  const keys = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    const key = keyOf(attempt)
    if (key !== null) keys.set(key, [...(keys.get(key) ?? []), attempt])
  }
  const related = relateClocks(firstWrites(attempts, keys), timeline)
  const clock = { ...related, hasJumped: related.hasJumped || clockWasMoved }
  const known = knownVersions(attempts)
  const window = (attempt: Attempt) => {
    const { from, to } = databaseInterval(clock, attempt.startedAt, attempt.endedAt)
    const first = lastBefore(known, attempt.startedAt)
    const last = clock.hasJumped ? timeline.last : lastAt(timeline, to)
    if (!clock.hasJumped) return { first, last: Math.max(first, last), from, to }
    const moments = { from: timeline.timeOf(first), to: Number.POSITIVE_INFINITY }
    return { first, last, ...moments }
  }
  return { run, show, timeline, attempts, clock, keys, findings, window }
}

/** First answers of what certainly was done just then. */
function firstWrites(
  attempts: readonly Attempt[],
  keys: ReadonlyMap<string, readonly Attempt[]>,
): Witnessed[] {
  return attempts.flatMap((attempt) => {
    const version = versionOf(attempt)
    const isFirst = keys.get(keyOf(attempt) ?? '')?.[0] === attempt
    if (attempt.status !== 201 || attempt.replayed || version === null || !isFirst) return []
    return attempt.operation === 'confirmHold' ? [] : [{ attempt, version }]
  })
}

interface Known {
  readonly at: number
  readonly version: number
}

/** Versions that had been told to somebody, and from which moment on, rising. */
function knownVersions(attempts: readonly Attempt[]): Known[] {
  const told = attempts.flatMap((attempt): Known[] => {
    const version = versionOf(attempt) ?? pageEndOf(attempt)
    const counts = isDone(attempt) && version !== null
    return counts ? [{ at: attempt.endedAt, version }] : []
  })
  told.sort((one, two) => one.at - two.at)
  let highest = 0
  return told.map(({ at, version }) => {
    highest = Math.max(highest, version)
    return { at, version: highest }
  })
}

function lastBefore(known: readonly Known[], moment: number): number {
  let low = 0
  let high = known.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((known[middle] as Known).at < moment) low = middle + 1
    else high = middle
  }
  return known[low - 1]?.version ?? 0
}

/** The last version that was written at `moment` or before. */
function lastAt(timeline: Timeline, moment: number): number {
  let low = 0
  let high = timeline.steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((timeline.steps[middle]?.at ?? 0) <= moment) low = middle + 1
    else high = middle
  }
  return low
}

/** Picks the attempts that may change a show. */
export function writesOf(attempts: readonly Attempt[]): Attempt[] {
  return attempts.filter(({ operation }) => isWrite(operation))
}
