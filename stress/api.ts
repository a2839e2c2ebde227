import { AnswerLost, HttpClient, type Loss, type TimedAnswer } from '../rig/index.ts'

/** A request to one of the servers. */
export interface Call {
  /** The operation's name in the API's description. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
  /** The idempotency key. */
  readonly key?: string
  readonly asOperator?: boolean
  readonly etag?: string | null
}

/** Answer of a server. */
export interface Reply {
  readonly server: number
  readonly status: number
  readonly etag: string | null
  readonly replayed: boolean
  readonly retryAfterMs: number
  /** From having a connection to having all of the answer. */
  readonly latencyMs: number
  /** Null without a body. */
  readonly body: Readonly<Record<string, unknown>> | null
}

/** There is no answer, so nobody knows whether the command was done. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer'
  readonly server: number
  readonly loss: Loss
  /** Milliseconds for which the request had been under way. */
  readonly afterMs: number

  constructor(server: number, { loss, afterMs, message }: AnswerLost) {
    super(message)
    this.server = server
    this.loss = loss
    this.afterMs = afterMs
  }
}

/** Listener that is told of every request. */
export type Watch = (call: Call, reply: Reply | LostAnswer) => void

/** Servers to send requests to, and how many at once. */
export interface ApiSettings {
  readonly servers: readonly string[]
  readonly operatorKey: string | null
  /** Connections, over all servers. */
  readonly socketsMax: number
  readonly watch?: Watch
}

/** The servers as shoppers reach them: plain HTTP, a bounded number of connections. */
export class Api {
  readonly servers: readonly string[]
  readonly operatorKey: string | null
  readonly #clients: readonly HttpClient[]
  readonly #watch: Watch

  constructor({ servers, operatorKey, socketsMax, watch = () => {} }: ApiSettings) {
    this.servers = servers
    this.operatorKey = operatorKey
    this.#watch = watch
    const connectionsMax = Math.max(1, Math.floor(socketsMax / servers.length))
    this.#clients = servers.map((url) => new HttpClient(url, connectionsMax))
  }

  /** Another server than this one, where there is another. */
  after(server: number): number {
    return (server + 1) % this.servers.length
  }

  /**
   * Sends a request. With `hangUp` the answer is not waited for: once the request has left us, the
   * connection is cut within that many milliseconds. Throws `LostAnswer`.
   */
  async send(server: number, call: Call, hangUp: number | null = null): Promise<Reply> {
    const { method, path, body } = call
    const headers = this.#headers(call)
    const client = this.#clients[server] as HttpClient
    try {
      const timed = await client.send({ method, path, body, headers, hangUpMs: hangUp })
      const reply = toReply(server, timed)
      this.#watch(call, reply)
      return reply
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error
      const lost = new LostAnswer(server, error)
      this.#watch(call, lost)
      throw lost
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const client of this.#clients) client.close()
  }

  #headers(call: Call): Record<string, string> {
    return {
      ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
      ...(call.asOperator ? { authorization: `Bearer ${this.operatorKey}` } : {}),
      ...(call.etag ? { 'if-none-match': call.etag } : {}),
    }
  }
}

function toReply(server: number, { answer, latencyMs }: TimedAnswer): Reply {
  const { headers, status, text } = answer
  return {
    server,
    status,
    etag: headers.etag ?? null,
    replayed: headers['idempotency-replayed'] === 'true',
    retryAfterMs: 1000 * Number(headers['retry-after'] ?? 0),
    latencyMs,
    body: bodyOf(text, headers['content-type'] ?? ''),
  }
}

function bodyOf(text: string, type: string): Reply['body'] {
  if (text === '') return null
  return /\bjson\b/.test(type) ? JSON.parse(text) : { text }
}
