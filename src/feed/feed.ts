import type { Writable } from 'node:stream'
import type { Engine } from '../engine/index.ts'
import { Refusal } from '../protocol/index.ts'
import { HEARTBEAT, retryBytes } from './event-bytes.ts'
import { ShowFeed } from './show-feed.ts'

/** Settings by which a feed looks after its listeners. Times in milliseconds. */
export interface FeedSettings {
  /** Between two looks at what other servers have written. */
  readonly lookEveryMs: number
  /** Between two signs of life on a stream. */
  readonly beatEveryMs: number
  /** Cuts off a listener who has read nothing for so long, although there was something. */
  readonly fullMsMax: number
  /** A show that nobody listens to any more is remembered for so long, for those who come back. */
  readonly lingerMs: number
  readonly listenersMax: number
}

/** Settings of a feed unless told otherwise. */
export const FEED_DEFAULTS: FeedSettings = {
  lookEveryMs: 100,
  beatEveryMs: 15_000,
  fullMsMax: 30_000,
  lingerMs: 60_000,
  listenersMax: 20_000,
}

/** Figures for metrics. */
export interface FeedStatus {
  readonly listeners: number
  readonly shows: number
  /** Since the start: listeners that were cut off because they did not read. */
  readonly dropped: number
}

/** Clients come back within so many milliseconds after a server has stopped, not all at once. */
const RETURN_MS = { min: 500, spread: 3_000 }

/**
 * Realtime: streams of what becomes of the seats of shows. Everything it says is read from the
 * database, so it does not matter which server wrote it. Costs the database one short query per
 * look for all shows together, and one reading for each show that changed.
 */
export class Feed {
  readonly #engine: Engine
  readonly #settings: FeedSettings
  readonly #feeds = new Map<string, ShowFeed>()
  #openCount = 0
  #droppedCount = 0
  #lookTimer: NodeJS.Timeout | null = null
  #beatTimer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(engine: Engine, settings: Partial<FeedSettings> = {}) {
    this.#engine = engine
    this.#settings = { ...FEED_DEFAULTS, ...settings }
  }

  /**
   * Lets a client listen to a show: from a snapshot on, or `after` a version that it knows. `open`
   * makes the stream, and is called only when the show has been read and nothing can be refused any
   * more. Refusals: `show_unknown`, `busy` with too many listeners, and those of the database.
   */
  async join(show: string, after: number | null, open: () => Writable): Promise<void> {
    if (this.#isClosed || this.#openCount >= this.#settings.listenersMax) {
      throw new Refusal('busy', {
        detail: 'This server has too many open streams.',
        retryAfterSeconds: 5,
      })
    }
    this.#openCount += 1
    try {
      const feed = await this.#prepare(show, after)
      const stream = open()
      stream.once('close', () => {
        this.#openCount -= 1
      })
      feed.add(stream, after)
      // Who went away while the show was read has closed the stream before we could hear of it.
      if (stream.destroyed) stream.emit('close')
      this.#keepGoing()
    } catch (error) {
      this.#openCount -= 1
      throw error
    }
  }

  /** Has the show looked at now, because somebody here has just changed it. */
  refresh(show: string): void {
    const feed = this.#feeds.get(show)
    if (feed !== undefined && feed.listenerCount > 0) feed.refresh()
  }

  status(): FeedStatus {
    let listeners = 0
    for (const feed of this.#feeds.values()) listeners += feed.listenerCount
    return { listeners, shows: this.#feeds.size, dropped: this.#droppedCount }
  }

  /** Ends every stream, and asks their clients to come back a little later. Takes no more. */
  close(): void {
    this.#isClosed = true
    if (this.#lookTimer !== null) clearTimeout(this.#lookTimer)
    if (this.#beatTimer !== null) clearInterval(this.#beatTimer)
    for (const feed of this.#feeds.values()) {
      feed.stop()
      for (const listener of feed.listeners) {
        const pauseMs = RETURN_MS.min + Math.floor(Math.random() * RETURN_MS.spread)
        listener.end(retryBytes(pauseMs))
      }
    }
    this.#feeds.clear()
  }

  /** Everybody who asks for the same show shares one feed, and one reading, from the beginning. */
  async #prepare(show: string, after: number | null): Promise<ShowFeed> {
    const feed = this.#feeds.get(show) ?? new ShowFeed(this.#engine, show)
    this.#feeds.set(show, feed)
    try {
      await feed.prepare(after)
    } catch (error) {
      // What does not exist is not kept: anybody could fill the memory with names.
      if (feed.isIdle(0)) this.#feeds.delete(show)
      throw error
    }
    if (this.#isClosed) throw new Refusal('busy', { detail: 'This server is closing.' })
    return feed
  }

  #keepGoing(): void {
    this.#beatTimer ??= setInterval(() => this.#beat(), this.#settings.beatEveryMs)
    if (this.#lookTimer === null) this.#lookLater()
  }

  #lookLater(): void {
    this.#lookTimer = setTimeout(() => {
      void this.#look().finally(() => {
        if (!this.#isClosed) this.#lookLater()
      })
    }, this.#settings.lookEveryMs)
  }

  /** Looks how far the shows are. What cannot be asked now is asked the next time. */
  async #look(): Promise<void> {
    this.#forgetIdle()
    const heard = [...this.#feeds].filter(([, feed]) => feed.listenerCount > 0)
    if (heard.length === 0) return
    try {
      const { now, versions } = await this.#engine.readVersions(heard.map(([show]) => show))
      for (const [show, feed] of heard) {
        const version = versions.get(show)
        if (version === undefined) this.#endOf(show, feed)
        else if (feed.isBehind(version, now)) feed.refresh()
      }
    } catch {
      // The database is away: listeners keep what they know until it is back.
    }
  }

  /**
   * Forgets a show that was deleted. Whoever comes back is told so, or finds another under its key.
   */
  #endOf(show: string, feed: ShowFeed): void {
    feed.stop()
    for (const listener of feed.listeners) listener.end(retryBytes(RETURN_MS.min))
    this.#feeds.delete(show)
  }

  #forgetIdle(): void {
    for (const [show, feed] of this.#feeds) {
      if (!feed.isIdle(this.#settings.lingerMs)) continue
      feed.stop()
      this.#feeds.delete(show)
    }
  }

  #beat(): void {
    for (const feed of this.#feeds.values()) {
      for (const listener of feed.listeners) {
        const state = listener.beat(HEARTBEAT, this.#settings.fullMsMax)
        if (state === 'dropped') this.#droppedCount += 1
      }
    }
  }
}
