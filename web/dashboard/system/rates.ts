import { type Sample, sumOf } from './metrics.ts'

const KEPT_MAX = 300

/** How fast counters grow, from looking at them again and again. */
export class Rates {
  readonly #times: number[] = []
  readonly #requests: number[] = []
  readonly #commands: number[] = []
  #last: { atMs: number; requests: number; commands: number } | null = null

  /** What was counted at a time in milliseconds since 1970. A restart begins anew. */
  add(samples: readonly Sample[], atMs: number): void {
    const requests = sumOf(samples, 'rowlock_http_requests_total')
    const commands = sumOf(samples, 'rowlock_engine_commands_total')
    const last = this.#last
    this.#last = { atMs, requests, commands }
    if (last === null || requests < last.requests) return
    const seconds = (atMs - last.atMs) / 1000
    if (seconds <= 0) return
    this.#times.push(atMs / 1000)
    this.#requests.push((requests - last.requests) / seconds)
    this.#commands.push((commands - last.commands) / seconds)
    for (const column of [this.#times, this.#requests, this.#commands]) {
      if (column.length > KEPT_MAX) column.shift()
    }
  }

  /** Times in seconds, requests and commands per second: copies, which later looks do not touch. */
  columns(): [number[], number[], number[]] {
    return [[...this.#times], [...this.#requests], [...this.#commands]]
  }
}
