/** Prices as a page tells them: an amount in its currency, or words as they are to be read. */
export type Prices = Readonly<Record<string, string | number>>

/** Prices of categories, in words for people. Sums and ranges are of amounts only. */
export class PriceList {
  readonly #prices: Prices
  readonly #format: Intl.NumberFormat
  readonly #digits: number

  /** `currency` by ISO 4217, such as `GBP`; without one amounts are plain numbers. */
  constructor(prices: Prices = {}, currency: string | null = null, locale?: string) {
    this.#prices = prices
    this.#format = formatOf(currency, locale)
    this.#digits = this.#format.resolvedOptions().maximumFractionDigits ?? 2
  }

  /** Price of a category by its key; null where none is given. */
  textOf(category: string): string | null {
    const price = this.#prices[category]
    return typeof price === 'number' ? this.#format.format(price) : (price ?? null)
  }

  /** Price of seats by their categories; null where one of them has no amount. */
  totalOf(categories: readonly string[]): string | null {
    const amounts = this.#amounts(categories)
    if (amounts === null || amounts.length === 0) return null
    // In the smallest unit: sums of fractions would be a penny off.
    const unit = 10 ** this.#digits
    const sum = amounts.reduce((total, amount) => total + Math.round(amount * unit), 0)
    return this.#format.format(sum / unit)
  }

  /** From the cheapest to the dearest; words where all have the same; else null. */
  rangeOf(categories: readonly string[]): string | null {
    const texts = new Set(categories.map((category) => this.textOf(category)))
    if (texts.size === 1) return texts.values().next().value ?? null
    const amounts = this.#amounts(categories)
    if (amounts === null || amounts.length === 0) return null
    return this.#format.formatRange(Math.min(...amounts), Math.max(...amounts))
  }

  #amounts(categories: readonly string[]): number[] | null {
    const amounts = categories.map((category) => this.#prices[category])
    return amounts.every((amount) => typeof amount === 'number') ? amounts : null
  }
}

function formatOf(currency: string | null, locale: string | undefined): Intl.NumberFormat {
  const plain = { trailingZeroDisplay: 'stripIfInteger' } as const
  try {
    const style = currency === null ? {} : ({ style: 'currency', currency } as const)
    return new Intl.NumberFormat(locale, { ...plain, ...style })
  } catch {
    // An attribute that says no currency, or no language.
    return new Intl.NumberFormat(undefined, { ...plain, minimumFractionDigits: 2 })
  }
}
