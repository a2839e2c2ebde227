import type { PlanSeat, PlanShape, PlanSpec, Section } from '../protocol/index.ts'
import type { BowlShape, BowlSide } from './bowl.ts'
import { fitFrame } from './fit-frame.ts'
import { categoryAt, HOUSE_CATEGORIES, openRowEnds, rowsOf } from './house-parts.ts'
import { type BowlLook, seatBowl } from './seat-bowl.ts'
import { makeSeat, makeSection } from './seat-parts.ts'
import { makeShape } from './shape-parts.ts'
import { spreadInside } from './spread-inside.ts'

const RANK_OF_SIDE: Record<BowlSide, number> = { top: 0, bottom: 0, corner: 1, right: 1, left: 1 }

/** A stadium with exactly `seatCount` seats, in up to three tiers around a pitch. */
export function generateStadium(seatCount: number): PlanSpec {
  const scale = scaleFor(seatCount, 60_000)
  const [width, height] = [8_600 * scale, 4_900 * scale]
  const bowl: BowlShape = { width, height, cornerRadius: 2_000 * scale }
  const look: BowlLook = ({ tier, side }) => ({ category: categoryAt(tier + RANK_OF_SIDE[side]) })
  const { sections, seats } = seatBowl(bowl, [30, 24], seatCount, look)
  openLastRows(seats, '1')
  return fitFrame({
    name: `Stadium of ${seatCount} seats`,
    focalPoint: { x: 0, y: 0 },
    categories: HOUSE_CATEGORIES.map((category) => ({ ...category })),
    sections,
    shapes: pitchOf(10_500 * scale, 6_800 * scale),
    seats,
  })
}

/**
 * An arena with exactly `seatCount` places: a stage, a standing floor with a sixth of them (from
 * 100 on), and seats all around. Those behind the stage have a restricted view.
 */
export function generateArena(seatCount: number): PlanSpec {
  const standing = seatCount < 100 ? 0 : Math.round(seatCount / 6)
  const scale = scaleFor(seatCount, 12_000)
  const [width, height] = [3_600 * scale, 5_200 * scale]
  const bowl: BowlShape = { width, height, cornerRadius: 900 * scale }
  const behindStage = { restrictedView: true, category: categoryAt(3) }
  const look: BowlLook = ({ tier, side }) =>
    side === 'top' ? behindStage : { category: categoryAt(tier + (side === 'corner' ? 2 : 1)) }
  const { sections, seats } = seatBowl(bowl, [22], seatCount - standing, look)
  openLastRows(seats, '1')
  const stageY = -height / 2 + 100 * scale
  const stage = { x: 0, y: stageY, width: 2_800 * scale, height: 1_100 * scale }
  const floor = floorOf(standing, width, stageY + 700 * scale, height / 2 + 600 * scale)
  return fitFrame({
    name: `Arena of ${seatCount} places`,
    focalPoint: { x: 0, y: stageY },
    categories: HOUSE_CATEGORIES.map((category) => ({ ...category })),
    sections: [...floor.sections, ...sections],
    shapes: [makeShape({ kind: 'rectangle', ...stage, text: 'Stage', color: '#4a4a55' })],
    seats: [...floor.seats, ...seats],
  })
}

/** Small houses have small fields, or they would be one row around a desert. */
function scaleFor(seatCount: number, seatCountOfFullSize: number): number {
  return Math.min(1, Math.max(0.12, Math.sqrt(seatCount / seatCountOfFullSize)))
}

function pitchOf(width: number, height: number): PlanShape[] {
  const centre = { x: 0, y: 0 }
  const circle = 0.17 * width
  return [
    makeShape({ kind: 'rectangle', ...centre, width, height, color: '#5d9c59' }),
    makeShape({ kind: 'circle', ...centre, width: circle, height: circle, color: '#78b074' }),
  ]
}

function floorOf(
  standing: number,
  width: number,
  top: number,
  bottom: number,
): { sections: Section[]; seats: PlanSeat[] } {
  if (standing === 0) return { sections: [], seats: [] }
  const half = width / 2
  const outline = [
    { x: -half, y: top },
    { x: half, y: top },
    { x: half, y: bottom },
    { x: -half, y: bottom },
  ]
  const category = categoryAt(0)
  const seats = spreadInside(outline, standing).map((place, index) => {
    const number = String(index + 1)
    return makeSeat({ label: `Floor-${number}`, section: 'Floor', number, category, ...place })
  })
  return { sections: [makeSection('Floor', { generalAdmission: true, outline })], seats }
}

/** Makes wheelchair spaces at the back of the first tier, on the level of the entrances. */
function openLastRows(seats: readonly PlanSeat[], tierDigit: string): void {
  const lastRows = new Map<string | null, PlanSeat[]>()
  for (const row of rowsOf(seats)) {
    const section = row[0]?.section ?? ''
    if (section.startsWith(tierDigit)) lastRows.set(section, row)
  }
  for (const row of lastRows.values()) openRowEnds(row)
}
