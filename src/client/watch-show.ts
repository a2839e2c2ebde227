import type { ShowChange, ShowSnapshot } from '../protocol/index.ts'
import { type Call, type Caller, noAnswer } from './caller.ts'
import { backoffMs, type Clock } from './clock.ts'
import { EventParser, type StreamEvent } from './event-parser.ts'
import { LiveView } from './live-view.ts'
import { isRetryable, refusalOf, retryAfterMs } from './refusal-of.ts'
import type { RowlockError } from './rowlock-error.ts'
import type { Connection, ShowView, ShowWatch, WatchOptions } from './show-watch.ts'

/** Three heartbeats that did not come. */
const SILENCE_MS = 45_000
const BACKOFF = { firstMs: 500, maxMs: 15_000 }

/** Reason why a connection ended, and whether another one makes sense. */
interface Ending {
  readonly error: RowlockError
  readonly isFinal: boolean
  readonly retryAfterMs: number
}

/** Starts a watch: connects, applies events, and connects again until it is ended. */
export function startWatch(
  caller: Caller,
  clock: Clock,
  show: string,
  options: WatchOptions = {},
): ShowWatch {
  const watch = new Watch(caller, clock, show, options)
  void watch.run()
  return watch
}

class Watch implements ShowWatch {
  connection: Connection = { status: 'connecting', failedCount: 0, retryInMs: null, error: null }
  readonly ready: Promise<ShowView>
  readonly #caller: Caller
  readonly #clock: Clock
  readonly #call: Call
  readonly #options: WatchOptions
  readonly #live: LiveView
  readonly #end = new AbortController()
  readonly #ready = Promise.withResolvers<ShowView>()
  #eventCount = 0
  /** Failed attempts since the last event. */
  #failedCount = 0
  /** Resolved, and replaced, by every event and by the end. */
  #news = Promise.withResolvers<void>()
  /** Milliseconds before the next connection, as the server asked for. */
  #pauseMs = 0

  constructor(caller: Caller, clock: Clock, show: string, options: WatchOptions) {
    this.#caller = caller
    this.#clock = clock
    this.#options = options
    this.#call = { method: 'GET', path: `/v1/shows/${encodeURIComponent(show)}/stream` }
    this.#live = new LiveView(clock)
    this.ready = this.#ready.promise
    // Whoever does not ask for it need not handle its rejection either.
    this.ready.catch(() => {})
  }

  get view(): ShowView | null {
    return this.#eventCount > 0 ? this.#live : null
  }

  close(): void {
    this.#end.abort()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ShowView> {
    for (let seenCount = 0; ; ) {
      const { status, error } = this.connection
      if (this.#eventCount > seenCount) {
        seenCount = this.#eventCount
        yield this.#live
      } else if (status !== 'ended') {
        await this.#news.promise
      } else {
        if (error !== null) throw error
        return
      }
    }
  }

  async run(): Promise<void> {
    const { signal } = this.#options
    const close = () => this.close()
    if (signal?.aborted) close()
    signal?.addEventListener('abort', close)
    const error = await this.#connectUntilEnded()
    signal?.removeEventListener('abort', close)
    this.#ready.reject(error ?? new Error('The watch was closed before its first event.'))
    this.#say({ status: 'ended', retryInMs: null, error })
    this.#wake()
  }

