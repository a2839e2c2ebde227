import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Mark } from '../history/history.ts'
import type { Random } from './random.ts'
import { now } from './wire.ts'

/** What a bad network does to one request. */
const FAULTS = ['drop request', 'drop answer', 'reset', 'delay', 'trickle', 'black hole'] as const
/** One of them. */
export type Fault = (typeof FAULTS)[number]

/** Where to listen, whom to pass on to, and how bad it is to be. */
export interface FaultProxySettings {
  readonly target: string
  readonly random: Random
  /** Share of requests that meet a fault. */
  readonly share: number
  readonly onFault: (mark: Mark) => void
}

const DELAY_MS_MAX = 600
const BLACK_HOLE_MS = 1_500
const TRICKLE_BYTES = 97
const TRICKLE_MS = 5

/** A bad network between clients and one server: TCP on the loopback, faults from a seed. */
export class FaultProxy {
  readonly #server: Server
  readonly #settings: FaultProxySettings
  readonly #sockets = new Set<Socket>()
  #isCalm = false

  private constructor(server: Server, settings: FaultProxySettings) {
    this.#server = server
    this.#settings = settings
  }

  /** Opens a proxy on a free port of the loopback. */
  static async open(settings: FaultProxySettings): Promise<FaultProxy> {
    const server = createServer()
    const proxy = new FaultProxy(server, settings)
    server.on('connection', (client) => proxy.#accept(client))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return proxy
  }

  /** Its address, in place of the server's. */
  get url(): string {
    const address = this.#server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return `http://127.0.0.1:${port}`
  }

  /** No more faults, or faults again. */
  calm(isCalm = true): void {
    this.#isCalm = isCalm
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(client: Socket): void {
    const { hostname, port } = new URL(this.#settings.target)
    const server = connect(Number(port || 80), hostname)
    const line = new Line(client, server)
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        line.hangUp()
      })
    }
    client.on('data', (bytes) => line.ask(bytes, this.#pick(bytes), this.#settings.random))
    server.on('data', (bytes) => line.answer(bytes))
  }

  /** A fault for what begins a request; streams are left alone but for cuts. */
  #pick(bytes: Buffer): Fault | null {
    const { random, share, onFault } = this.#settings
    const start = bytes.subarray(0, 200).toString('latin1')
    if (this.#isCalm || !/^(?:GET|POST|PATCH) /.test(start) || !random.chance(share)) return null
    const isStream = start.includes('/stream')
    const fault = isStream ? 'reset' : (random.pick(FAULTS) ?? null)
    if (fault)
      onFault({ line: 'mark', what: `network: ${fault}`, startedAt: now(), endedAt: now() })
    return fault
  }
}

/** One connection through the proxy. */
class Line {
  readonly #client: Socket
  readonly #server: Socket
  #fault: Fault | null = null
  #isSlow = false
  #late: Buffer = Buffer.alloc(0)

  constructor(client: Socket, server: Socket) {
    this.#client = client
    this.#server = server
  }

  ask(bytes: Buffer, fault: Fault | null, random: Random): void {
    if (fault !== null) this.#fault = fault
    switch (fault) {
      case 'drop request':
        this.hangUp()
        return
      case 'black hole':
        setTimeout(() => this.hangUp(), BLACK_HOLE_MS).unref()
        return
      case 'reset':
        this.#server.write(bytes, () => setImmediate(() => this.hangUp()))
        return
      case 'delay':
        setTimeout(() => this.#pass(bytes), random.whole(1, DELAY_MS_MAX)).unref()
        this.#fault = null
        return
      default:
        this.#pass(bytes)
    }
  }

  answer(bytes: Buffer): void {
    if (this.#fault === 'drop answer') this.hangUp()
    else if (this.#fault === 'trickle') this.#trickle(bytes)
    else if (!this.#client.destroyed) this.#client.write(bytes)
  }

  hangUp(): void {
    this.#client.destroy()
    this.#server.destroy()
  }

  #pass(bytes: Buffer): void {
    if (!this.#server.destroyed) this.#server.write(bytes)
  }

  #trickle(bytes: Buffer): void {
    // What comes after the first part of a slow answer would overtake it.
    this.#late = Buffer.concat([this.#late, bytes])
    if (this.#isSlow) return
    this.#isSlow = true
    const part = () => {
      if (this.#client.destroyed) return
      this.#client.write(this.#late.subarray(0, TRICKLE_BYTES))
      this.#late = this.#late.subarray(TRICKLE_BYTES)
      if (this.#late.length > 0) {
        setTimeout(part, TRICKLE_MS).unref()
        return
      }
      this.#fault = null
      this.#isSlow = false
    }
    part()
  }
}
