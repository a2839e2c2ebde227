import type { Clock } from '../../src/client/clock.ts'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A clock that stands still until it is told to go on. `random` answers what a test sets. */
export class FakeClock implements Clock {
  time = 0
  chance = 0
  readonly #sleepers = new Set<Sleeper>()

  now(): number {
    return this.time
  }

  random(): number {
    return this.chance
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const wake = () => {
        this.#sleepers.delete(sleeper)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { at: this.time + ms, wake }
      this.#sleepers.add(sleeper)
      signal.addEventListener('abort', wake)
    })
  }

  /** Milliseconds until somebody wakes; Infinity when nobody sleeps. */
  get nextMs(): number {
    return Math.min(...[...this.#sleepers].map(({ at }) => at - this.time))
  }

  /** Goes on by so many milliseconds, and lets everything happen that then can. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    for (;;) {
      const due = [...this.#sleepers].filter(({ at }) => at <= end)
      const [first] = due.toSorted((one, two) => one.at - two.at)
      if (first === undefined) break
      this.time = Math.max(this.time, first.at)
      first.wake()
      await settle()
    }
    this.time = end
    await settle()
  }
}

/** Lets whatever is ready to happen, happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
}
