import { Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'

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

/** What a server answered. */
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

/** Why there was no answer: we hung up on purpose, it never came, or the connection broke. */
export type Loss = 'hung up' | 'timed out' | 'broken'

/** There is no answer, so nobody knows whether the command was done. */
export class LostAnswer extends Error {
  override readonly name = 'LostAnswer'
  readonly server: number
  readonly loss: Loss
  /** How long the request had been under way. */
  readonly afterMs: number

  constructor(server: number, loss: Loss, afterMs: number, message: string) {
    super(message)
    this.server = server
    this.loss = loss
    this.afterMs = afterMs
  }
}

/** Whoever wants to know of every request. */
export type Watch = (call: Call, reply: Reply | LostAnswer) => void

/** Where to send requests, and how many at once. */
export interface ApiSettings {
  readonly servers: readonly string[]
  readonly operatorKey: string | null
  /** Connections, over all servers. */
  readonly socketsMax: number
  readonly watch?: Watch
}

/** The deadline of the API is 10 s; what takes longer than this was promised not to happen. */
export const ANSWER_MS_MAX = 20_000
/** Shorter than servers keep idle connections, so that none breaks under a request. */
const IDLE_MS_MAX = 30_000

/** The servers as shoppers reach them: plain HTTP, a bounded number of connections. */
export class Api {
  readonly servers: readonly string[]
  readonly operatorKey: string | null
  readonly #agents: readonly Agent[]
  readonly #watch: Watch

  constructor({ servers, operatorKey, socketsMax, watch = () => {} }: ApiSettings) {
    this.servers = servers
    this.operatorKey = operatorKey
    this.#watch = watch
    const maxSockets = Math.max(1, Math.floor(socketsMax / servers.length))
    const options = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets }
    this.#agents = servers.map((url) =>
      url.startsWith('https:') ? new SecureAgent(options) : new Agent(options),
    )
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
    try {
      const reply = await this.#exchange(server, call, hangUp)
      this.#watch(call, reply)
      return reply
    } catch (error) {
      if (error instanceof LostAnswer) this.#watch(call, error)
      throw error
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const agent of this.#agents) agent.destroy()
  }

  #exchange(server: number, call: Call, hangUp: number | null): Promise<Reply> {
    const url = `${this.servers[server]}${call.path}`
    const text = call.body === undefined ? undefined : JSON.stringify(call.body)
    const send = url.startsWith('https:') ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const askedAt = performance.now()
      const lost = (loss: Loss, message: string) => {
        reject(new LostAnswer(server, loss, performance.now() - askedAt, message))
      }
      let beganAt = askedAt
      const request = send(url, {
        method: call.method,
        agent: this.#agents[server],
        headers: this.#headers(call, text),
        timeout: IDLE_MS_MAX,
      })
      let timer: NodeJS.Timeout | undefined
      request.once('close', () => clearTimeout(timer))
      // Waiting for one of our own connections is nothing that a server can be blamed for.
      request.once('socket', () => {
        beganAt = performance.now()
        timer = setTimeout(() => {
          lost('timed out', `no answer within ${ANSWER_MS_MAX / 1000} s`)
          request.destroy()
        }, ANSWER_MS_MAX)
      })
      request.once('error', (error) => lost('broken', error.message))
      if (hangUp !== null) {
        request.once('finish', async () => {
          await delay(hangUp)
          lost('hung up', 'nobody waited for the answer')
          request.destroy()
        })
      }
      request.once('response', (response) => {
        receive(response).then(
          (body) => resolve(toReply(server, response, body, performance.now() - beganAt)),
          (error: Error) => lost('broken', error.message),
        )
      })
      request.end(text)
    })
  }

  #headers(call: Call, text: string | undefined): Record<string, string> {
    return {
      ...(text === undefined
        ? {}
        : {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(text)),
          }),
      ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
      ...(call.asOperator ? { authorization: `Bearer ${this.operatorKey}` } : {}),
      ...(call.etag ? { 'if-none-match': call.etag } : {}),
    }
  }
}

async function receive(response: IncomingMessage): Promise<Reply['body']> {
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  if (text === '') return null
  if (!/\bjson\b/.test(response.headers['content-type'] ?? '')) return { text }
  return JSON.parse(text) as Reply['body']
}

function toReply(
  server: number,
  response: IncomingMessage,
  body: Reply['body'],
  latencyMs: number,
): Reply {
  const { headers, statusCode } = response
  return {
    server,
    status: statusCode ?? 0,
    etag: headers.etag ?? null,
    replayed: headers['idempotency-replayed'] === 'true',
    retryAfterMs: 1000 * Number(headers['retry-after'] ?? 0),
    latencyMs,
    body,
  }
}
