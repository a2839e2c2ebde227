import type { Tagged } from '../engine/index.ts'
import type { SeatMap } from '../protocol/index.ts'

/** Characters of JSON that are kept, about 32 MB: some three hundred maps of a thousand seats. */
const LENGTH_MAX = 32_000_000

/**
 * Maps as JSON text. A map of 50,000 seats takes 30 ms to write, during which nobody else is
 * served, and a crowd that comes when sales open asks for the same one. What a tag names never
 * changes, so it may be kept; the one that was asked for longest ago goes first.
 */
export class SerializedMaps {
  readonly #texts = new Map<string, string>()
  #length = 0

  textOf(show: string, map: Tagged<SeatMap>): Tagged<string> {
    return { etag: map.etag, read: () => this.#read(`${show} ${map.etag}`, map) }
  }

  #read(key: string, map: Tagged<SeatMap>): string {
    const kept = this.#texts.get(key)
    if (kept !== undefined) {
      this.#texts.delete(key)
      this.#texts.set(key, kept)
      return kept
    }
    const text = JSON.stringify(map.read())
    this.#texts.set(key, text)
    this.#length += text.length
    for (const [oldest, { length }] of this.#texts) {
      if (this.#length <= LENGTH_MAX) break
      this.#texts.delete(oldest)
      this.#length -= length
    }
    return text
  }
}
