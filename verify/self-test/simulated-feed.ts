import type { Entry, JsonObject, PageAsked } from '../history/history.ts'
import { EXPIRED, type Told } from '../judge/event-rules.ts'

interface Place {
  readonly event: Told
  readonly owner: string
  /** The `after` of a page that ends here. */
  readonly position: string
}

/** The event feed of a simulated house: events in the order in which they came. */
export class SimulatedFeed {
  readonly #places: Place[] = []
  #expiryNo = 0

  /** Adds what came last, and whose it is. */
  add(event: Told, owner: string): void {
    const isExpiry = event.type === EXPIRED
    if (isExpiry) this.#expiryNo += 1
    const entries = this.#places.filter((place) => place.event.type !== EXPIRED).length
    const version = entries + (isExpiry ? 0 : 1)
    this.#places.push({ event, owner, position: `${version}.${this.#expiryNo}` })
  }

  get positions(): readonly string[] {
    return this.#places.map(({ position }) => position)
  }

  /** A page as an owner is told of it, or somebody who sees everything (null). */
  page({ after, limit }: PageAsked, owner: string | null): JsonObject {
    const start = this.#places.findIndex(({ position }) => position === after) + 1
    const places = this.#places.slice(start, start + limit)
    const own = places.filter((place) => owner === null || place.owner === owner)
    const end = places.at(-1)?.position ?? after ?? '0'
    return { events: own.map(({ event }) => event as unknown as JsonObject), after: end }
  }
}

/** Names what is told of an entry of the house, which changes only whole holds. */
export function eventTypeOf({ kind, seats, freed }: Entry): string {
  if (kind === 'hold') return 'hold.created'
  if (kind === 'change') return 'hold.changed'
  if (kind === 'block') return 'block.created'
  if (kind === 'unblock') return 'block.released'
  if (kind === 'release') return 'hold.released'
  if (kind === 'cancel') return seats.length === 0 ? 'booking.cancelled' : 'booking.changed'
  if (kind === 'transfer') return freed.length > 0 ? 'booking.changed' : 'booking.transferred'
  return 'booking.created'
}
