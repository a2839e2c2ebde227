import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case; the values of a repeated one are joined by commas. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** What a reader has to know of a request, to know where its answer ends. */
export interface Expecting {
  /** The answer has no body, whatever its headers say. */
  readonly isHead?: boolean
}

const PATIENCE_MS = 20_000
const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * One keep-alive connection that sends any bytes, also what no HTTP client would, from any address
 * of the loopback network. One request at a time. A stream is read up to its first event.
 */
export class RawClient {
  readonly #port: number
  readonly #localAddress: string
  #socket: Socket | null = null
  #received: Buffer = Buffer.alloc(0)
  #isEnded = false
  #wake: () => void = () => {}

  constructor(url: string, localAddress = '127.0.0.1') {
    this.#port = Number(new URL(url).port)
    this.#localAddress = localAddress
  }

  /** Null when the connection ended, or nothing came for twenty seconds, before an answer. */
  async send(bytes: Buffer, expecting: Expecting = {}): Promise<RawAnswer | null> {
    const isFresh = this.#socket === null
    if (isFresh) await this.#open()
    this.#received = Buffer.alloc(0)
    this.#socket?.write(bytes)
    const answer = await this.#read(expecting)
    if (answer === null && !isFresh && this.#isEnded && this.#received.length === 0) {
      // A connection that the server had given up meanwhile says nothing about the request.
      this.close()
      return this.send(bytes, expecting)
    }
    const isOver = answer === null || this.#isEnded || isLast(answer)
    if (isOver) this.close()
    return answer
  }

  /** Ends the connection; the next request opens another one. */
  close(): void {
    this.#socket?.destroy()
    this.#socket = null
  }

  async #open(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const socket = connect({
      port: this.#port,
      host: '127.0.0.1',
      localAddress: this.#localAddress,
      noDelay: true,
    })
    socket.once('connect', resolve).once('error', reject)
    await promise
    this.#isEnded = false
    this.#socket = socket
    socket.off('error', reject).on('error', () => {})
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    socket.once('close', () => {
      if (this.#socket === socket || this.#socket === null) this.#isEnded = true
      this.#wake()
    })
  }

  async #read(expecting: Expecting): Promise<RawAnswer | null> {
    const giveUp = new AbortController()
    const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS)
    try {
      for (;;) {
        const answer = parse(this.#received, expecting, this.#isEnded)
        if (answer !== null) return answer
        if (this.#isEnded) return null
        const more = Promise.withResolvers<void>()
        this.#wake = more.resolve
        await Promise.race([more.promise, once(giveUp.signal, 'abort')])
        if (giveUp.signal.aborted) return null
      }
    } finally {
      clearTimeout(timer)
    }
  }
}

function isLast({ headers }: RawAnswer): boolean {
  const isStream = headers['content-type']?.startsWith('text/event-stream') === true
  return headers.connection === 'close' || isStream
}

function parse(received: Buffer, { isHead }: Expecting, isEnded: boolean): RawAnswer | null {
  const end = received.indexOf(HEAD_END)
  if (end === -1) return null
  const [first = '', ...lines] = received.toString('latin1', 0, end).split('\r\n')
  const status = Number(first.split(' ')[1])
  const rest = received.subarray(end + HEAD_END.length)
  if (status < 200) return parse(rest, { isHead: isHead === true }, isEnded)
  const headers = headersOf(lines)
  const body = isHead || status === 204 || status === 304 ? rest : bodyOf(headers, rest, isEnded)
  return body === null ? null : { status, headers, body }
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}

function bodyOf(headers: Record<string, string>, rest: Buffer, isEnded: boolean): Buffer | null {
  if (headers['transfer-encoding'] === 'chunked') {
    return chunksOf(rest, headers['content-type'] ?? '')
  }
  const length = headers['content-length']
  if (length === undefined) return isEnded ? rest : null
  return rest.length < Number(length) ? null : rest.subarray(0, Number(length))
}

function chunksOf(rest: Buffer, type: string): Buffer | null {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line === -1) return null
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(parts)
    const end = line + 2 + size
    if (rest.length < end + 2) return null
    parts.push(rest.subarray(line + 2, end))
    const body = Buffer.concat(parts)
    // A stream never ends by itself.
    if (type.startsWith('text/event-stream') && body.includes('\n\n')) return body
    at = end + 2
  }
}
