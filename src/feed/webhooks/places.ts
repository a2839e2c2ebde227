/** Lets so many in at once; the others wait in the order in which they came. */
export class Places {
  readonly #waiting: (() => void)[] = []
  readonly #count: number
  #free: number

  constructor(count: number) {
    this.#count = count
    this.#free = count
  }

  get isWaitedFor(): boolean {
    return this.#waiting.length > 0
  }

  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** True when nobody is inside any more. */
  leave(): boolean {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
    return this.#free === this.#count
  }
}
