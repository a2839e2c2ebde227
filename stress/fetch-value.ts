import { setTimeout as delay } from 'node:timers/promises'
import type { Problem } from '../src/protocol/index.ts'
import { type Api, type Call, LostAnswer } from './api.ts'

/** A request that is no part of the play was refused: the play cannot go on. */
export class StageError extends Error {
  override readonly name = 'StageError'
}

const ATTEMPTS_MAX = 20
const PAUSE_MS = 500

/**
 * Fetches the answer to a request that has to succeed; null for 404. Busy servers and lost answers
 * are asked again, so a write needs a key. Throws `StageError` with the refusal.
 */
export async function fetchValue<Value>(
  api: Api,
  call: Call,
  server: number = 0,
): Promise<Value | null> {
  let last = ''
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    try {
      const reply = await api.send((server + attempt) % api.servers.length, call)
      if (reply.status < 300) return reply.body as Value
      const { code, detail, title } = (reply.body ?? {}) as Partial<Problem>
      if (reply.status === 404) return null
      last = `${code ?? reply.status}: ${detail ?? title ?? 'no reason was given'}`
      if (reply.status < 500) throw new StageError(`${call.operation} was refused. ${last}`)
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error
      last = error.message
    }
    await delay(PAUSE_MS)
  }
  throw new StageError(`${call.operation} had no answer: ${last}`)
}
