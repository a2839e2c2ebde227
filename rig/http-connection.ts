/**
 * HTTP/1.1 over one socket that is kept alive: one request at a time, of any bytes, also of those
 * that no HTTP client would send. Half the work of node's own client, so that who makes load leaves
 * the processor to what is measured; and nothing is sent twice, so that who counts what was done
 * knows how often it was asked for.
 */
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { type HttpAnswer, readAnswer } from './http-answer.ts'

/** The other end of a connection. */
export interface Peer {
  readonly host: string
  readonly port: number
  readonly isSecure?: boolean
  /** An address of this machine to come from. */
  readonly localAddress?: string
}

/** The peer of a URL. */
export function peerOf(address: string | URL): Peer {
  const { hostname, port, protocol } = new URL(address)
  const isSecure = protocol === 'https:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return { host, port: Number(port || (isSecure ? 443 : 80)), isSecure }
}

/** The connection ended before the answer was complete. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  /** A part of the answer had come. */
  readonly hasBegun: boolean

  constructor(message: string, hasBegun: boolean) {
    super(message)
    this.hasBegun = hasBegun
  }
}

/** Facts about a request besides its bytes. */
export interface SendOptions {
  /** The answer has no body, whatever its headers say. */
  readonly isHead?: boolean
  /** Called when the request has left us. */
  readonly onSent?: () => void
}

interface Waiting {
  readonly isHead: boolean
  resolve(answer: HttpAnswer): void
  reject(error: ConnectionLost): void
}

/** One connection, which is on its way from the start. */
export class HttpConnection {
  readonly #socket: Socket
  #waiting: Waiting | null = null
  #parts: Buffer[] = []
  /** Bytes that have to come before it is worth looking. */
  #missing = 0
  #problem = 'the connection was closed'

  constructor({ isSecure = false, host, port, localAddress }: Peer) {
    const from = localAddress === undefined ? {} : { localAddress }
    this.#socket = isSecure
      ? connectSecurely({ host, port, servername: isIP(host) === 0 ? host : '', ...from })
      : connect({ host, port, ...from })
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (part) => this.#read(part))
    this.#socket.on('error', ({ message }) => {
      this.#problem = message
    })
    this.#socket.on('close', () => this.#end())
  }

  /** Resolves when connected. */
  static open(peer: Peer): Promise<HttpConnection> {
    const connection = new HttpConnection(peer)
    const socket = connection.#socket
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once(peer.isSecure ? 'secureConnect' : 'connect', () => {
        socket.off('error', reject)
        resolve(connection)
      })
    })
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && !this.#socket.readableEnded
  }

  /** Sends a whole request; text as UTF-8. Rejects with `ConnectionLost`. */
  send(
    request: string | Buffer,
    { isHead = false, onSent }: SendOptions = {},
  ): Promise<HttpAnswer> {
    if (this.#waiting) throw new Error('the connection waits for another answer')
    return new Promise((resolve, reject) => {
      if (!this.isOpen) {
        reject(new ConnectionLost(this.#problem, false))
        return
      }
      this.#parts = []
      this.#missing = 0
      this.#waiting = { isHead, resolve, reject }
      this.#socket.write(request, (error) => error ?? onSent?.())
    })
  }

  /** Cuts it; the answer that is waited for is lost. */
  close(): void {
    this.#socket.destroy()
  }

  #read(part: Buffer): void {
    // Nobody asked, so it can only be a complaint that we were silent for too long.
    if (this.#waiting === null) {
      this.close()
      return
    }
    this.#parts.push(part)
    this.#missing -= part.length
    if (this.#missing <= 0) this.#look(false)
  }

  #look(isEnded: boolean): void {
    if (this.#waiting === null) return
    const [first] = this.#parts
    if (first === undefined) return
    const bytes = this.#parts.length === 1 ? first : Buffer.concat(this.#parts)
    this.#parts = [bytes]
    const reading = readAnswer(bytes, this.#waiting.isHead, isEnded)
    if ('missing' in reading) {
      this.#missing = reading.missing
      return
    }
    const { resolve } = this.#waiting
    this.#waiting = null
    if (reading.isLast) this.close()
    resolve(reading.answer)
  }

  #end(): void {
    this.#look(true)
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.reject(new ConnectionLost(this.#problem, this.#parts.length > 0))
  }
}
