import { type Call, LostAnswer, type Reply } from '../api.ts'
import type { Accident } from './evidence.ts'

/** A verdict that fails does not get clearer with more of them. */
const COUNT_MAX = 10_000

/** Keeps the requests that were lost although nobody hung up. */
export class Accidents {
  readonly list: Accident[] = []
  readonly #now: () => number

  /** `now` gives milliseconds since the sale opened. */
  constructor(now: () => number) {
    this.#now = now
  }

  observe({ operation }: Call, result: Reply | LostAnswer): void {
    if (!(result instanceof LostAnswer) || result.loss === 'hung up') return
    if (this.list.length >= COUNT_MAX) return
    const { server, loss, message, afterMs } = result
    const lostAt = this.#now()
    this.list.push({ operation, server, askedAt: lostAt - afterMs, lostAt, loss, message })
  }
}
