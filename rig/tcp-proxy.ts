/**
 * A stretch of network between clients and a server. What goes wrong on it is up to who lays the
 * lines: the faults of databases and of HTTP differ, listening, passing on and hanging up do not.
 */
import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net'
import { resetSocket } from './reset-socket.ts'

/** One connection through the proxy. */
export class Line {
  readonly client: Socket
  readonly server: Socket

  constructor(client: Socket, server: Socket) {
    this.client = client
    this.server = server
  }

  /** Passes a part of a request on; calls `sent` when it has left. */
  ask(bytes: Buffer, sent?: () => void): void {
    if (!this.server.destroyed) this.server.write(bytes, sent)
  }

  /** Passes a part of an answer on. */
  answer(bytes: Buffer): void {
    if (!this.client.destroyed) this.client.write(bytes)
  }

  /** Ends both sides; what was sent before still arrives. */
  close(): void {
    this.client.destroy()
    this.server.destroy()
  }

  /** Cuts it: the client sees a reset, and may lose what was sent before. */
  cut(): void {
    resetSocket(this.client)
    this.server.destroy()
  }
}

/** Rules for what comes over a line. */
export interface LineRules {
  ask(bytes: Buffer): void
  answer(bytes: Buffer): void
  /** One of the sides has ended. Ends the other one, too, when left out. */
  end?(): void
}

/** Target of the lines, and their rules. */
export interface TcpProxySettings {
  /** Address that the next connection goes to; null turns it away. */
  readonly target: () => NetConnectOpts | null
  readonly rules: (line: Line) => LineRules
}

/** Listens on a free port of the loopback. */
export class TcpProxy {
  readonly #server: Server
  readonly #lines = new Set<Line>()

  private constructor({ target, rules }: TcpProxySettings) {
    this.#server = createServer((client) => {
      client.on('error', () => {})
      const to = target()
      if (to === null) client.destroy()
      else this.#lay(client, to, rules)
    })
  }

  /** Resolves when it listens. */
  static async open(settings: TcpProxySettings): Promise<TcpProxy> {
    const proxy = new TcpProxy(settings)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Its address, in place of the server's. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Those of which at least one side is open. */
  get lines(): ReadonlySet<Line> {
    return this.#lines
  }

  /** Cuts every line. */
  cutAll(): void {
    for (const line of this.#lines) line.cut()
  }

  async close(): Promise<void> {
    this.cutAll()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #lay(client: Socket, to: NetConnectOpts, rulesOf: TcpProxySettings['rules']): void {
    const server = connect(to)
    server.on('error', () => {})
    const line = new Line(client, server)
    this.#lines.add(line)
    const rules = rulesOf(line)
    client.on('data', (bytes) => rules.ask(bytes))
    server.on('data', (bytes) => rules.answer(bytes))
    for (const socket of [client, server]) {
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) this.#lines.delete(line)
        if (rules.end) rules.end()
        else line.close()
      })
    }
  }
}
