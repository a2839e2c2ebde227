import { type buildConnector, Client, errors } from 'undici'

/** Request to a receiver: the body is the bytes that were signed. */
export interface Letter {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** Answer to a letter. */
export interface Answer {
  readonly status: number
  /** Null when it is too long. */
  readonly body: Buffer | null
  readonly retryAfter: string | undefined
}

/** Thrown when a kept connection was closed before its next answer began. */
export class ClosedMeanwhileError extends Error {
  override readonly message = 'The connection was closed.'
}

/** Thrown when time is up. */
export class LateError extends Error {
  override readonly message = 'No complete answer in time.'
}

const BODY_BYTES_MAX = 65_536
/** Without a word from the receiver; what it says in `Keep-Alive` counts more. */
const KEPT_MS = 60_000

/** One connection to a receiver, for one letter at a time. It is over when any of them fails. */
export class Connection {
  readonly #client: Client
  readonly #onOver: () => void
  #isBusy = false
  #hasAnswered = false

  constructor(origin: string, connect: buildConnector.connector, onOver: () => void) {
    this.#onOver = onOver
    const timeouts = { keepAliveTimeout: KEPT_MS, headersTimeout: 0, bodyTimeout: 0 }
    this.#client = new Client(origin, { connect, pipelining: 1, ...timeouts })
    // It would connect again by itself, and an event that fails could not tell on which of the two.
    this.#client.on('disconnect', () => this.hangUp(new errors.SocketError('closed')))
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Sends a letter, and reads the answer. Throws when it breaks, and when time is up. */
  ask({ path, headers, body }: Letter, endAt: number): Promise<Answer> {
    this.#isBusy = true
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const forget = this.#hangUpAt(endAt)
    const parts: Buffer[] = []
    let length = 0
    let hasBegun = false
    let status = 0
    let retryAfter: string | undefined
    this.#client.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart() {},
        onResponseStarted() {
          hasBegun = true
        },
        onResponseStart(_, code, { 'retry-after': after }) {
          status = code
          retryAfter = Array.isArray(after) ? after[0] : after
        },
        onResponseData: (_, part) => {
          parts.push(part)
          length += part.length
          if (length <= BODY_BYTES_MAX) return
          resolve({ status, body: null, retryAfter: undefined })
          this.hangUp(new Error('The answer is too long.'))
        },
        onResponseEnd: () => {
          forget()
          this.#hasAnswered = true
          this.#isBusy = false
          resolve({ status, body: Buffer.concat(parts), retryAfter })
        },
        onResponseError: (_, error) => {
          forget()
          const saysNothing = this.#hasAnswered && !hasBegun && isClosing(error)
          reject(saysNothing ? new ClosedMeanwhileError() : error)
          this.hangUp(error)
        },
      },
    )
    return promise
  }

  hangUp(why: Error): void {
    if (this.#client.destroyed) return
    this.#onOver()
    this.#client.destroy(why, () => {})
  }

  /** Hangs up at an instant, unless it is told to forget that. */
  #hangUpAt(at: number): () => void {
    let isForgotten = false
    const timer = setTimeout(
      () => {
        // An answer that came while this thread waited for the processor has come in time.
        setImmediate(() => {
          if (!isForgotten) this.hangUp(new LateError())
        })
      },
      Math.max(0, at - performance.now()),
    )
    return () => {
      isForgotten = true
      clearTimeout(timer)
    }
  }
}

/** Ways in which undici and the system tell that the other side closed a connection. */
const CLOSINGS = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

function isClosing(error: Error): boolean {
  return 'code' in error && CLOSINGS.has(error.code)
}
