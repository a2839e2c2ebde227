import { Agent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { isIP } from 'node:net'
import type { Event } from '../../protocol/index.ts'
import { sign } from './sign.ts'
import { guardedLookup, isAllowed, TargetRefusedError, type TargetRules } from './target.ts'

/** Where to, and what it is signed with. */
export interface Target {
  readonly url: string
  readonly secrets: readonly string[]
}

/** Answer of a receiver. Delivered means a status of 2xx. */
export interface Posted {
  readonly isDelivered: boolean
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly tookMs: number
  readonly retryAfterMs: number
  /** 410: the receiver wants no more. */
  readonly isGone: boolean
}

/** Limits of a poster: its patience, and how much it reads. */
export interface PosterSettings extends TargetRules {
  readonly userAgent: string
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 65_536
const ANSWER_CHARS_KEPT = 1_000
const RETRY_AFTER_MS_MAX = 86_400_000
const SOCKETS_PER_TARGET = 8

/** Sends events: no redirects, ten seconds in all, 64 kB of answer at most. Never throws. */
export class Poster {
  readonly #settings: PosterSettings
  readonly #agent: Agent
  readonly #secureAgent: SecureAgent

  constructor(settings: PosterSettings) {
    this.#settings = settings
    const lookup = guardedLookup(settings)
    const options = { keepAlive: true, maxSockets: SOCKETS_PER_TARGET, lookup }
    this.#agent = new Agent(options)
    this.#secureAgent = new SecureAgent(options)
  }

  /** Sends one event to one target. */
  async post({ url, secrets }: Target, event: Event): Promise<Posted> {
    const beganAt = performance.now()
    const body = Buffer.from(JSON.stringify(event))
    const tookMs = () => Math.round(performance.now() - beganAt)
    try {
      const headers = {
        'content-type': 'application/json',
        'content-length': String(body.length),
        'user-agent': this.#settings.userAgent,
        ...sign(event.id, body, secrets, Date.now()),
      }
      const response = await this.#send(new URL(url), headers, body)
      return { ...response, tookMs: tookMs() }
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      return { ...NOTHING, error: told, tookMs: tookMs() }
    }
  }

  close(): void {
    this.#agent.destroy()
    this.#secureAgent.destroy()
  }

  #send(url: URL, headers: RequestOptions['headers'], body: Buffer): Promise<Answered> {
    const isSecure = url.protocol === 'https:'
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const agent = isSecure ? this.#secureAgent : this.#agent
    const signal = AbortSignal.timeout(this.#settings.timeoutMs ?? TIMEOUT_MS)
    return new Promise((resolve, reject) => {
      // A literal address is looked up by nobody.
      if (isIP(host) !== 0 && !isAllowed(host, this.#settings)) throw new TargetRefusedError(host)
      const open = isSecure ? requestHttps : requestHttp
      const request = open(url, { method: 'POST', headers, agent, signal }, (response) => {
        readAnswer(response).then(resolve, reject)
      })
      request.on('error', (error) => {
        reject(signal.aborted ? new Error('No whole answer within the time.') : error)
      })
      request.end(body)
    })
  }
}

type Answered = Omit<Posted, 'tookMs'>

const NOTHING: Answered = {
  isDelivered: false,
  status: null,
  answer: null,
  error: null,
  retryAfterMs: 0,
  isGone: false,
}

async function readAnswer(response: IncomingMessage): Promise<Answered> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length <= ANSWER_BYTES_MAX) continue
    response.destroy()
    return { ...NOTHING, status: response.statusCode ?? null, error: 'The answer is too long.' }
  }
  const status = response.statusCode ?? null
  const isDelivered = status !== null && status >= 200 && status < 300
  const text = Buffer.concat(parts).toString().slice(0, ANSWER_CHARS_KEPT)
  return {
    isDelivered,
    status,
    answer: text === '' ? null : text.replaceAll('\u0000', ''),
    error: status !== null && status >= 300 && status < 400 ? 'Redirects are not followed.' : null,
    retryAfterMs: retryAfterOf(response.headers['retry-after']),
    isGone: status === 410,
  }
}

/** Seconds, or a date. */
function retryAfterOf(header: string | undefined): number {
  if (header === undefined) return 0
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.min(RETRY_AFTER_MS_MAX, Math.max(0, ms)) : 0
}
