/**
 * Answers of the database that may be used again for a short time, a bounded number of them. What
 * this server itself revoked is forgotten at once, together with everything else: that is rare.
 */
export class Recent<Value> {
  readonly #keepMs: number
  readonly #countMax: number
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>()
  #generation = 0

  constructor(keepMs: number, countMax: number) {
    this.#keepMs = keepMs
    this.#countMax = countMax
  }

  /** Finds the value under the key, if it is still fresh. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.until > performance.now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  /**
   * Looks up and remembers, counted from before the look-up. An answer that was under way while
   * something was revoked is not remembered: it may be older than the revocation.
   */
  async lookUp(key: string, look: () => Promise<Value>): Promise<Value> {
    const generation = this.#generation
    const until = performance.now() + this.#keepMs
    const value = await look()
    if (generation === this.#generation && this.#keepMs > 0) {
      this.#entries.delete(key)
      if (this.#entries.size >= this.#countMax) this.#dropOldest()
      this.#entries.set(key, { value, until })
    }
    return value
  }

  /** Number of values that are remembered, fresh or not. */
  get count(): number {
    return this.#entries.size
  }

  /** Forgets everything, because something that was remembered is no longer so. */
  forget(): void {
    this.#generation += 1
    this.#entries.clear()
  }

  /** Entries stand in the order in which they were looked up. */
  #dropOldest(): void {
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
  }
}
