import type { ListSeatsQuery, SeatList } from '../../protocol/index.ts'
import { Lru } from '../lru.ts'
import type { Picture } from '../pictures/picture.ts'

/** Seats of all pages that are kept: some 400 bytes each, written out or not. */
const SEATS_MAX = 100_000

interface Page {
  readonly picture: Picture
  readonly revision: number
  readonly list: SeatList
}

/**
 * Pages of seats that were listed lately. While no seat of the show has changed, whoever asks for
 * the same page gets the same object, so whoever writes it out need do that only once.
 */
export class SeatPages {
  readonly #pages = new Lru<string, Page>(SEATS_MAX, ({ list }) => list.items.length + 10)

  /** The page as of the picture, made anew where any seat has changed. */
  get(showId: number, query: ListSeatsQuery, picture: Picture, make: () => SeatList): SeatList {
    // Named seats are as many different questions as there are callers.
    if (query.seats !== undefined) return make()
    const { limit, cursor, status, section, category } = query
    const key = JSON.stringify([showId, limit, cursor, status, section, category])
    const kept = this.#pages.get(key)
    const { revision } = picture
    if (kept?.picture === picture && kept.revision === revision) return kept.list
    const list = make()
    this.#pages.set(key, { picture, revision, list })
    return list
  }
}
