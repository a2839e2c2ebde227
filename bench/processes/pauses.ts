/** Watches when a process does nothing for anybody: what a p99 of a few seconds is made of. */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'

/** Has a process watch for its pauses from now on, or tell them. */
export interface PausesQuestion {
  readonly kind: 'watch-pauses' | 'pauses'
}

/** Longest pauses, in milliseconds. */
export interface LongestPauses {
  /** Pauses of the event loop, whatever the reason: code, garbage, or no processor to run on. */
  readonly loop: number
  /** Pauses for the collection of garbage. */
  readonly garbage: number
}

/** Pauses of this process from now on. Watching costs a timer each millisecond, until the end. */
export class Pauses {
  readonly #loop = monitorEventLoopDelay({ resolution: 1 })
  readonly #collections: PerformanceObserver
  #garbageMs = 0

  constructor() {
    this.#loop.enable()
    this.#collections = new PerformanceObserver((list) => {
      const times = list.getEntries().map(({ duration }) => duration)
      this.#garbageMs = Math.max(this.#garbageMs, ...times)
    })
    this.#collections.observe({ entryTypes: ['gc'] })
  }

  end(): LongestPauses {
    this.#loop.disable()
    this.#collections.disconnect()
    return { loop: this.#loop.max / 1e6, garbage: this.#garbageMs }
  }
}
