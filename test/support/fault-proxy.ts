/**
 * A bad network between an engine and its database: it swallows requests and answers, cuts
 * connections, holds them back, or stays silent for ever. It knows nothing of PostgreSQL but what a
 * batch of commands looks like.
 */
import type { NetConnectOpts } from 'node:net'
import { join } from 'node:path'
import type pg from 'pg'
import { type Line, resetSocket, TcpProxy } from '../../rig/index.ts'

/**
 * Fault that happens to the next batch.
 * - `drop answer`: it arrives and commits; the answer is lost with the connection.
 * - `drop request`: it never arrives; the connection is cut.
 * - `cut`: it is passed on and the connection cut at once: nobody knows.
 * - `late`: the connection is cut at the engine's side only; the batch arrives when `deliver` is
 *   called, like a packet that was stuck in a router.
 */
export type Fault = 'drop answer' | 'drop request' | 'cut' | 'late'

/** Weather of the network: `silent` passes nothing on, `closed` also ends new connections. */
export type Weather = 'fair' | 'silent' | 'closed'

/** Fate of one connection. */
interface Fate {
  isAnswerDropped: boolean
  /** Its batch is still to come, although nobody waits for the answer. */
  isLate: boolean
}

/** Only batches have request ids in them. */
const BATCH = Buffer.from('"request_id"')

export class FaultProxy {
  /** Number of faults that have happened. */
  count = 0
  readonly #target: pg.ClientConfig
  #proxy!: TcpProxy
  readonly #late: (() => void)[] = []
  #weather: Weather = 'fair'
  /** Bytes that were held back in silence, in order. */
  #heldBack: (() => void)[] = []
  #nextFault: (() => Fault | null) | null = null

  private constructor(target: pg.ClientConfig) {
    this.#target = target
  }

  /** Listens on a free port of this machine, in front of the database of `target`. */
  static async open(target: pg.ClientConfig): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    proxy.#proxy = await TcpProxy.open({
      target: () => (proxy.#weather === 'closed' ? null : addressOf(target)),
      rules: (line) => proxy.#rulesOf(line),
    })
    return proxy
  }

  /** The database as seen through the proxy. */
  get config(): pg.ClientConfig {
    return { ...this.#target, host: '127.0.0.1', port: this.#proxy.port }
  }

  /** The next batch meets a fault; with a function, every batch for which it names one. */
  inject(fault: Fault | (() => Fault | null)): void {
    if (typeof fault === 'function') {
      this.#nextFault = fault
      return
    }
    this.#nextFault = () => {
      this.#nextFault = null
      return fault
    }
  }

  /** Ends faults by function. */
  calm(): void {
    this.#nextFault = null
  }

  /** With `fair`, what was held back in silence goes on, in order. */
  set weather(weather: Weather) {
    this.#weather = weather
    if (weather !== 'fair') return
    const heldBack = this.#heldBack
    this.#heldBack = []
    for (const pass of heldBack) pass()
    for (const line of this.#proxy.lines) {
      if (line.client.destroyed || line.server.destroyed) line.cut()
    }
  }

  /** Cuts every connection, on both sides. */
  cutAll(): void {
    this.#proxy.cutAll()
  }

  /** Forgets what was held back in silence: those packets are lost. */
  loseHeldBack(): void {
    this.#heldBack = []
  }

  /** Batches that were `late` arrive now. */
  deliver(): void {
    for (const pass of this.#late.splice(0)) pass()
  }

  async close(): Promise<void> {
    await this.#proxy.close()
  }

  #rulesOf(line: Line) {
    const fate: Fate = { isAnswerDropped: false, isLate: false }
    return {
      ask: (bytes: Buffer) => this.#pass(() => this.#request(line, fate, bytes)),
      // PostgreSQL answers after the commit, in one go.
      answer: (bytes: Buffer) =>
        this.#pass(() => (fate.isAnswerDropped ? line.cut() : line.answer(bytes))),
      // In silence not even the end of a connection gets through.
      end: () => {
        if (this.#weather !== 'silent' && !fate.isLate) line.cut()
      },
    }
  }

  #pass(pass: () => void): void {
    if (this.#weather === 'silent') this.#heldBack.push(pass)
    else pass()
  }

  #request(line: Line, fate: Fate, bytes: Buffer): void {
    const fault = bytes.includes(BATCH) ? (this.#nextFault?.() ?? null) : null
    if (fault !== null) this.count += 1
    switch (fault) {
      case null:
        line.ask(bytes)
        break
      case 'drop answer':
        fate.isAnswerDropped = true
        line.ask(bytes)
        break
      case 'drop request':
        line.cut()
        break
      case 'cut':
        line.ask(bytes, () => line.cut())
        break
      case 'late':
        this.#late.push(() => line.ask(bytes))
        fate.isLate = true
        resetSocket(line.client)
        break
    }
  }
}

function addressOf({ host = 'localhost', port = 5432 }: pg.ClientConfig): NetConnectOpts {
  return host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port }
}
