import {
  ConnectionLost,
  type HttpAnswer,
  HttpConnection,
  type Peer,
  peerOf,
} from '../../rig/index.ts'

/** An answer as it came over the wire. */
export type RawAnswer = Pick<HttpAnswer, 'status' | 'headers' | 'body'>

/** Facts that a reader has to know of a request, to know where its answer ends. */
export interface Expecting {
  /** The answer has no body, whatever its headers say. */
  readonly isHead?: boolean
}

const PATIENCE_MS = 20_000

/**
 * A client that sends any bytes, also what no HTTP client would, from any address of the loopback
 * network. One request at a time, on a connection that is kept alive where the server lets it.
 */
export class RawClient {
  readonly #peer: Peer
  #connection: HttpConnection | null = null

  constructor(url: string, localAddress = '127.0.0.1') {
    this.#peer = { ...peerOf(url), localAddress }
  }

  /** Null when the connection ended, or nothing came for twenty seconds, before an answer. */
  async send(bytes: Buffer, expecting: Expecting = {}): Promise<RawAnswer | null> {
    const kept = this.#connection
    const connection = kept ?? (await HttpConnection.open(this.#peer))
    this.#connection = connection
    const timer = setTimeout(() => connection.close(), PATIENCE_MS)
    try {
      const answer = await connection.send(bytes, expecting)
      if (!connection.isOpen) this.close()
      return answer
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      this.close()
      // A connection that the server had given up meanwhile says nothing about the request.
      if (kept !== null && !error.hasBegun) return this.send(bytes, expecting)
      return null
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends the connection; the next request opens another one. */
  close(): void {
    this.#connection?.close()
    this.#connection = null
  }
}
