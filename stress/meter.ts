import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import { type Call, LostAnswer, type Reply } from './api.ts'

/** Latencies in milliseconds; all 0 where nothing was measured. */
export interface Latencies {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** One interval of a sale. Commands change something, reads do not. */
export interface Interval {
  /** Its end, in seconds since the sale opened. */
  readonly at: number
  /** Its length in seconds. */
  readonly seconds: number
  readonly done: number
  readonly refused: number
  readonly reads: number
  /** Answers that say that it could not be done just now (503). */
  readonly busy: number
  /** Connections that broke, or answers that never came. Not those that shoppers cut. */
  readonly broken: number
  readonly commandMs: Latencies
  readonly readMs: Latencies
}

/** Figures of all requests of one operation. */
export interface OperationFigures extends Latencies {
  readonly operation: string
  readonly done: number
  readonly refused: number
  readonly busy: number
  readonly broken: number
  /** Answers that shoppers did not wait for. */
  readonly hungUp: number
}

/** An hour, in the unit of the histograms: microseconds. */
const HIGHEST = 3_600_000_000
const FIGURES = 3

interface Tally {
  done: number
  refused: number
  busy: number
  broken: number
  hungUp: number
  readonly latencies: RecordableHistogram
}

/** Counts and times every request: over the run by operation, and by interval. */
export class Meter {
  readonly intervals: Interval[] = []
  readonly #operations = new Map<string, Tally>()
  readonly #commands = newTally()
  readonly #reads = newTally()
  readonly #now: () => number
  #began = 0

  /** `now` gives milliseconds since the sale opened. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Requests that were answered, over the run. */
  get answerCount(): number {
    return [...this.#operations.values()].reduce(
      (sum, { done, refused, busy }) => sum + done + refused + busy,
      0,
    )
  }

  observe(call: Call, result: Reply | LostAnswer): void {
    const operation = this.#operations.get(call.operation) ?? newTally()
    this.#operations.set(call.operation, operation)
    count(operation, result)
    count(call.method === 'GET' ? this.#reads : this.#commands, result)
  }

  /** Ends an interval and begins the next. */
  endInterval(): Interval {
    const now = this.#now()
    const { done, refused, busy, broken, latencies } = this.#commands
    const interval: Interval = {
      at: now / 1000,
      seconds: (now - this.#began) / 1000,
      done,
      refused,
      reads: this.#reads.done + this.#reads.refused,
      busy: busy + this.#reads.busy,
      broken: broken + this.#reads.broken,
      commandMs: toLatencies(latencies),
      readMs: toLatencies(this.#reads.latencies),
    }
    for (const tally of [this.#commands, this.#reads]) reset(tally)
    this.#began = now
    this.intervals.push(interval)
    return interval
  }

  /** Tells what came of everything so far, by operation, in alphabetical order. */
  figures(): OperationFigures[] {
    return [...this.#operations]
      .toSorted(([one], [two]) => (one < two ? -1 : 1))
      .map(([operation, { latencies, ...counts }]) => ({
        operation,
        ...counts,
        ...toLatencies(latencies),
      }))
  }
}

function newTally(): Tally {
  const latencies = createHistogram({ lowest: 1, highest: HIGHEST, figures: FIGURES })
  return { done: 0, refused: 0, busy: 0, broken: 0, hungUp: 0, latencies }
}

function reset(tally: Tally): void {
  tally.latencies.reset()
  Object.assign(tally, { done: 0, refused: 0, busy: 0, broken: 0, hungUp: 0 })
}

function count(tally: Tally, result: Reply | LostAnswer): void {
  if (result instanceof LostAnswer) {
    if (result.loss === 'hung up') tally.hungUp += 1
    else tally.broken += 1
    return
  }
  if (result.status >= 500) tally.busy += 1
  else if (result.status >= 400) tally.refused += 1
  else tally.done += 1
  tally.latencies.record(Math.max(1, Math.round(result.latencyMs * 1000)))
}

/** Microseconds in, milliseconds out. */
function toLatencies(histogram: RecordableHistogram): Latencies {
  const { count } = histogram
  if (count === 0) return { count, p50: 0, p95: 0, p99: 0, max: 0 }
  const at = (percentile: number) => histogram.percentile(percentile) / 1000
  return { count, p50: at(50), p95: at(95), p99: at(99), max: histogram.max / 1000 }
}
