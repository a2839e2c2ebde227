import cluster from 'node:cluster'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { FastifyInstance, FastifyListenOptions } from 'fastify'
import { probePort } from '../runtime/index.ts'

/**
 * Sockets that listen on the same port. Node takes one new connection from each of them in a turn
 * of the event loop. With one socket, a crowd that connects at once waits as many turns as it has
 * heads, and so does whoever asks for the server's health.
 */
const DOORS = 16
/** New connections that may wait at each; the system may allow fewer. Others try again in 1 s. */
const BACKLOG = 4_096
/** Options that Node gives the sockets of its own HTTP server. */
const HTTP_SOCKETS = { allowHalfOpen: true, noDelay: true } as const

/** All sockets by which connections come in to an HTTP server. */
export class Doors {
  readonly #app: FastifyInstance
  readonly #others: Server[] = []

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  /**
   * Listens; answers the address, such as `http://127.0.0.1:3000`. Only Linux shares connections
   * out among sockets, and workers get theirs from the primary: elsewhere one socket listens.
   */
  async open({ host, port }: { host: string; port: number }): Promise<string> {
    const reusePort = process.platform === 'linux' && !cluster.isWorker
    // A port that may be shared is shared with whoever else allows it, such as another server.
    if (reusePort && port !== 0) await probePort({ host, port })
    const options = { host, port, backlog: BACKLOG, reusePort } as FastifyListenOptions
    const url = await this.#app.listen(options)
    if (reusePort) await this.#openOthers()
    return url
  }

  async #openOthers(): Promise<void> {
    const { address: host, port } = this.#app.server.address() as AddressInfo
    for (let count = 1; count < DOORS; count += 1) {
      const other = createServer(HTTP_SOCKETS, (socket) => {
        this.#app.server.emit('connection', socket)
      })
      this.#others.push(other)
      other.listen({ host, port, backlog: BACKLOG, reusePort: true })
      await once(other, 'listening')
    }
  }

  /** Takes no more connections. Resolves when those that came in by the other sockets are gone. */
  async close(): Promise<void> {
    await Promise.all(
      this.#others.splice(0).map((other) => new Promise((resolve) => other.close(resolve))),
    )
  }
}
