import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Availability, Show, Statuses } from '../src/protocol/index.ts'
import type { RecordedCommand } from './answer-log.ts'
import { type Api, LostAnswer, type Reply } from './api.ts'
import type { House } from './house.ts'

/** Settings of a sale. Times in milliseconds. */
export interface SaleSettings {
  readonly api: Api
  readonly show: Show
  readonly house: House
  /** Seed of all decisions. */
  readonly seed: string
  /** Goes into every idempotency key: two runs with one seed must not meet. */
  readonly run: string
  /** Milliseconds for which people may buy. */
  readonly openMs: number
  /** Milliseconds that a sale would take in which people are as quick as in this one. */
  readonly paceMs: number
  /** Milliseconds for which lost answers are asked for after that. */
  readonly drainMs: number
}

/** A reading that did not show what had been answered before it was asked for. */
export interface StaleRead {
  readonly operation: string
  /** Milliseconds since the sale opened. */
  readonly at: number
  readonly version: number
  readonly expected: number
}

/** Picture that somebody last saw of the house, and how to ask whether it changed. */
export interface Sight {
  readonly etag: string | null
  readonly statuses: string
}

/** With this much time, people take as long as they usually do. */
const USUAL_OPEN_MS = 120_000
const READ_ATTEMPTS_MAX = 100
const READ_PAUSE_MS = 250

/** One on-sale: what all shoppers share, from the opening of the doors to the last answer. */
export class Sale {
  readonly api: Api
  readonly show: Show
  readonly house: House
  readonly seed: string
  readonly run: string
  readonly openMs: number
  readonly paceMs: number
  /** Factor of how long everything takes, compared with a sale of two minutes. */
  readonly pace: number
  readonly openedAt = new Date()
  readonly commands: RecordedCommand[] = []
  readonly staleReads: StaleRead[] = []
  /** Readings whose version was compared. */
  readCount = 0
  /** Highest version of any answer so far. */
  version = 0
  /** People who may yet give back what they have, or are about to have. */
  undecidedCount = 0
  readonly #began = performance.now()
  readonly #drainMs: number
  readonly #doors = new AbortController()
  #closedAt = Number.POSITIVE_INFINITY

  constructor(settings: SaleSettings) {
    this.api = settings.api
    this.show = settings.show
    this.house = settings.house
    this.seed = settings.seed
    this.run = settings.run
    this.openMs = settings.openMs
    this.paceMs = settings.paceMs
    this.pace = settings.paceMs / USUAL_OPEN_MS
    this.#drainMs = settings.drainMs
    setMaxListeners(0, this.#doors.signal)
  }

  /** Milliseconds since the sale opened. */
  get clock(): number {
    return performance.now() - this.#began
  }

  get isOpen(): boolean {
    return !this.#doors.signal.aborted
  }

  /** True when it makes no sense any more to ask for lost answers. */
  get isDrained(): boolean {
    return this.clock > this.#closedAt + this.#drainMs
  }

  /** Sends everybody home who is not in the middle of a command. */
  close(): void {
    this.#closedAt = Math.min(this.#closedAt, this.clock)
    this.#doors.abort()
  }

  /** Waits, but not beyond the end of the sale. */
  async pause(ms: number): Promise<void> {
    const left = Math.max(0, ms)
    await delay(left, undefined, { signal: this.#doors.signal }).catch(() => {})
  }

  /** Waits as long as somebody thinks who takes `ms` in a sale of two minutes. */
  think(ms: number): Promise<void> {
    return this.pause(ms * this.pace)
  }

  /** The house as it is now; null when nobody answers until the sale is over. */
  async look(server: number, last: Sight | null): Promise<Sight | null> {
    const path = `/v1/shows/${this.show.key}/statuses`
    const reply = await this.#read<Statuses>(server, 'getStatuses', path, last?.etag ?? null)
    if (reply?.status === 304) return last
    if (reply?.status !== 200) return null
    return { etag: reply.etag, statuses: reply.value.statuses }
  }

  /** Counts seats by status; null like `look`. */
  async count(server: number): Promise<Availability['counts'] | null> {
    const path = `/v1/shows/${this.show.key}/availability`
    const reply = await this.#read<Availability>(server, 'getAvailability', path, null)
    return reply?.status === 200 ? reply.value.counts : null
  }

  /** Asks until there is an answer, and sees whether it is current. */
  async #read<Value extends { version: number }>(
    first: number,
    operation: string,
    path: string,
    etag: string | null,
  ): Promise<(Reply & { value: Value }) | null> {
    let server = first
    for (let attempt = 1; attempt <= READ_ATTEMPTS_MAX && this.isOpen; attempt++) {
      const expected = this.version
      try {
        const reply = await this.api.send(server, { operation, method: 'GET', path, etag })
        if (reply.status < 500) return this.#compared(operation, reply, expected)
      } catch (error) {
        if (!(error instanceof LostAnswer)) throw error
      }
      server = this.api.after(server)
      await this.pause(READ_PAUSE_MS)
    }
    return null
  }

  #compared<Value extends { version: number }>(
    operation: string,
    reply: Reply,
    expected: number,
  ): Reply & { value: Value } {
    const value = reply.body as unknown as Value
    if (reply.status === 200) {
      this.readCount += 1
      const { version } = value
      if (version < expected) {
        this.staleReads.push({ operation, at: this.clock, version, expected })
      }
    }
    return { ...reply, value }
  }
}
