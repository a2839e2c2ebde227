/** An answer, as it came over the wire. Headers and text are read when somebody asks for them. */
export class HttpAnswer {
  readonly status: number
  readonly body: Buffer
  readonly #head: string
  #headers: Readonly<Record<string, string>> | undefined
  #text: string | undefined

  /** The head without the empty line that ends it. */
  constructor(head: string, body: Buffer) {
    this.status = Number(head.slice(9, 12))
    this.body = body
    this.#head = head
  }

  get text(): string {
    this.#text ??= this.body.toString('utf8')
    return this.#text
  }

  /** Names in lower case; the values of a repeated one are joined by commas. */
  get headers(): Readonly<Record<string, string>> {
    this.#headers ??= headersOf(this.#head)
    return this.#headers
  }
}

function headersOf(head: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}

const HEAD_END = Buffer.from('\r\n\r\n')
const NO_BODY = Buffer.alloc(0)
const LENGTH = /\r\ncontent-length: *(\d+)/i
const CHUNKED = /\r\ntransfer-encoding: *chunked/i
const STREAM = /\r\ncontent-type: *text\/event-stream/i
const CLOSING = /\r\nconnection: *close/i

/** An answer that is complete, or how many bytes are missing at least; 1 where nobody can tell. */
export type Reading =
  | { readonly answer: HttpAnswer; readonly isLast: boolean }
  | { readonly missing: number }

const ANYTHING: Reading = { missing: 1 }

/**
 * Reads the answer that these bytes begin with. `isHead`: it has no body, whatever its headers say;
 * `isEnded`: nothing more will come. A stream of events, which never ends, is read up to its first.
 */
export function readAnswer(bytes: Buffer, isHead: boolean, isEnded: boolean): Reading {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return ANYTHING
  const head = bytes.toString('latin1', 0, end)
  const rest = bytes.subarray(end + HEAD_END.length)
  const status = Number(head.slice(9, 12))
  if (status < 200) return readAnswer(rest, isHead, isEnded)
  if (isHead || status === 204 || status === 304) return whole(head, NO_BODY)
  const length = LENGTH.exec(head)?.[1]
  if (length !== undefined) {
    const missing = Number(length) - rest.length
    return missing > 0 ? { missing } : whole(head, rest.subarray(0, Number(length)))
  }
  const isStream = STREAM.test(head)
  const body = CHUNKED.test(head) ? joinChunks(rest, isStream) : isEnded ? rest : null
  return body === null ? ANYTHING : whole(head, body, isStream)
}

function whole(head: string, body: Buffer, isStream = false): Reading {
  return { answer: new HttpAnswer(head, body), isLast: isStream || CLOSING.test(head) }
}

/** Null where the last chunk is still to come. */
function joinChunks(rest: Buffer, isStream: boolean): Buffer | null {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at)
    if (line === -1) return null
    const size = Number.parseInt(rest.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(parts)
    const end = line + 2 + size
    if (rest.length < end + 2) return null
    const part = rest.subarray(line + 2, end)
    parts.push(part)
    if (isStream && part.includes('\n\n')) return Buffer.concat(parts)
    at = end + 2
  }
}
