/** Time and chance, as the client meets them. Handed in, so that a test can play every order. */
export interface Clock {
  /** Milliseconds that never run backwards; only differences mean anything. */
  now(): number
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 up to, not including, 1. */
  random(): number
}

/** Clock, timers and chance of the runtime. */
export const WORLD_CLOCK: Clock = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      // A longer timer would fire at once; whoever sleeps for days asks again when awake.
      const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1))
      signal.addEventListener('abort', done)
    }),
}

/**
 * Pause after so many failures, counting from 0: at random up to a bound that doubles,
 * so that clients who failed together do not come back together.
 */
export function backoffMs(
  clock: Clock,
  failedCount: number,
  bounds: { readonly firstMs: number; readonly maxMs: number },
): number {
  return clock.random() * Math.min(bounds.maxMs, bounds.firstMs * 2 ** Math.min(failedCount, 30))
}
