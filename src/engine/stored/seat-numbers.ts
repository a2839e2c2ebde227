import { normalizeLabel, seatKey } from '../../protocol/index.ts'

/** Finds seats by what people call them. */
export class SeatNumbers {
  readonly #byKey = new Map<string, number>()
  /**
   * Numbers of seats whose key an earlier seat has: plans of before may have such, new ones do not.
   */
  readonly #byLabel = new Map<string, number>()

  constructor(labels: readonly string[]) {
    labels.forEach((label, number) => {
      const key = seatKey(label)
      if (this.#byKey.has(key)) this.#byLabel.set(label, number)
      else this.#byKey.set(key, number)
    })
  }

  /** The number of a seat, or undefined where there is none of that label. */
  get(label: string): number | undefined {
    return this.#exact(label) ?? this.#byKey.get(seatKey(label))
  }

  #exact(label: string): number | undefined {
    if (this.#byLabel.size === 0) return undefined
    return this.#byLabel.get(label) ?? this.#byLabel.get(normalizeLabel(label))
  }
}
