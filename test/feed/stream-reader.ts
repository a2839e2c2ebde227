import { setTimeout as delay } from 'node:timers/promises'

/** An event as it came over the wire. */
export interface RawEvent {
  readonly type: string
  readonly id: string
  readonly data: Record<string, unknown>
  /** Instant at which it was complete, in milliseconds of `performance.now()`. */
  readonly at: number
}

const PATIENCE_MS = 60_000

/**
 * Reads a stream as plain bytes, without the SDK: what any other client would see. What is no event
 * is collected in `rest`.
 */
export class StreamReader {
  readonly response: Response
  readonly rest: string[] = []
  /** Everything that came, as text. */
  text = ''
  isEnded = false
  readonly #abort: AbortController
  readonly #events: RawEvent[] = []
  #wake: () => void = () => {}

  private constructor(response: Response, abort: AbortController) {
    this.response = response
    this.#abort = abort
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<StreamReader> {
    const abort = new AbortController()
    const response = await fetch(url, { headers, signal: abort.signal })
    const reader = new StreamReader(response, abort)
    void reader.#read()
    return reader
  }

  /** The next event. Fails when none comes for a minute, or the stream ends. */
  async next(): Promise<RawEvent> {
    const giveUpAt = performance.now() + PATIENCE_MS
    for (;;) {
      const event = this.#events.shift()
      if (event !== undefined) return event
      if (this.isEnded) throw new Error(`The stream ended: ${this.text.slice(-300)}`)
      await this.#news(giveUpAt)
    }
  }

  /** The next event that speaks of a version at least as high. */
  async nextFrom(version: number): Promise<RawEvent> {
    for (;;) {
      const event = await this.next()
      if (Number(event.id) >= version) return event
    }
  }

  /** Resolves when the text that has come satisfies the condition. */
  async until(condition: (reader: StreamReader) => boolean): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS
    while (!condition(this)) await this.#news(giveUpAt)
  }

  close(): void {
    this.#abort.abort()
  }

  async #news(giveUpAt: number): Promise<void> {
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain: ${this.text.slice(-300)}`)
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#wake = resolve
      }),
      delay(200),
    ])
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const bytes of this.response.body ?? []) {
        const text = decoder.decode(bytes, { stream: true })
        this.text += text
        rest += text
        const blocks = rest.split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) this.#take(block)
        this.#wake()
      }
    } catch {
      // Cut off, by one side or the other.
    }
    this.isEnded = true
    this.#wake()
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).trim()]
      }),
    )
    const data = fields.get('data')
    if (data === undefined) {
      this.rest.push(block)
      return
    }
    this.#events.push({
      type: fields.get('event') ?? '',
      id: fields.get('id') ?? '',
      data: JSON.parse(data) as Record<string, unknown>,
      at: performance.now(),
    })
  }
}
