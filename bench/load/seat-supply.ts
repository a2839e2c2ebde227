import type { Spread } from './jobs.ts'

/** Steps through the groups of seats of a show in an order like that of people who choose. */
const STRIDE = 7919

/** Free seats for every hold: no two are ever asked for the same seat. */
export class SeatSupply {
  readonly #shows: readonly string[]
  readonly #labels: readonly string[]
  readonly #spread: Spread
  readonly #seatsPerHold: number
  readonly #groupCount: number
  readonly #taken: number[]
  #first = 0

  constructor(
    shows: readonly string[],
    labels: readonly string[],
    spread: Spread,
    seatsPerHold: number,
  ) {
    this.#shows = shows
    this.#labels = labels
    this.#spread = spread
    this.#seatsPerHold = seatsPerHold
    this.#groupCount = Math.floor(labels.length / seatsPerHold)
    this.#taken = shows.map(() => 0)
  }

  /** A show and labels of seats that are free there. Throws when everything is sold. */
  next(): { show: string; labels: string[] } {
    const index = this.#spread === 'one' ? this.#firstFree() : this.#anyFree()
    const turn = this.#taken[index] as number
    this.#taken[index] = turn + 1
    const group = (turn * STRIDE) % this.#groupCount
    const start = group * this.#seatsPerHold
    const labels = this.#labels.slice(start, start + this.#seatsPerHold)
    return { show: this.#shows[index] as string, labels }
  }

  #firstFree(): number {
    while ((this.#taken[this.#first] ?? 0) >= this.#groupCount) this.#first += 1
    if (this.#first >= this.#shows.length) throw new Error('all shows are sold out')
    return this.#first
  }

  #anyFree(): number {
    for (let attempt = 0; attempt < 100; attempt++) {
      const index = Math.floor(Math.random() * this.#shows.length)
      if ((this.#taken[index] as number) < this.#groupCount) return index
    }
    throw new Error('nearly all shows are sold out')
  }
}
