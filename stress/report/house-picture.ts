import type { SeatMap } from '../../src/protocol/index.ts'
import type { PlayedSale } from '../run-stress.ts'
import { chainIdOf } from '../verdict/chains.ts'

/** The house after the sale, ready to be drawn: element n of each column is seat number n. */
export interface HousePicture {
  readonly width: number
  readonly height: number
  readonly shapes: SeatMap['shapes']
  readonly outlines: readonly { readonly name: string; readonly points: readonly number[] }[]
  readonly labels: readonly string[]
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** Seconds from the opening of the sale until each seat was sold; null when it was not. */
  readonly soldAt: readonly (number | null)[]
  /** Booking that has each seat: counted from 0 in the order of selling, or -1. */
  readonly bookings: readonly number[]
}

interface Sold {
  readonly seats: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Pictures who has which seat at the end, and since when. */
export function pictureHouse({ sale, evidence }: PlayedSale): HousePicture {
  const { map, seatCount, numberOf } = sale.house
  const soldAt = new Array<number | null>(seatCount).fill(null)
  const bookings = new Array<number>(seatCount).fill(-1)
  const openedAt = sale.openedAt.getTime()
  soldOf(evidence.end)
    .toSorted((one, two) => one.at - two.at)
    .forEach(({ seats, at }, index) => {
      for (const label of seats) {
        const seat = numberOf.get(label)
        if (seat === undefined) continue
        soldAt[seat] = Math.round((at - openedAt) / 100) / 10
        bookings[seat] = index
      }
    })
  return {
    width: map.width,
    height: map.height,
    shapes: map.shapes,
    outlines: map.sections.map(({ name, outline }) => ({
      name,
      points: outline.flatMap(({ x, y }) => [Math.round(x), Math.round(y)]),
    })),
    labels: map.seats.labels,
    xs: map.seats.xs.map(Math.round),
    ys: map.seats.ys.map(Math.round),
    soldAt,
    bookings,
  }
}

/** The journal knows of bookings that nobody was told of; without it, those that were answered. */
function soldOf({ journal, bookings }: PlayedSale['evidence']['end']): Sold[] {
  if (journal === null) {
    return [...bookings.values()]
      .filter((booking) => booking !== null)
      .map(({ seats, bookedAt }) => ({ seats, at: Date.parse(bookedAt) }))
  }
  const chains = new Map<string, Sold>()
  for (const { id, seats, bookedAt } of journal) {
    if (id !== null && bookedAt !== null) {
      chains.set(chainIdOf(id), { seats, at: Date.parse(bookedAt) })
    }
  }
  return [...chains.values()]
}
