import { LIMITS, type PlanSpec } from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { generateArena, generateStadium } from './generate-bowl.ts'
import { generateTheatre } from './generate-theatre.ts'
import { toLetters } from './grid.ts'
import { refusePlan } from './mistakes.ts'
import { PLAN_MARGIN, ROW_PITCH, round, SEAT_PITCH, STAGE_DISTANCE } from './seat-layout.ts'
import { makeSeat, STANDARD } from './seat-parts.ts'
import { makeShape } from './shape-parts.ts'
import { shareOut } from './share-out.ts'

/** Houses that can be made up, for demonstrations, tests and load. */
export const PLAN_SHAPES = ['grid', 'theatre', 'arena', 'stadium'] as const
/** One of them. */
export type PlanShapeName = (typeof PLAN_SHAPES)[number]

const GENERATORS: Record<PlanShapeName, (seatCount: number) => PlanSpec> = {
  grid: generateGrid,
  theatre: generateTheatre,
  arena: generateArena,
  stadium: generateStadium,
}

/**
 * A made-up house with exactly as many seats as asked for (1 to 100,000; an arena's floor counts),
 * the same every time. 80,000 take less than a second. Refusal: `plan_invalid`.
 */
export function generatePlan({ shape, seats }: { shape: PlanShapeName; seats: number }): PlanSpec {
  if (!PLAN_SHAPES.includes(shape)) refusePlan('shape', `One of ${PLAN_SHAPES.join(', ')}.`)
  if (!Number.isInteger(seats) || seats < 1 || seats > LIMITS.seatsPerPlanMax) {
    refusePlan('seats', `A whole number from 1 to ${LIMITS.seatsPerPlanMax}.`)
  }
  return finishPlan(GENERATORS[shape](seats))
}

/** Rows of nearly the same length, centred before a screen. */
function generateGrid(seatCount: number): PlanSpec {
  const columns = Math.ceil(Math.sqrt(1.7 * seatCount))
  const rowCount = Math.ceil(seatCount / columns)
  const width = 2 * PLAN_MARGIN + (columns - 1) * SEAT_PITCH
  const perRow = shareOut(new Array(rowCount).fill(1), seatCount)
  const seats = perRow.flatMap((count, line) =>
    Array.from({ length: count }, (_, place) => {
      const [row, number] = [toLetters(line + 1), String(place + 1)]
      const x = round(width / 2 + (place - (count - 1) / 2) * SEAT_PITCH)
      const y = PLAN_MARGIN + STAGE_DISTANCE + line * ROW_PITCH
      return makeSeat({ label: `${row}${number}`, row, number, x, y })
    }),
  )
  const screen = { x: width / 2, y: PLAN_MARGIN, width: 0.8 * width, height: 16 }
  return {
    name: `Grid of ${seatCount} seats`,
    width,
    height: 2 * PLAN_MARGIN + STAGE_DISTANCE + (rowCount - 1) * ROW_PITCH,
    focalPoint: { x: round(width / 2), y: PLAN_MARGIN },
    categories: [{ ...STANDARD }],
    sections: [],
    shapes: [makeShape({ kind: 'rectangle', ...screen, text: null, color: '#8a8f98' })],
    seats,
  }
}
