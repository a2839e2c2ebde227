import type { Spread } from '../load/jobs.ts'
import type { World } from '../world.ts'

/** Sale of all cases that hold and confirm. */
export const SALE = { seatCount: 80_000, seatsPerHold: 3, showCount: 500 } as const

/** Names of the two ways of selling. */
export const SPREADS = { many: 'many shows', one: 'one hot show' } as const

/**
 * New shows for one measurement, so that every round starts with free seats. One hot show can be
 * sold out within a measurement; then the next one is hot.
 */
export function showsFor(world: World, spread: Spread): Promise<string[]> {
  const manyCount = world.options.isQuick ? 20 : SALE.showCount
  return world.shows(spread === 'many' ? manyCount : 4, SALE.seatCount)
}
