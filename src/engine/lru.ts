/**
 * Keeps what was used last, up to a total weight. For immutable facts only: forgetting one, or
 * keeping it for ever, may cost time and memory but never an answer.
 */
export class Lru<Key, Value> {
  readonly #weightMax: number
  readonly #weigh: (value: Value) => number
  readonly #entries = new Map<Key, { value: Value; weight: number }>()
  #weight = 0

  constructor(weightMax: number, weigh: (value: Value) => number = () => 1) {
    this.#weightMax = weightMax
    this.#weigh = weigh
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Weighs the value now; the newest entry stays, however heavy it is. */
  set(key: Key, value: Value): void {
    this.delete(key)
    const weight = this.#weigh(value)
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#weightMax || oldest === key) break
      this.delete(oldest)
    }
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
  }
}
