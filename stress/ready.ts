import { setTimeout as delay } from 'node:timers/promises'
import { ANSWER_MS_MAX } from '../rig/index.ts'
import { StageError } from './fetch-value.ts'

const READY_MS_MAX = 60_000
const PAUSE_MS = 100

/**
 * Waits until every server says that it is ready, asked on connections that no shopper uses. Throws
 * after a minute.
 */
export async function untilReady(servers: readonly string[]): Promise<void> {
  const giveUpAt = performance.now() + READY_MS_MAX
  for (const url of servers) {
    while (!(await isReady(url))) {
      if (performance.now() > giveUpAt) throw new StageError(`${url} is not ready.`)
      await delay(PAUSE_MS)
    }
  }
}

/** Tells whether a server serves, and reaches its database. */
export async function isReady(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_MS_MAX)
  try {
    const answer = await fetch(`${url}/health/ready`, { signal })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
