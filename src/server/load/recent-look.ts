import { setTimeout as delay } from 'node:timers/promises'

/** Settings of how looks are kept; the usual is below. */
export interface RecentLookSettings {
  /** Milliseconds to wait for a look of now; after that, callers are told what was seen last. */
  readonly waitMs: number
  /** Milliseconds after which a look is not told any more. */
  readonly ageMsMax: number
  /** Milliseconds between looks while somebody watches. */
  readonly everyMs: number
  /** Milliseconds since a question within which somebody watches. */
  readonly watchedMs: number
}

const USUAL: RecentLookSettings = {
  waitMs: 20,
  ageMsMax: 2_500,
  everyMs: 1_000,
  watchedMs: 60_000,
}

/**
 * Something that a crowd keeps waiting, such as how the database is, for those who must be answered
 * all the same. Everybody who asks meanwhile shares one look. `look` must end by itself.
 */
export class RecentLook<Seen> {
  readonly #look: () => Promise<Seen>
  readonly #settings: RecentLookSettings
  readonly #isBehind: () => boolean
  #running: Promise<Seen> | null = null
  #last: { readonly seen: Seen; readonly at: number } | null = null
  #askedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null

  /** Nobody waits, while `isBehind`, for a look of now who may be told an earlier one. */
  constructor(
    look: () => Promise<Seen>,
    settings: Partial<RecentLookSettings> = {},
    isBehind: () => boolean = () => false,
  ) {
    this.#look = look
    this.#isBehind = isBehind
    this.#settings = { ...USUAL, ...settings }
  }

  /** Tells what is to be seen now, or was a moment ago. Rejects like `look`. */
  async now(): Promise<Seen> {
    this.#askedAt = performance.now()
    this.#timer ??= setInterval(() => this.#tick(), this.#settings.everyMs).unref()
    const running = this.#share()
    if (!this.#isRecent()) return await running
    if (this.#last !== null && this.#isBehind()) {
      running.catch(() => undefined)
      return this.#last.seen
    }
    const late = new AbortController()
    try {
      const { waitMs } = this.#settings
      const waited = delay(waitMs, undefined, { signal: late.signal }).catch(() => undefined)
      await Promise.race([running, waited])
    } finally {
      late.abort()
    }
    return this.#last !== null && this.#isRecent() ? this.#last.seen : await running
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #isRecent(): boolean {
    return this.#last !== null && performance.now() - this.#last.at < this.#settings.ageMsMax
  }

  #tick(): void {
    if (performance.now() - this.#askedAt > this.#settings.watchedMs) this.close()
    else this.#share().catch(() => undefined)
  }

  #share(): Promise<Seen> {
    this.#running ??= this.#begin().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #begin(): Promise<Seen> {
    // What is seen is as old as the question.
    const at = performance.now()
    const seen = await this.#look()
    this.#last = { seen, at }
    return seen
  }
}
