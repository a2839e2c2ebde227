import { performance } from 'node:perf_hooks'
import { AnswerLost, type HttpAnswer, HttpClient } from '../../rig/index.ts'

/** A request, as it goes over the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body: unknown
  readonly key: string | null
  readonly token: string | null
}

/** Answer that came back: all of it, or null when it never came. */
export interface WireAnswer {
  readonly status: number | null
  readonly replayed: boolean
  readonly retryAfterMs: number
  readonly body: unknown
}

const NO_ANSWER: WireAnswer = { status: null, replayed: false, retryAfterMs: 0, body: null }

/** One address of the API. */
export class Wire {
  readonly url: string
  readonly #client: HttpClient

  constructor(url: string, socketsMax: number) {
    this.url = url.replace(/\/+$/, '')
    this.#client = new HttpClient(url, socketsMax)
  }

  /** Never throws: a broken line is an answer that did not come. */
  async send({ method, path, body, key, token }: WireRequest): Promise<WireAnswer> {
    const headers: Record<string, string> = {}
    if (key !== null) headers['idempotency-key'] = key
    if (token !== null) headers.authorization = `Bearer ${token}`
    try {
      const { answer } = await this.#client.send({ method, path, body, headers })
      return toAnswer(answer)
    } catch (error) {
      if (error instanceof AnswerLost) return NO_ANSWER
      throw error
    }
  }

  close(): void {
    this.#client.close()
  }
}

function toAnswer({ status, headers, text }: HttpAnswer): WireAnswer {
  return {
    status,
    replayed: headers['idempotency-replayed'] === 'true',
    retryAfterMs: 1000 * Number(headers['retry-after'] ?? 0),
    body: text === '' ? null : parse(text),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { unreadable: text.slice(0, 200) }
  }
}

/** Milliseconds since 1970, by a clock that never jumps. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
