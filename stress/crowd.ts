import type { Sale } from './sale.ts'
import { playShopper } from './shoppers/play-shopper.ts'
import { createShopper } from './shoppers/shopper.ts'
import { FATES, type Fate } from './shoppers/visit.ts'

/** Numbers of visits by how they ended. */
export type FateCounts = Record<Fate, number>

/** All shoppers of a sale, each on their own. */
export class Crowd {
  readonly fates: FateCounts = Object.fromEntries(
    Object.keys(FATES).map((fate) => [fate, 0]),
  ) as FateCounts
  readonly count: number
  readonly #sale: Sale

  constructor(sale: Sale, count: number) {
    this.#sale = sale
    this.count = count
  }

  /** Shoppers who have left. */
  get goneCount(): number {
    return Object.values(this.fates).reduce((sum, count) => sum + count, 0)
  }

  /** Plays them all; resolves when the last one has left. */
  async play(): Promise<void> {
    const visits = Array.from({ length: this.count }, async (_, number) => {
      const fate = await playShopper(this.#sale, createShopper(this.#sale.seed, number))
      this.fates[fate] += 1
    })
    await Promise.all(visits)
  }
}
