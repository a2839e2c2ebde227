import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { chainOf, type Delivery, type Entry, type JsonObject } from '../history/history.ts'
import { Timeline } from '../judge/timeline.ts'
import { now } from './wire.ts'

/** An event, as far as the judge looks at it. */
interface Told {
  readonly id: string
  readonly type: string
  readonly at: string
  readonly show: string
  readonly version: number
  readonly data: JsonObject
}

/** A receiver of webhooks on the loopback. One delivery of each show is refused, to come again. */
export class HookReceiver {
  readonly #server: Server
  readonly #write: (delivery: Delivery) => void
  readonly #versions = new Map<string, Set<number>>()
  /** Chains of holds that were told to be over. */
  readonly #over = new Set<string>()
  #secret = ''
  /** Number of the delivery of a show that is refused. */
  #refusedNo = Number.NaN
  /** Deliveries so far, by show. */
  readonly #counts = new Map<string, number>()

  private constructor(server: Server, write: (delivery: Delivery) => void) {
    this.#server = server
    this.#write = write
    server.on('request', async (request, response) => {
      const isHeard = await this.#hear(request).catch(() => false)
      response.writeHead(isHeard ? 204 : 503).end()
    })
  }

  /** Listens on a free port. */
  static async open(write: (delivery: Delivery) => void): Promise<HookReceiver> {
    const server = createServer()
    const receiver = new HookReceiver(server, write)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return receiver
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`
  }

  /** Expects deliveries signed with the secret, and refuses one of each show, if told which. */
  expect(secret: string, refusedNo: number | null): void {
    this.#secret = secret
    if (refusedNo !== null) this.#refusedNo = refusedNo
  }

  /** Tells whether every entry of a show but the first was told, and what ran out. */
  hasAll(show: string, entries: readonly Entry[]): boolean {
    const told = this.#versions.get(show)
    if (!entries.every(({ version }) => version === 1 || told?.has(version))) return false
    const { leftHolds } = new Timeline(entries)
    return leftHolds.every(({ chain }) => this.#over.has(chain as string))
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #hear(request: IncomingMessage): Promise<boolean> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const bytes = Buffer.concat(parts)
    const { id, type, at, show, version, data } = JSON.parse(bytes.toString()) as Told
    const isSigned = this.#isSigned(request, bytes)
    const receivedAt = now()
    this.#write({ line: 'delivery', show, id, type, version, at, data, receivedAt, isSigned })
    if (type === 'hold.expired') this.#over.add(chainOf(String(data.id)))
    else {
      const told = this.#versions.get(show) ?? new Set()
      this.#versions.set(show, told.add(version))
    }
    const no = (this.#counts.get(show) ?? 0) + 1
    this.#counts.set(show, no)
    return no !== this.#refusedNo
  }

  /** Standard Webhooks: HMAC-SHA256 over id, time and body, one of several signatures. */
  #isSigned({ headers }: IncomingMessage, bytes: Buffer): boolean {
    const key = Buffer.from(this.#secret.replace(/^whsec_/, ''), 'base64')
    const signed = createHmac('sha256', key)
      .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`)
      .update(bytes)
      .digest()
    return String(headers['webhook-signature'])
      .split(' ')
      .map((signature) => Buffer.from(signature.replace(/^v1,/, ''), 'base64'))
      .some((told) => told.length === signed.length && timingSafeEqual(told, signed))
  }
}
