import { RowlockError } from '../../../src/client/index.ts'
import type { House } from '../house/house.ts'
import type { Choice } from './choice.ts'
import type { Sale } from './sale.ts'

/**
 * Adds what is picked to the hold that is there. One change is under way at a time: what is picked
 * meanwhile goes with the next one. A change is all or nothing, so what was in the way of it is
 * left out, and the rest is asked for once more.
 */
export class Adding {
  readonly #sale: Sale
  readonly #choice: Choice
  readonly #onLeftOut: () => void
  #isUnderWay = false

  /** `onLeftOut` is called when something that was picked is not picked any more. */
  constructor(sale: Sale, choice: Choice, onLeftOut: () => void) {
    this.#sale = sale
    this.#choice = choice
    this.#onLeftOut = onLeftOut
  }

  /** Asks for what is picked, if there is a hold, until nothing is left to ask for. */
  async go(house: House): Promise<void> {
    if (this.#isUnderWay || this.#sale.hold === null) return
    this.#isUnderWay = true
    try {
      while (this.#choice.count > 0 && this.#sale.step === 'held') await this.#ask(house)
    } finally {
      this.#isUnderWay = false
    }
  }

  async #ask(house: House): Promise<void> {
    const seats = new Set(this.#choice.seats)
    const places = new Map(this.#choice.places)
    const { seats: add, places: more } = this.#choice.toBody(house)
    try {
      await this.#sale.change({ ...(add && { add }), ...(more && { places: more }) }, () => {
        this.#choice.drop((seatNo) => seats.has(seatNo))
        for (const [section, count] of places) this.#choice.takePlaces(section, count)
      })
    } catch (error) {
      // A hold that is over leaves what was picked as it is, to be held anew.
      if (this.#sale.hold === null) return
      // Whoever told of the refusal has left out what was in the way.
      const isLess = [...seats].some((seatNo) => !this.#choice.seats.has(seatNo))
      if (isLess && error instanceof RowlockError && error.code === 'seats_unavailable') return
      this.#choice.clear()
      this.#onLeftOut()
    }
  }
}
