/** Spread of values, in the form of a histogram. */
export interface Spread {
  /** Upper bounds of the buckets, ascending; above the last there is one more. */
  readonly bounds: readonly number[]
  /** Number of values in each bucket: one more than there are bounds. */
  readonly counts: readonly number[]
  readonly sum: number
}

/** Counts values by size. One array and no labels: it is on the way of every command. */
export class Distribution {
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #sum = 0

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
    this.#counts = new Array<number>(bounds.length + 1).fill(0)
  }

  observe(value: number): void {
    let index = 0
    while (index < this.#bounds.length && value > (this.#bounds[index] as number)) index += 1
    this.#counts[index] = (this.#counts[index] as number) + 1
    this.#sum += value
  }

  get spread(): Spread {
    return { bounds: this.#bounds, counts: this.#counts, sum: this.#sum }
  }
}
