import { AssertionError } from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until the answer is not null; fails after `patienceMs`. A throw counts as null. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null>,
  patienceMs: number = 60_000,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  let problem: unknown
  while (performance.now() < giveUpAt) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
    } catch (error) {
      problem = error
    }
    await delay(10)
  }
  const failure = new AssertionError({ message: `Waited in vain for ${what}.` })
  throw Object.assign(failure, { cause: problem })
}
