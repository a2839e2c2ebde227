/**
 * HTTP/1.1 over one socket that is kept alive: one request at a time, nothing but what our own
 * server sends. Half the work of node's own client, so that the generator leaves the processor to
 * what is measured.
 */
import { createConnection, type Socket } from 'node:net'

/** An answer, its body as text. */
export interface RawAnswer {
  readonly status: number
  readonly etag: string | null
  readonly body: string
}

const END_OF_HEAD = '\r\n\r\n'
const LENGTH = /\r\ncontent-length: (\d+)/i
const ETAG = /\r\netag: ([^\r]+)/i

/** One connection. Its end, or what cannot be read, rejects the request that is under way. */
export class RawClient {
  readonly #socket: Socket
  #chunks: Buffer[] = []
  #missing = 0
  #resolve: ((answer: RawAnswer) => void) | null = null
  #reject: ((error: Error) => void) | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  /** Resolves when connected. */
  static open(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: '127.0.0.1', port }, () => {
        socket.off('error', reject)
        resolve(new RawClient(socket))
      })
      socket.once('error', reject)
    })
  }

  /** Sends a whole request (ASCII), made by `toRequest`. */
  send(request: string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#socket.write(request, 'latin1')
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    if (this.#missing > 0) {
      this.#chunks.push(chunk)
      this.#missing -= chunk.length
      if (this.#missing > 0) return
      chunk = Buffer.concat(this.#chunks)
    } else if (this.#chunks.length > 0) {
      chunk = Buffer.concat([...this.#chunks, chunk])
    }
    const headEnd = chunk.indexOf(END_OF_HEAD)
    if (headEnd === -1) {
      this.#chunks = [chunk]
      return
    }
    const head = chunk.toString('latin1', 0, headEnd)
    const bodyStart = headEnd + END_OF_HEAD.length
    // An answer 304 has no body, whatever length it speaks of.
    const length = head.startsWith(' 304 ', 8) ? 0 : Number(LENGTH.exec(head)?.[1] ?? 0)
    const missing = bodyStart + length - chunk.length
    this.#missing = Math.max(missing, 0)
    this.#chunks = missing > 0 ? [chunk] : []
    if (missing <= 0) this.#answer(head, chunk.toString('utf8', bodyStart))
  }

  #answer(head: string, body: string): void {
    const resolve = this.#resolve
    this.#resolve = null
    this.#reject = null
    resolve?.({ status: Number(head.slice(9, 12)), etag: ETAG.exec(head)?.[1] ?? null, body })
  }

  #fail(error: Error): void {
    const reject = this.#reject
    this.#resolve = null
    this.#reject = null
    reject?.(error)
  }
}

/** The text of a request. With a body it is a POST; `headers` end in line breaks. */
export function toRequest(path: string, body: string | null, headers = ''): string {
  const method = body === null ? 'GET' : 'POST'
  const about =
    body === null
      ? ''
      : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: bench\r\n${about}${headers}\r\n${body ?? ''}`
}
