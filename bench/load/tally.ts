import { createHistogram } from 'node:perf_hooks'
import type { HttpAnswer } from '../../rig/index.ts'
import type { JobResult } from './jobs.ts'

/** Counts answers and times of one job. */
export class Tally {
  count = 0
  readonly #statuses = new Map<number, number>()
  readonly #histogram = createHistogram()
  #startedAt = performance.now()

  /** Forgets what was counted while everything warmed up; statuses stay. */
  begin(): void {
    this.count = 0
    this.#histogram.reset()
    this.#startedAt = performance.now()
  }

  /** Resolves with the answer of a request, whose time is recorded. */
  async time(request: Promise<HttpAnswer>): Promise<HttpAnswer> {
    const sentAt = performance.now()
    const answer = await request
    this.record(performance.now() - sentAt)
    return this.see(answer)
  }

  /** Records how long something took, in milliseconds. */
  record(ms: number): void {
    this.#histogram.record(Math.max(1, Math.round(ms * 1e6)))
  }

  /** Counts an answer by its status, and gives it back. */
  see(answer: HttpAnswer): HttpAnswer {
    this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1)
    return answer
  }

  result(): JobResult {
    const ms = (nanoseconds: number) => nanoseconds / 1e6
    return {
      count: this.count,
      seconds: (performance.now() - this.#startedAt) / 1000,
      statuses: Object.fromEntries(this.#statuses),
      latency: {
        p50: ms(this.#histogram.percentile(50)),
        p99: ms(this.#histogram.percentile(99)),
        max: ms(this.#histogram.max),
      },
    }
  }
}

/** Ends the job where an answer is not what it must be: a wrong answer has no speed. */
export function expectStatus(answer: HttpAnswer, ...wanted: readonly number[]): void {
  if (wanted.includes(answer.status)) return
  throw new Error(`${answer.status} where ${wanted.join(' or ')} was due: ${answer.text}`)
}
