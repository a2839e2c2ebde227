/** One event of a stream. `data` of several lines is joined by newlines. */
export interface StreamEvent {
  readonly type: string
  readonly data: string
}

/** Calls that the parser makes. */
export interface EventSink {
  onEvent(event: StreamEvent): void
  /** The server's wish: milliseconds before the next connection. */
  onRetry(ms: number): void
}

/**
 * Takes server-sent events apart (WHATWG HTML, 9.2.6). Give it the text as it arrives, cut
 * anywhere; an event that is not finished when the connection ends is dropped, as it must be.
 */
export class EventParser {
  readonly #sink: EventSink
  #rest: string[] = []
  #type = ''
  #data: string[] = []
  #endsWithCr = false

  constructor(sink: EventSink) {
    this.#sink = sink
  }

  push(text: string): void {
    // A CR at the end of one piece and the LF of the next are one end of line.
    const piece = this.#endsWithCr && text.startsWith('\n') ? text.slice(1) : text
    if (text !== '') this.#endsWithCr = text.endsWith('\r')
    const lines = piece.split(/\r\n|\r|\n/)
    for (const line of lines.slice(0, -1)) {
      this.#rest.push(line)
      this.#line(this.#rest.join(''))
      this.#rest = []
    }
    const last = lines.at(-1)
    if (last) this.#rest.push(last)
  }

  #line(line: string): void {
    if (line === '') {
      this.#dispatch()
      return
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#type = value
    else if (field === 'data') this.#data.push(value)
    else if (field === 'retry' && /^\d+$/.test(value)) this.#sink.onRetry(Number(value))
  }

  #dispatch(): void {
    const event = { type: this.#type, data: this.#data.join('\n') }
    this.#type = ''
    this.#data = []
    if (event.data !== '') this.#sink.onEvent(event)
  }
}
