import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 25

/** Repeats a check until it passes; when it has not after so many milliseconds, fails as it did. */
export async function eventually<Value>(
  withinMs: number,
  check: () => Promise<Value>,
): Promise<Value> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
    }
    await delay(PAUSE_MS)
  }
}
