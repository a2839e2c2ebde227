import type { HttpAnswer } from './http-answer.ts'
import { HttpConnection, type Peer, peerOf } from './http-connection.ts'

/** A request, as those who play shoppers send it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  /** Sent as JSON; none when left out. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The answer is not waited for: once the request has left us, the connection is cut within so
   * many milliseconds.
   */
  readonly hangUpMs?: number | null
}

/** An answer, and the time from having a connection to having all of it. */
export interface TimedAnswer {
  readonly answer: HttpAnswer
  readonly latencyMs: number
}

/**
 * Reason why there was no answer: we hung up on purpose, it never came, or the connection broke.
 */
export type Loss = 'hung up' | 'timed out' | 'broken'

/** There is no answer, so nobody knows whether the command was done. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'
  readonly loss: Loss
  /** Milliseconds for which the request had been under way. */
  readonly afterMs: number

  constructor(loss: Loss, afterMs: number, message: string) {
    super(message)
    this.loss = loss
    this.afterMs = afterMs
  }
}

/** The deadline of the API is 10 s; what takes longer than this was promised not to happen. */
export const ANSWER_MS_MAX = 20_000
/** Shorter than servers keep idle connections, so that none breaks under a request. */
const IDLE_MS_MAX = 30_000

interface Idle {
  readonly connection: HttpConnection
  readonly since: number
}

/** One address, and a bounded number of connections to it. Nothing is sent a second time. */
export class HttpClient {
  readonly #url: URL
  readonly #peer: Peer
  readonly #open = new Set<HttpConnection>()
  /** The one that was used last comes first. */
  readonly #idle: Idle[] = []
  readonly #waiting: (() => void)[] = []
  #left: number

  constructor(url: string, connectionsMax: number) {
    this.#url = new URL(`${url.replace(/\/+$/, '')}/`)
    this.#peer = peerOf(this.#url)
    this.#left = connectionsMax
  }

  /** Waits for a connection, then for an answer. Throws `AnswerLost`. */
  async send(request: HttpRequest): Promise<TimedAnswer> {
    const askedAt = performance.now()
    // Waiting for one of our own connections is nothing that a server can be blamed for.
    if (this.#left === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#left -= 1
    const connection = this.#take()
    try {
      return await this.#exchange(connection, request, askedAt)
    } finally {
      if (connection.isOpen) this.#idle.push({ connection, since: performance.now() })
      else this.#open.delete(connection)
      const next = this.#waiting.shift()
      if (next) next()
      else this.#left += 1
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const connection of this.#open) connection.close()
    this.#open.clear()
  }

  #take(): HttpConnection {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      const { connection, since } = idle
      if (connection.isOpen && performance.now() - since < IDLE_MS_MAX) return connection
      connection.close()
      this.#open.delete(connection)
    }
    const connection = new HttpConnection(this.#peer)
    this.#open.add(connection)
    return connection
  }

  async #exchange(
    connection: HttpConnection,
    request: HttpRequest,
    askedAt: number,
  ): Promise<TimedAnswer> {
    const { hangUpMs = null } = request
    const beganAt = performance.now()
    let loss: Loss = 'broken'
    let leaving: NodeJS.Timeout | undefined
    const leave = (why: Loss) => {
      loss = why
      connection.close()
    }
    const timer = setTimeout(leave, ANSWER_MS_MAX, 'timed out')
    const onSent = () => {
      if (hangUpMs !== null) leaving = setTimeout(leave, hangUpMs, 'hung up')
    }
    try {
      const answer = await connection.send(this.#textOf(request), { onSent })
      return { answer, latencyMs: performance.now() - beganAt }
    } catch (error) {
      const { message } = error as Error
      throw new AnswerLost(loss, performance.now() - askedAt, REASONS[loss] ?? message)
    } finally {
      clearTimeout(timer)
      clearTimeout(leaving)
    }
  }

  #textOf({ method, path, body, headers = {} }: HttpRequest): string {
    const { pathname, search } = new URL(`./${path.slice(1)}`, this.#url)
    const text = body === undefined || body === null ? null : JSON.stringify(body)
    const host = { host: this.#url.host, accept: 'application/json' }
    return toRequest(method, `${pathname}${search}`, { ...host, ...headers }, text)
  }
}

const REASONS: Readonly<Partial<Record<Loss, string>>> = {
  'hung up': 'nobody waited for the answer',
  'timed out': `no answer within ${ANSWER_MS_MAX / 1000} s`,
}

/** The text of a request. A body is JSON. */
export function toRequest(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string | null,
): string {
  let text = `${method} ${target} HTTP/1.1\r\n`
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`
  if (body === null) return `${text}\r\n`
  const length = Buffer.byteLength(body)
  return `${text}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`
}
