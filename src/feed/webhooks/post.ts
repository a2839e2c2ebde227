import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
  request as requestHttp,
} from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { isIP } from 'node:net'
import type { Event } from '../../protocol/index.ts'
import { sign } from './sign.ts'
import { guardedLookup, isAllowed, TargetRefusedError, type TargetRules } from './target.ts'

/** URL to send to, and the secrets that sign what is sent. */
export interface Target {
  readonly url: string
  readonly secrets: readonly string[]
}

/** An event as it is sent: its id, and the text that is signed. */
export interface Message {
  readonly id: string
  readonly body: string
}

/** Makes the message of an event. */
export function messageOf(event: Event): Message {
  return { id: event.id, body: JSON.stringify(event) }
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
const WAYS_KEPT_MAX = 1_000

/** Sends events: no redirects, ten seconds in all, 64 kB of answer at most. Never throws. */
export class Poster {
  readonly #settings: PosterSettings
  readonly #agent: Agent
  readonly #secureAgent: SecureAgent
  readonly #ways = new Map<string, Way>()
  #isClosed = false

  constructor(settings: PosterSettings) {
    this.#settings = settings
    const lookup = guardedLookup(settings)
    const options = { keepAlive: true, maxSockets: SOCKETS_PER_TARGET, lookup }
    this.#agent = new Agent(options)
    this.#secureAgent = new SecureAgent(options)
  }

  /** Sends one event to one target. */
  async post({ url, secrets }: Target, { id, body }: Message): Promise<Posted> {
    const beganAt = performance.now()
    const tookMs = () => Math.round(performance.now() - beganAt)
    try {
      const bytes = Buffer.from(body)
      const headers = {
        'content-type': 'application/json',
        'content-length': String(bytes.length),
        'user-agent': this.#settings.userAgent,
        ...sign(id, bytes, secrets, Date.now()),
      }
      const response = await this.#send(this.#wayTo(url), { headers, body })
      return { ...response, tookMs: tookMs() }
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      return { ...NOTHING, error: told, tookMs: tookMs() }
    }
  }

  close(): void {
    this.#isClosed = true
    this.#agent.destroy()
    this.#secureAgent.destroy()
  }

  /**
   * A receiver may close a connection that was kept while the next event is on its way. That says
   * nothing about the receiver, so the event is sent again at once, until a new connection is used.
   */
  async #send(way: Way, letter: Letter): Promise<Answered> {
    const endAt = performance.now() + (this.#settings.timeoutMs ?? TIMEOUT_MS)
    for (;;) {
      try {
        return await ask(way, letter, endAt)
      } catch (error) {
        if (!(error instanceof ClosedMeanwhileError) || this.#isClosed) throw error
      }
    }
  }

  /** Finds the way to a URL, which is read and judged once: that took 12 µs of each request. */
  #wayTo(url: string): Way {
    const known = this.#ways.get(url)
    if (known !== undefined) return known
    if (this.#ways.size >= WAYS_KEPT_MAX) this.#ways.clear()
    const { protocol, hostname, port, pathname, search } = new URL(url)
    const host = hostname.replace(/^\[|\]$/g, '')
    // A literal address is looked up by nobody.
    if (isIP(host) !== 0 && !isAllowed(host, this.#settings)) throw new TargetRefusedError(host)
    const isSecure = protocol === 'https:'
    const agent = isSecure ? this.#secureAgent : this.#agent
    const path = `${pathname}${search}`
    const options = { method: 'POST', protocol, host, path, agent, ...(port !== '' && { port }) }
    const way = { open: isSecure ? requestHttps : requestHttp, options }
    this.#ways.set(url, way)
    return way
  }
}

/** Part of a request that is the same for each one to a URL. */
interface Way {
  readonly open: typeof requestHttp
  readonly options: RequestOptions
}

interface Letter {
  readonly headers: OutgoingHttpHeaders
  readonly body: string
}

function ask({ open, options }: Way, { headers, body }: Letter, endAt: number): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = open({ ...options, headers }, (response) => {
      readAnswer(response, resolve, reject)
    })
    request.on('error', (error) => {
      reject(isClosedMeanwhile(request, error) ? new ClosedMeanwhileError() : error)
    })
    // As text it is encoded like what was signed, and leaves in one write with its headers.
    request.end(body, 'utf8')
    hangUpLater(request, endAt, reject)
  })
}

/** Thrown when a kept connection was closed before its next answer began. */
class ClosedMeanwhileError extends Error {
  override readonly message = 'The connection was closed.'
}

function isClosedMeanwhile({ reusedSocket }: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function hangUpLater(request: ClientRequest, endAt: number, reject: (error: Error) => void): void {
  const timer = setTimeout(
    () => {
      // An answer that came while this thread waited for the processor has come in time.
      setImmediate(() => {
        if (request.destroyed) return
        reject(new Error('No complete answer in time.'))
        request.destroy()
      })
    },
    Math.max(0, endAt - performance.now()),
  )
  request.once('close', () => clearTimeout(timer))
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

function readAnswer(
  response: IncomingMessage,
  resolve: (answer: Answered) => void,
  reject: (error: Error) => void,
): void {
  const parts: Buffer[] = []
  let length = 0
  response.on('error', reject)
  response.on('data', (part: Buffer) => {
    parts.push(part)
    length += part.length
    if (length <= ANSWER_BYTES_MAX) return
    resolve({ ...NOTHING, status: response.statusCode ?? null, error: 'The answer is too long.' })
    response.destroy()
  })
  response.on('end', () => resolve(answerOf(response, parts)))
}

function answerOf(response: IncomingMessage, parts: readonly Buffer[]): Answered {
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
