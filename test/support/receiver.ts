import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { after } from 'node:test'
import type { Event } from '../../src/protocol/index.ts'
import { until } from './until.ts'

/** A delivery, as it arrived. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders
  /** The bytes of the body. */
  readonly body: string
  readonly event: Event
  readonly at: number
}

/** Answers a delivery; ends the response by itself. */
export type Answer = (response: ServerResponse, arrival: Arrival) => void

/** An HTTP server that is told of events. Answers 204 unless told otherwise. */
export class Receiver {
  readonly arrivals: Arrival[] = []
  answer: Answer = (response) => response.writeHead(204).end()
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    server.on('request', async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const body = Buffer.concat(parts).toString()
      const event = JSON.parse(body) as Event
      const arrival = { headers: request.headers, body, event, at: Date.now() }
      this.arrivals.push(arrival)
      this.answer(response, arrival)
    })
  }

  /** Listens on a free port of the loopback until the tests of the file are over. */
  static async use(): Promise<Receiver> {
    const server = createServer()
    const receiver = new Receiver(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    return receiver
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`
  }

  /** Waits until so many deliveries have arrived. */
  async untilCount(count: number): Promise<void> {
    const hasAll = async () => (this.arrivals.length >= count ? true : null)
    await until(`${count} deliveries, not ${this.types}`, hasAll)
  }

  get types(): string[] {
    return this.arrivals.map(({ event }) => event.type)
  }
}
