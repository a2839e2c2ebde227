/**
 * Keeps what was used last, up to a total weight. For immutable facts only: forgetting one, or
 * keeping it for ever, may cost time and memory but never an answer.
 *
 * Use is a mark, and whoever has one gets a second chance when the oldest has to go: to put each
 * entry behind all others whenever it is asked for took 3 % of a server's time.
 */
export class Lru<Key, Value> {
  readonly #weightMax: number
  readonly #weigh: (value: Value) => number
  readonly #entries = new Map<Key, Entry<Value>>()
  #weight = 0

  constructor(weightMax: number, weigh: (value: Value) => number = () => 1) {
    this.#weightMax = weightMax
    this.#weigh = weigh
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    entry.isUsed = true
    return entry.value
  }

  /** Weighs the value now; the newest entry stays, however heavy it is. */
  set(key: Key, value: Value): void {
    this.delete(key)
    const weight = this.#weigh(value)
    this.#entries.set(key, { value, weight, isUsed: false })
    this.#weight += weight
    if (this.#weight > this.#weightMax) this.#shrink(key)
  }

  /** Comes past every entry twice at most: the first time it may only lose its mark. */
  #shrink(newest: Key): void {
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#weightMax) break
      if (oldest === newest) continue
      if (entry.isUsed) {
        this.#entries.delete(oldest)
        this.#entries.set(oldest, { ...entry, isUsed: false })
      } else {
        this.delete(oldest)
      }
    }
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
  }
}

interface Entry<Value> {
  readonly value: Value
  readonly weight: number
  isUsed: boolean
}
