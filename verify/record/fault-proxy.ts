import { type Line, type LineRules, type Random, TcpProxy } from '../../rig/index.ts'
import type { Mark } from '../history/history.ts'
import { now } from './wire.ts'

/** Faults of a bad network with one request. */
const FAULTS = ['drop request', 'drop answer', 'reset', 'delay', 'trickle', 'black hole'] as const
/** One of them. */
export type Fault = (typeof FAULTS)[number]

/** Target of a proxy, and the faults that it causes. */
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
  readonly #settings: FaultProxySettings
  #proxy!: TcpProxy
  #isCalm = false

  private constructor(settings: FaultProxySettings) {
    this.#settings = settings
  }

  /** Opens a proxy on a free port of the loopback. */
  static async open(settings: FaultProxySettings): Promise<FaultProxy> {
    const proxy = new FaultProxy(settings)
    const { hostname, port } = new URL(settings.target)
    proxy.#proxy = await TcpProxy.open({
      target: () => ({ host: hostname, port: Number(port || 80) }),
      rules: (line) => new BadLine(line, settings.random, (bytes) => proxy.#pick(bytes)),
    })
    return proxy
  }

  /** Its address, in place of the server's. */
  get url(): string {
    return this.#proxy.url
  }

  /** No more faults, or faults again. */
  calm(isCalm = true): void {
    this.#isCalm = isCalm
  }

  async close(): Promise<void> {
    await this.#proxy.close()
  }

  /** A fault for what begins a request; streams are left alone but for cuts. */
  #pick(bytes: Buffer): Fault | null {
    const { random, share, onFault } = this.#settings
    const start = bytes.subarray(0, 200).toString('latin1')
    if (this.#isCalm || !/^(?:GET|POST|PATCH) /.test(start) || !random.chance(share)) return null
    const isStream = start.includes('/stream')
    const fault = isStream ? 'reset' : random.pick(FAULTS)
    if (fault)
      onFault({ line: 'mark', what: `network: ${fault}`, startedAt: now(), endedAt: now() })
    return fault
  }
}

/** One connection through the proxy, and the fault that its request has met. */
class BadLine implements LineRules {
  readonly #line: Line
  readonly #random: Random
  readonly #pick: (bytes: Buffer) => Fault | null
  #fault: Fault | null = null
  #isSlow = false
  #late: Buffer = Buffer.alloc(0)

  constructor(line: Line, random: Random, pick: (bytes: Buffer) => Fault | null) {
    this.#line = line
    this.#random = random
    this.#pick = pick
  }

  ask(bytes: Buffer): void {
    const fault = this.#pick(bytes)
    if (fault !== null) this.#fault = fault
    switch (fault) {
      case 'drop request':
        this.#line.close()
        return
      case 'black hole':
        setTimeout(() => this.#line.close(), BLACK_HOLE_MS).unref()
        return
      case 'reset':
        this.#line.ask(bytes, () => setImmediate(() => this.#line.close()))
        return
      case 'delay':
        setTimeout(() => this.#line.ask(bytes), this.#random.whole(1, DELAY_MS_MAX)).unref()
        this.#fault = null
        return
      default:
        this.#line.ask(bytes)
    }
  }

  answer(bytes: Buffer): void {
    if (this.#fault === 'drop answer') this.#line.close()
    else if (this.#fault === 'trickle') this.#trickle(bytes)
    else this.#line.answer(bytes)
  }

  #trickle(bytes: Buffer): void {
    // What comes after the first part of a slow answer would overtake it.
    this.#late = Buffer.concat([this.#late, bytes])
    if (this.#isSlow) return
    this.#isSlow = true
    const part = () => {
      if (this.#line.client.destroyed) return
      this.#line.answer(this.#late.subarray(0, TRICKLE_BYTES))
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
