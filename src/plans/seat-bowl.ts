import type { PlanSeat, Section } from '../protocol/index.ts'
import {
  BOWL_ROW_PITCH,
  type BowlShape,
  type BowlSide,
  cutTier,
  outlineWedge,
  placesInWedge,
  type Tier,
  type Wedge,
  wedgeCapacity,
} from './bowl.ts'
import { toLetters } from './grid.ts'
import { joinLabel } from './label-parts.ts'
import { makeSeat, makeSection } from './seat-parts.ts'
import { shareOut } from './share-out.ts'

/** From the last row of a tier to the first of the next. */
const TIER_GAP = 260

/** Category of a seat, by the tier (0 is the lowest) and the side that it is on. */
export type BowlLook = (place: {
  tier: number
  side: BowlSide
  row: number
  rowCount: number
}) => Partial<PlanSeat>

/**
 * Exactly `seatCount` seats around a field. Tiers fill from below, the last as high as it must be;
 * the places too many are left out evenly. Sections are numbered 101, 102 … in the first tier,
 * 201 … in the second; labels are `101 A12`.
 */
export function seatBowl(
  shape: BowlShape,
  rowsPerTier: readonly number[],
  seatCount: number,
  look: BowlLook,
): { sections: Section[]; seats: PlanSeat[] } {
  const blocks = tiersFor(shape, rowsPerTier, seatCount).flatMap((tier, index) =>
    cutTier(shape, tier).map((wedge, place) => {
      return { tier, tierIndex: index, wedge, name: String((index + 1) * 100 + place + 1) }
    }),
  )
  const rows = blocks.flatMap((block) =>
    Array.from({ length: block.tier.rowCount }, (_, row) => ({ ...block, row })),
  )
  const counts = shareOut(rows.map(capacityOf), seatCount)
  const seats = rows.flatMap((row, index) => seatRow(row, counts[index] as number, look))
  const used = new Set(seats.map(({ section }) => section))
  const sections = blocks
    .filter(({ name }) => used.has(name))
    .map(({ name, wedge, tier }) => makeSection(name, { outline: outlineWedge(wedge, tier) }))
  return { sections, seats }
}

interface BowlRow {
  tier: Tier
  tierIndex: number
  wedge: Wedge
  name: string
  row: number
}

function tiersFor(shape: BowlShape, rowsPerTier: readonly number[], seatCount: number): Tier[] {
  const tiers: Tier[] = []
  let distance = 0
  for (let room = 0; room < seatCount; ) {
    const rowMax = rowsPerTier[tiers.length] ?? Number.MAX_SAFE_INTEGER
    const tier = { distance, rowCount: 0 }
    tiers.push(tier)
    const before = room
    while (room < seatCount && tier.rowCount < rowMax) {
      tier.rowCount += 1
      room = before + capacityOfTier(shape, tier)
    }
    distance += tier.rowCount * BOWL_ROW_PITCH + TIER_GAP
  }
  return tiers
}

function capacityOfTier(shape: BowlShape, tier: Tier): number {
  return cutTier(shape, tier).reduce((sum, wedge) => {
    for (let row = 0; row < tier.rowCount; row += 1) {
      sum += wedgeCapacity(wedge, tier.distance + row * BOWL_ROW_PITCH)
    }
    return sum
  }, 0)
}

function capacityOf({ wedge, tier, row }: BowlRow): number {
  return wedgeCapacity(wedge, tier.distance + row * BOWL_ROW_PITCH)
}

function seatRow(
  { tier, tierIndex, wedge, name, row }: BowlRow,
  count: number,
  look: BowlLook,
): PlanSeat[] {
  const letters = toLetters(row + 1)
  const distance = tier.distance + row * BOWL_ROW_PITCH
  const place = { tier: tierIndex, side: wedge.side, row, rowCount: tier.rowCount }
  const seats = placesInWedge(wedge, distance, count).map((point, index) => {
    const number = String(index + 1)
    const label = `${name} ${joinLabel(letters, number)}`
    return makeSeat({ label, section: name, row: letters, number, ...point, ...look(place) })
  })
  return seats
}