  /** The refusal that ended it, or null where it was closed. */
  async #connectUntilEnded(): Promise<RowlockError | null> {
    const { signal } = this.#end
    while (!signal.aborted) {
      this.#say({ status: 'connecting', retryInMs: null, error: this.connection.error })
      const { error, isFinal, retryAfterMs } = await this.#connect()
      if (signal.aborted) break
      if (isFinal) return error
      const backoff = backoffMs(this.#clock, this.#failedCount, BACKOFF)
      const retryInMs = Math.max(retryAfterMs, this.#pauseMs) + backoff
      this.#failedCount += 1
      this.#say({ status: 'waiting', retryInMs, error })
      await this.#clock.sleep(retryInMs, signal)
    }
    return null
  }

  /** One connection, from the request to its end. */
  async #connect(): Promise<Ending> {
    const attempt = new AbortController()
    const abort = () => attempt.abort()
    this.#end.signal.addEventListener('abort', abort)
    const life = new Lifeline(this.#clock, this.#options.silenceMsMax ?? SILENCE_MS, attempt)
    try {
      const after = this.#eventCount > 0 ? this.#live.version : undefined
      const call = { ...this.#call, query: { after } }
      const response = await this.#caller.request(call, null, attempt.signal)
      if (!response.ok || response.body === null) return await refused(response)
      this.#live.resetClock()
      const reader = response.body.getReader()
      // Not every fetch ends a body that is being read when its signal aborts.
      const stop = () => void reader.cancel().catch(() => {})
      attempt.signal.addEventListener('abort', stop)
      if (attempt.signal.aborted) stop()
      await this.#follow(reader, life)
      return { error: noAnswer(life.why ?? 'the stream ended'), isFinal: false, retryAfterMs: 0 }
    } catch (cause) {
      return { error: noAnswer(life.why ?? cause), isFinal: false, retryAfterMs: 0 }
    } finally {
      this.#end.signal.removeEventListener('abort', abort)
      attempt.abort()
    }
  }

  async #follow(reader: ReadableStreamDefaultReader<Uint8Array>, life: Lifeline): Promise<void> {
    const decoder = new TextDecoder()
    const parser = new EventParser({
      onEvent: (event) => this.#take(event),
      onRetry: (ms) => {
        this.#pauseMs = ms
      },
    })
    for (;;) {
      const { done, value } = await reader.read()
      if (done || this.#end.signal.aborted) return
      life.renew()
      parser.push(decoder.decode(value, { stream: true }))
    }
  }

  #take({ type, data }: StreamEvent): void {
    let seats: number[] | null = null
    if (type === 'snapshot') this.#live.replace(JSON.parse(data) as ShowSnapshot)
    else if (type === 'change') seats = this.#live.change(JSON.parse(data) as ShowChange)
    else return
    this.#eventCount += 1
    this.#failedCount = 0
    this.#pauseMs = 0
    if (this.connection.status !== 'live')
      this.#say({ status: 'live', retryInMs: null, error: null })
    this.#ready.resolve(this.#live)
    tell(() => this.#options.onChange?.(this.#live, seats))
    this.#wake()
  }

  #say(connection: Omit<Connection, 'failedCount'>): void {
    this.connection = { ...connection, failedCount: this.#failedCount }
    tell(() => this.#options.onConnection?.(this.connection))
  }

  #wake(): void {
    this.#news.resolve()
    this.#news = Promise.withResolvers()
  }
}

/** Cuts a connection on which nothing has come for too long: not all networks say when they end. */
class Lifeline {
  why: Error | null = null
  readonly #clock: Clock
  #heardAt: number

  constructor(clock: Clock, silenceMsMax: number, attempt: AbortController) {
    this.#clock = clock
    this.#heardAt = clock.now()
    void this.#watch(silenceMsMax, attempt)
  }

  renew(): void {
    this.#heardAt = this.#clock.now()
  }

  async #watch(silenceMsMax: number, attempt: AbortController): Promise<void> {
    while (!attempt.signal.aborted) {
      const leftMs = this.#heardAt + silenceMsMax - this.#clock.now()
      if (leftMs <= 0) {
        this.why = new Error(`nothing came for ${silenceMsMax} ms`)
        return attempt.abort(this.why)
      }
      await this.#clock.sleep(leftMs, attempt.signal)
    }
  }
}

async function refused(response: Response): Promise<Ending> {
  const error = refusalOf(response, await response.text(), null)
  const { status } = response
  const isFinal = error.code !== 'no_answer' && !isRetryable(status) && status < 500
  return { error, isFinal, retryAfterMs: retryAfterMs(response) }
}

/** A mistake in what we call must be seen, but must not end the watch. */
function tell(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
