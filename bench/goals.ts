import type { Rounds } from './rounds.ts'

/** A goal, checked within one run. */
export interface Goal {
  readonly about: string
  /** Finds what was reached; null when its cases did not run. */
  reached(rounds: Rounds): number | null
  readonly atLeast?: number
  readonly atMost?: number
  readonly unit: string
}

/** A goal with what was reached. */
export interface Verdict {
  readonly about: string
  readonly wanted: string
  readonly reached: string
  readonly isMet: boolean
}

/** Ratios compare what was measured in the same round, so that a slower machine slows both. */
export const GOALS: readonly Goal[] = [
  over('our kernel unbatched ÷ limit, many shows', 'a.own.many.rate', 'a.many.rate', 0.8),
  over('our kernel unbatched ÷ limit, one hot show', 'a.own.one.rate', 'a.one.rate', 0.8),
  over('API, many shows, 256 connections ÷ limit', 'c.many.256.rate', 'a.many.rate', 1.5),
  over('API, one hot show, 256 connections ÷ limit', 'c.one.256.rate', 'a.one.rate', 4),
  over('two servers ÷ one, many shows, 32', 'c.two.many.32.rate', 'c.many.32.rate', 0.9),
  over('two servers ÷ one, many shows, 256', 'c.two.many.256.rate', 'c.many.256.rate', 0.9),
  over('two servers ÷ one, one hot show, 256', 'c.two.one.256.rate', 'c.one.256.rate', 0.9),
  {
    about: 'requests per second, one hot show ÷ bare Fastify',
    // A cycle is two requests.
    reached: (rounds) => twice(rounds.ratio('c.one.256.rate', 'j.rate')),
    atLeast: 0.6,
    unit: '×',
  },
  atMost('p99 of a hold, open loop at 70 %, many shows', 'k.many.p99', 25, 'ms'),
  atMost('p99 of a hold, open loop at 70 %, one hot show', 'k.one.p99', 25, 'ms'),
  over(
    'a journal of 10,000,000 entries ÷ a new one',
    'h.journal.long.rate',
    'h.journal.short.rate',
    0.8,
  ),
  atMost('p99 of a hold, many shows, 256 connections', 'c.many.256.p99', 50, 'ms'),
  atMost('p99 of a hold, one hot show, 256 connections', 'c.one.256.p99', 50, 'ms'),
  over(
    'seats as a page ÷ statuses, 1,000 seats',
    'f.1000.quiet.seats.rate',
    'f.1000.quiet.statuses.rate',
    0.7,
  ),
  atMost('best seats refused, 8,000 free seats', 'e.8000.free.refused', 0, ''),
  atMost('best seats refused, 20,000 free seats', 'e.20000.free.refused', 0, ''),
  atMost('best seats refused, 8,000 seats nearly full', 'e.8000.full.refused', 0, ''),
  atMost('best seats refused, 20,000 seats nearly full', 'e.20000.full.refused', 0, ''),
  {
    about: 'availability of 20,000 seats',
    reached: (rounds) => rounds.median('f.20000.quiet.availability.rate'),
    atLeast: 5_000,
    unit: 'requests/s',
  },
  over(
    'availability as 304 ÷ in full, 20,000 seats',
    'f.20000.quiet.availability.304.rate',
    'f.20000.quiet.availability.rate',
    1,
  ),
  {
    about: 'creating a show: 80,000 seats ÷ 100 seats',
    reached: (rounds) => rounds.ratio('g.80000.p50', 'g.100.p50'),
    atMost: 1.5,
    unit: '×',
  },
  {
    about: 'memory of a server: 4,500 shows ÷ 1,500 shows',
    reached: (rounds) => rounds.ratio('i.many', 'i.few'),
    atMost: 1.1,
    unit: '×',
  },
]

function twice(ratio: number | null): number | null {
  return ratio === null ? null : ratio * 2
}

function over(about: string, id: string, base: string, atLeast: number): Goal {
  return { about, reached: (rounds) => rounds.ratio(id, base), atLeast, unit: '×' }
}

function atMost(about: string, id: string, limit: number, unit: string): Goal {
  return { about, reached: (rounds) => rounds.median(id), atMost: limit, unit }
}

/** The goals whose cases ran, each with what was reached. */
export function judge(rounds: Rounds): Verdict[] {
  return GOALS.flatMap((goal) => {
    const reached = goal.reached(rounds)
    if (reached === null) return []
    const isMet = reached >= (goal.atLeast ?? -Infinity) && reached <= (goal.atMost ?? Infinity)
    const bound = goal.atLeast === undefined ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`
    const shown = reached.toFixed(reached < 10 && !Number.isInteger(reached) ? 2 : 0)
    const { about, unit } = goal
    return [{ about, wanted: `${bound} ${unit}`.trim(), reached: `${shown} ${unit}`.trim(), isMet }]
  })
}
