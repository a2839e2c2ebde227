/** Sections with places and rows with seats, in memory: who has which of them, call by call. */

/** So many places of a section. */
export interface Quantity {
  readonly section: string
  readonly quantity: number
}

/** Names in a call; null means all that there is. */
export interface Named {
  readonly seats: readonly string[] | null
  readonly places: readonly Quantity[] | null
}

/** Reply to a call: the seats that the hold or booking has then, or why not. */
export type Reply =
  | { readonly seats: readonly string[]; readonly changed: boolean }
  | { readonly code: string; readonly limit?: number; readonly path?: string }

interface Chain {
  readonly first: readonly string[]
  seats: readonly string[]
  isBooking: boolean
}

/** A part of the house. Its seats or places are named like `floor 3`, in the plan's order. */
export interface Part {
  readonly section: string
  readonly count: number
  readonly isStanding: boolean
}

/** The labels of a part, in order. */
export function labelsOf({ section, count }: Part): string[] {
  return Array.from({ length: count }, (_, n) => `${section} ${n + 1}`)
}

/** Follows the calls of a history. Chains are numbered in the order they were asked for. */
export class PlacesModel {
  readonly #parts: readonly Part[]
  readonly #chains: (Chain | null)[] = []

  constructor(parts: readonly Part[]) {
    this.#parts = parts
  }

  /** Free and taken of a section. */
  counts(section: string): { available: number; held: number; booked: number } {
    const total = this.#parts.find((part) => part.section === section)?.count ?? 0
    const count = (isBooking: boolean) =>
      this.#taken((chain) => chain.isBooking === isBooking).filter((label) =>
        label.startsWith(`${section} `),
      ).length
    const [held, booked] = [count(false), count(true)]
    return { available: total - held - booked, held, booked }
  }

  take({ seats, places }: Named, isBooking: boolean): Reply {
    const stray = this.#stray(places)
    const taken = this.#taken(() => true)
    const named = seats ?? []
    const chosen: string[] = []
    let shortage: Reply | null = null
    for (const { section, quantity } of stray ? [] : (places ?? [])) {
      const free = this.#labels(section).filter(
        (label) => !taken.includes(label) && !named.includes(label) && !chosen.includes(label),
      )
      if (free.length < quantity) {
        shortage ??= { code: 'not_enough_seats', limit: free.length }
      }
      chosen.push(...free.slice(0, quantity))
    }
    const all = this.#parts.flatMap(labelsOf)
    const isTaken = named.some((label) => taken.includes(label) || !all.includes(label))
    const refusal = stray ?? shortage ?? (isTaken ? { code: 'seats_unavailable' } : null)
    const got = [...named, ...chosen]
    this.#chains.push(refusal ? null : { first: got, seats: got, isBooking })
    return refusal ?? { seats: got, changed: true }
  }

  confirm(number: number): Reply {
    const chain = this.#chains[number]
    if (!chain) return { code: 'hold_unknown' }
    if (chain.isBooking) return { seats: chain.seats, changed: false }
    if (chain.seats.length === 0) return { code: 'hold_released' }
    chain.isBooking = true
    return { seats: chain.seats, changed: true }
  }

  release(number: number, named: Named): Reply {
    const chain = this.#chains[number]
    const stray = this.#stray(named.places)
    if (stray) return stray
    if (!chain) return { code: 'hold_unknown' }
    if (chain.isBooking) return { code: 'hold_confirmed' }
    if (named.seats?.some((label) => !chain.first.includes(label))) {
      return { code: 'seats_not_in_hold' }
    }
    return this.#giveBack(chain, named, 'seats_not_in_hold')
  }

  cancel(number: number, named: Named): Reply {
    const chain = this.#chains[number]
    const stray = this.#stray(named.places)
    if (stray) return stray
    if (!chain?.isBooking) return { code: 'booking_unknown' }
    if (chain.seats.length === 0) return { seats: [], changed: false }
    if (named.seats?.some((label) => !chain.seats.includes(label))) {
      return { code: 'seats_not_in_booking' }
    }
    return this.#giveBack(chain, named, 'seats_not_in_booking')
  }

  /** The last places go first. */
  #giveBack(chain: Chain, { seats, places }: Named, code: string): Reply {
    if (chain.seats.length === 0) return { seats: [], changed: false }
    const given: string[] = [...(seats ?? (places ? [] : chain.seats))]
    for (const { section, quantity } of places ?? []) {
      const has = this.#labels(section).filter(
        (label) => chain.seats.includes(label) && !given.includes(label),
      )
      if (has.length < quantity) return { code, limit: has.length }
      given.push(...has.slice(has.length - quantity))
    }
    const left = chain.seats.filter((label) => !given.includes(label))
    const changed = left.length < chain.seats.length
    chain.seats = left
    return { seats: left, changed }
  }

  #stray(places: readonly Quantity[] | null): Reply | null {
    const index = places?.findIndex(({ section }) => {
      return !this.#parts.some((part) => part.section === section && part.isStanding)
    })
    if (index === undefined || index < 0) return null
    return { code: 'invalid_request', path: `places[${index}].section` }
  }

  #labels(section: string): string[] {
    return this.#parts.filter((part) => part.section === section).flatMap(labelsOf)
  }

  #taken(counts: (chain: Chain) => boolean): string[] {
    return this.#chains.flatMap((chain) => (chain && counts(chain) ? chain.seats : []))
  }
}
