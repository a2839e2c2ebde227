/** Watches when a process does nothing for anybody: what a p99 of a few seconds is made of. */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** Asks a process for its pauses since it was last asked. */
export interface PausesQuestion {
  readonly kind: 'pauses'
}

/** Longest pauses, in milliseconds. */
export interface LongestPauses {
  /** Pauses of the event loop, whatever the reason: code, garbage, or no processor to run on. */
  readonly loop: number
  /** Pauses for the collection of garbage. */
  readonly garbage: number
}

/** Pauses of this process from now on. */
export class Pauses {
  readonly #loop = monitorEventLoopDelay({ resolution: 1 })
  #garbageMs = 0

  constructor() {
    this.#loop.enable()
    new PerformanceObserver((list) => {
      const times = list.getEntries().map(({ duration }) => duration)
      this.#garbageMs = Math.max(this.#garbageMs, ...times)
    }).observe({ entryTypes: ['gc'] })
  }

  /** Answers, and begins anew. */
  take(): LongestPauses {
    const pauses = { loop: this.#loop.max / 1e6, garbage: this.#garbageMs }
    this.#loop.reset()
    this.#garbageMs = 0
    return pauses
  }
}
