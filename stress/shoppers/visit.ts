import { chooseSeats, labelsOf } from '../house.ts'
import type { Sale, Sight } from '../sale.ts'
import type { Giver } from './carry-out.ts'
import type { Shopper } from './shopper.ts'

/** One shopper at one sale, from coming to leaving. */
export interface Visit extends Giver {
  readonly sale: Sale
  readonly who: Shopper
  /** Picture that they last saw of the house. */
  sight: Sight | null
  /** Number of seats that they would still be content with. */
  party: number
  /** True when they insist on what they came for, such as a price class. */
  isPicky: boolean
  /** Holds that they have had. */
  holdCount: number
}

/** Endings of a visit. */
export const FATES = {
  served: 'bought seats',
  away: 'changed their mind',
  full: 'left when it was sold out',
  doubt: 'left without knowing what became of it',
  closed: 'were still there when the sale ended',
} as const

/** One of the ways in which a visit ends. */
export type Fate = keyof typeof FATES

/** Somebody comes. */
export function beginVisit(sale: Sale, who: Shopper): Visit {
  const { random, lossShare, givesUp, doubleClicks } = who
  return {
    sale,
    who,
    shopper: who.number,
    home: who.number % sale.api.servers.length,
    random,
    lossShare,
    givesUp,
    doubleClicks,
    sight: null,
    party: who.isAccessible ? 1 : who.party,
    isPicky: random.chance(0.3),
    holdCount: 0,
  }
}

/** Names the seats they want now: what a hold or a booking asks for. */
export function wishOf(visit: Visit): Record<string, unknown> {
  const { sale, who } = visit
  const { openSections } = sale.house
  if (who.isAccessible) return { best: { quantity: 1, accessible: 1 } }
  if (who.approach === 'places' && openSections.length > 0) {
    return { places: [{ section: who.random.pick(openSections), quantity: visit.party }] }
  }
  const isChosen = who.approach === 'chosen' || who.approach === 'direct'
  if (isChosen || (visit.party === 1 && !visit.isPicky)) {
    const seats = pointAt(visit, visit.party)
    if (seats.length > 0) return { seats }
  }
  const category = visit.isPicky ? who.random.pick(sale.house.map.categories).key : undefined
  return { best: { quantity: visit.party, category } }
}

/** Labels of seats that looked free. */
export function pointAt(visit: Visit, quantity: number): string[] {
  const { sale, who, sight } = visit
  const seats = chooseSeats(sale.house, sight?.statuses ?? '', {
    quantity,
    modesty: who.modesty,
    random: who.random,
  })
  return labelsOf(sale.house, seats)
}
