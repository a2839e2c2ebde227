import { Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { performance } from 'node:perf_hooks'

/** A request, as it goes over the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body: unknown
  readonly key: string | null
  readonly token: string | null
}

/** What came back: the whole answer, or null when it never came. */
export interface WireAnswer {
  readonly status: number | null
  readonly replayed: boolean
  readonly retryAfterMs: number
  readonly body: unknown
}

const NO_ANSWER: WireAnswer = { status: null, replayed: false, retryAfterMs: 0, body: null }

/** Longer than the API's deadline: what has not come by then never will. */
const ANSWER_MS_MAX = 20_000

/** One address of the API. */
export class Wire {
  readonly url: string
  readonly #agent: Agent

  constructor(url: string, socketsMax: number) {
    this.url = url.replace(/\/+$/, '')
    const options = { keepAlive: true, maxSockets: socketsMax, timeout: 30_000 }
    this.#agent = this.url.startsWith('https:') ? new SecureAgent(options) : new Agent(options)
  }

  /** Never throws: a broken line is an answer that did not come. */
  send({ method, path, body, key, token }: WireRequest): Promise<WireAnswer> {
    const text = body === null || body === undefined ? null : JSON.stringify(body)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (text !== null) headers['content-type'] = 'application/json'
    if (text !== null) headers['content-length'] = String(Buffer.byteLength(text))
    if (key !== null) headers['idempotency-key'] = key
    if (token !== null) headers.authorization = `Bearer ${token}`
    const open = this.url.startsWith('https:') ? requestHttps : requestHttp
    return new Promise((resolve) => {
      const options = { method, headers, agent: this.#agent }
      const request = open(`${this.url}${path}`, options, (response) => {
        read(response).then(resolve, () => resolve(NO_ANSWER))
      })
      request.setTimeout(ANSWER_MS_MAX, () => request.destroy())
      request.on('error', () => resolve(NO_ANSWER))
      request.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

async function read(response: IncomingMessage): Promise<WireAnswer> {
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part)
  if (!response.complete) return NO_ANSWER
  const text = Buffer.concat(parts).toString()
  return {
    status: response.statusCode ?? null,
    replayed: response.headers['idempotency-replayed'] === 'true',
    retryAfterMs: 1000 * Number(response.headers['retry-after'] ?? 0),
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
