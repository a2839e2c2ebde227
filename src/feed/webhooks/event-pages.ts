import type { Engine, EventsWanted, PlacedEvent } from '../../engine/index.ts'
import { AskedTogether } from './asked-together.ts'
import { type Message, messageOf } from './post.ts'

/** An event that is ready to be sent. */
export interface ReadyEvent extends PlacedEvent {
  readonly message: Message
}

/** Events after a position. Some may have come since if it is cut off, or kept. */
export interface EventPage {
  readonly events: readonly ReadyEvent[]
  /** True when there was more to read. */
  readonly isCut: boolean
}

type Position = PlacedEvent['position']

interface Kept extends EventPage {
  readonly start: Position
  readonly readAt: number
  readonly chars: number
}

/** Time of a lease: by then nobody may rely on what was read before. */
const KEPT_MS = 30_000
const KEPT_CHARS_MAX = 16_000_000
/** Pages of one round trip, which are parsed in one turn of the event loop. */
const READ_AT_ONCE = 8

/**
 * Events of shows, read and made once for all webhooks that are at the same place, or come by it
 * soon: 50 webhooks that are told of everything cost a sale one reading of its journal. What has
 * happened stays as it is, so a page may be kept; what came after it is found by reading on.
 */
export class EventPages {
  readonly #reads: AskedTogether<EventsWanted, PlacedEvent[]>
  readonly #reading = new Map<string, Promise<Kept>>()
  /** By show; the newest last. */
  readonly #kept = new Map<number, Kept[]>()
  #chars = 0

  constructor(engine: Pick<Engine, 'eventsOf'>) {
    this.#reads = new AskedTogether((wanted) => engine.eventsOf(wanted), READ_AT_ONCE)
  }

  /** Events of a show after a position, in order, at most `countMax` of them. */
  async after(showId: number, position: Position, countMax: number): Promise<EventPage> {
    const kept = this.#find(showId, position)
    if (kept !== null) return kept
    const key = `${showId} ${position.version} ${position.expiryNo}`
    const reading =
      this.#reading.get(key) ??
      this.#read(showId, position, countMax).finally(() => this.#reading.delete(key))
    this.#reading.set(key, reading)
    return reading
  }

  /** Finds what is left of a page behind a position; null when no page has anything there. */
  #find(showId: number, position: Position): EventPage | null {
    const youngest = performance.now() - KEPT_MS
    for (const { start, events, isCut, readAt } of this.#kept.get(showId) ?? []) {
      if (readAt < youngest) continue
      if (isAt(start, position)) return { events, isCut }
      const index = indexOf(events, position)
      if (index >= 0 && index < events.length - 1) return { events: events.slice(index + 1), isCut }
    }
    return null
  }

  async #read(showId: number, start: Position, countMax: number): Promise<Kept> {
    const readAt = performance.now()
    const placed = await this.#reads.ask({ showId, after: start, limit: countMax })
    const events = placed.map((one) => ({ ...one, message: messageOf(one.event) }))
    const chars = events.reduce((sum, { message }) => sum + message.body.length, 0)
    const page = { start, events, isCut: events.length === countMax, readAt, chars }
    if (events.length > 0) this.#keep(showId, page)
    return page
  }

  #keep(showId: number, page: Kept): void {
    const pages = this.#kept.get(showId) ?? []
    // Last in the order of the map, too: shows that nobody is told of any more go first.
    this.#kept.delete(showId)
    this.#kept.set(showId, [...pages, page])
    this.#chars += page.chars
    this.#forget()
  }

  #forget(): void {
    const youngest = performance.now() - KEPT_MS
    for (;;) {
      const [oldest, [first, ...others]] = this.#kept.entries().next().value ?? [0, []]
      if (first === undefined || (this.#chars <= KEPT_CHARS_MAX && first.readAt > youngest)) return
      this.#chars -= first.chars
      if (others.length === 0) this.#kept.delete(oldest)
      else this.#kept.set(oldest, others)
    }
  }
}

function isAt(one: Position, other: Position): boolean {
  return one.version === other.version && one.expiryNo === other.expiryNo
}

/** Positions only grow, so the place of one is found in a few steps. */
function indexOf(events: readonly ReadyEvent[], position: Position): number {
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const { version, expiryNo } = (events[middle] as ReadyEvent).position
    if (version + expiryNo < position.version + position.expiryNo) low = middle + 1
    else high = middle
  }
  const found = events[low]
  return found !== undefined && isAt(found.position, position) ? low : -1
}
