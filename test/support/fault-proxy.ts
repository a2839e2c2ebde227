/**
 * A bad network between an engine and its database: it swallows requests and answers, cuts
 * connections, holds them back, or stays silent for ever. It knows nothing of PostgreSQL but what a
 * batch of commands looks like.
 */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import type pg from 'pg'
import { resetSocket } from './reset-socket.ts'

/**
 * What happens to the next batch.
 * - `drop answer`: it arrives and commits; the answer is lost with the connection.
 * - `drop request`: it never arrives; the connection is cut.
 * - `cut`: it is passed on and the connection cut at once: nobody knows.
 * - `late`: the connection is cut at the engine's side only; the batch arrives when `deliver` is
 *   called, like a packet that was stuck in a router.
 */
export type Fault = 'drop answer' | 'drop request' | 'cut' | 'late'

/** How the network is: `silent` passes nothing on, `closed` also ends new connections. */
export type Weather = 'fair' | 'silent' | 'closed'

interface Line {
  readonly client: Socket
  readonly server: Socket
  isAnswerDropped: boolean
  /** Its batch is still to come, although nobody waits for the answer. */
  isLate: boolean
}

/** Only batches have request ids in them. */
const BATCH = Buffer.from('"request_id"')

export class FaultProxy {
  /** How many faults have happened. */
  count = 0
  readonly #target: pg.ClientConfig
  readonly #server: Server
  readonly #lines = new Set<Line>()
  readonly #late: (() => void)[] = []
  #weather: Weather = 'fair'
  /** Bytes that were held back in silence, in order. */
  #heldBack: (() => void)[] = []
  #nextFault: (() => Fault | null) | null = null

  private constructor(target: pg.ClientConfig) {
    this.#target = target
    this.#server = createServer((client) => this.#accept(client))
  }

  /** Listens on a free port of this machine, in front of the database of `target`. */
  static async open(target: pg.ClientConfig): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** The database as seen through the proxy. */
  get config(): pg.ClientConfig {
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { ...this.#target, host: '127.0.0.1', port }
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
    for (const line of this.#lines) {
      if (line.client.destroyed || line.server.destroyed) this.#end(line)
    }
  }

  /** Cuts every connection, on both sides. */
  cutAll(): void {
    for (const line of this.#lines) hangUp(line)
    this.#lines.clear()
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
    this.cutAll()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(client: Socket): void {
    client.on('error', () => {})
    if (this.#weather === 'closed') {
      client.destroy()
      return
    }
    const { host = 'localhost', port = 5432 } = this.#target
    const path = host.startsWith('/') ? join(host, `.s.PGSQL.${port}`) : null
    const server = path === null ? connect(port, host) : connect(path)
    server.on('error', () => {})
    const line = { client, server, isAnswerDropped: false, isLate: false }
    this.#lines.add(line)
    client.on('data', (bytes) => this.#pass(() => this.#request(line, bytes)))
    server.on('data', (bytes) => this.#pass(() => this.#answer(line, bytes)))
    client.on('close', () => this.#end(line))
    server.on('close', () => this.#end(line))
  }

  #pass(pass: () => void): void {
    if (this.#weather === 'silent') this.#heldBack.push(pass)
    else pass()
  }

  #request(line: Line, bytes: Buffer): void {
    const fault = bytes.includes(BATCH) ? (this.#nextFault?.() ?? null) : null
    if (fault !== null) this.count += 1
    switch (fault) {
      case null:
        line.server.write(bytes)
        break
      case 'drop answer':
        line.isAnswerDropped = true
        line.server.write(bytes)
        break
      case 'drop request':
        hangUp(line)
        break
      case 'cut':
        line.server.write(bytes, () => hangUp(line))
        break
      case 'late':
        this.#late.push(() => line.server.write(bytes))
        line.isLate = true
        resetSocket(line.client)
        break
    }
  }

  #answer(line: Line, bytes: Buffer): void {
    // PostgreSQL answers after the commit, in one go.
    if (line.isAnswerDropped) hangUp(line)
    else if (!line.client.destroyed) line.client.write(bytes)
  }

  /** In silence not even the end of a connection gets through. */
  #end(line: Line): void {
    if (this.#weather === 'silent' || line.isLate) return
    this.#lines.delete(line)
    hangUp(line)
  }
}

function hangUp({ client, server }: Line): void {
  resetSocket(client)
  server.destroy()
}
