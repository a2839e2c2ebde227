/**
 * A bad line between clients and servers, with a load balancer in it: every connection goes to some
 * server, and may be cut, fall silent or lose its answer at any byte. It knows nothing of HTTP.
 */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { resetSocket } from './reset-socket.ts'

/**
 * What becomes of a connection after so many bytes of answers.
 * - `cut`: both sides see it end.
 * - `stall`: nothing passes any more, and nobody is told.
 * - `eat`: the answers are swallowed from the first byte, then the client is cut.
 */
export interface Fate {
  readonly kind: 'cut' | 'stall' | 'eat'
  readonly afterBytes: number
}

interface Line {
  readonly client: Socket
  readonly server: Socket
  readonly fate: Fate | null
  bytes: number
  isStalled: boolean
}

export class BadLine {
  /** Connections that met their fate. */
  faultCount = 0
  /** The ports of servers that take connections; may change at any time. */
  ports: number[]
  /** Decides over each new connection. */
  fateOf: () => Fate | null = () => null
  readonly #server: Server
  readonly #lines = new Set<Line>()
  readonly #pick: (count: number) => number

  private constructor(ports: number[], pick: (count: number) => number) {
    this.ports = ports
    this.#pick = pick
    this.#server = createServer((client) => this.#accept(client))
  }

  /** In front of servers by their URLs; `pick` chooses among so many. */
  static async open(
    urls: readonly string[],
    pick: (count: number) => number = () => 0,
  ): Promise<BadLine> {
    const ports = urls.map((url) => Number(new URL(url).port))
    const line = new BadLine(ports, pick)
    line.#server.listen(0, '127.0.0.1')
    await once(line.#server, 'listening')
    return line
  }

  get url(): string {
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return `http://127.0.0.1:${port}`
  }

  get openCount(): number {
    return this.#lines.size
  }

  /** From now on nothing passes on the connections there are. */
  stallAll(): void {
    for (const line of this.#lines) line.isStalled = true
  }

  cutAll(): void {
    for (const line of this.#lines) hangUp(line)
  }

  async close(): Promise<void> {
    this.cutAll()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(client: Socket): void {
    client.on('error', () => {})
    const port = this.ports[this.#pick(this.ports.length)]
    if (port === undefined) {
      client.destroy()
      return
    }
    const server = connect(port, '127.0.0.1')
    server.on('error', () => {})
    const line: Line = { client, server, fate: this.fateOf(), bytes: 0, isStalled: false }
    this.#lines.add(line)
    client.on('data', (bytes) => {
      if (!line.isStalled && !server.destroyed) server.write(bytes)
    })
    server.on('data', (bytes) => this.#answer(line, bytes))
    client.on('close', () => this.#end(line, server))
    server.on('close', () => this.#end(line, client))
  }

  #answer(line: Line, bytes: Buffer): void {
    if (line.isStalled || line.client.destroyed) return
    const { fate, client } = line
    const leftBytes = fate === null ? Number.POSITIVE_INFINITY : fate.afterBytes - line.bytes
    line.bytes += bytes.length
    if (fate?.kind !== 'eat') client.write(bytes.subarray(0, leftBytes))
    if (bytes.length < leftBytes) return
    this.faultCount += 1
    if (fate?.kind === 'stall') line.isStalled = true
    else hangUp(line)
  }

  /** On a line that is silent, neither side hears of the other's end. */
  #end(line: Line, other: Socket): void {
    if (!line.isStalled) other.destroy()
    if (line.client.destroyed && line.server.destroyed) this.#lines.delete(line)
  }
}

function hangUp({ client, server }: Line): void {
  resetSocket(client)
  server.destroy()
}
