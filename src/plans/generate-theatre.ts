import type { PlanSeat, PlanSpec, Section } from '../protocol/index.ts'
import { type ArcSection, arcRowsFor, outlineArcRows, seatArcRows } from './arc-rows.ts'
import { fitFrame } from './fit-frame.ts'
import { categoryAt, HOUSE_CATEGORIES, openRowEnds, rowsOf } from './house-parts.ts'
import { SEAT_PITCH } from './seat-layout.ts'
import { makeShape } from './shape-parts.ts'
import { shareOut } from './share-out.ts'

const ROW_PITCH = 66
const HALF_ANGLE = 0.62
/** Between the last row of one section and the first of the next, which is on the floor above. */
const FLOOR_GAP = 170
const STAGE_DEPTH = 320
/** One wheelchair space for this many seats, as building codes ask for about. */
const SEATS_PER_SPACE = 150

interface HousePart {
  name: string
  weight: number
  aisles: readonly number[]
  /** Rank of the price class of the first and of the last row. */
  ranks: readonly [number, number]
}

const PARTS: readonly HousePart[] = [
  { name: 'Stalls', weight: 62, aisles: [-0.22, 0.22], ranks: [0, 1.99] },
  { name: 'Circle', weight: 38, aisles: [-0.36, 0, 0.36], ranks: [1, 3.99] },
]

/** A theatre with exactly `seatCount` seats: stalls, and from 200 seats on a circle above them. */
export function generateTheatre(seatCount: number): PlanSpec {
  const parts = seatCount < 200 ? PARTS.slice(0, 1) : PARTS
  const counts = shareOut(
    parts.map(({ weight }) => weight),
    seatCount,
  )
  const firstRow = Math.max(6, Math.round(0.85 * Math.sqrt(counts[0] as number)))
  const firstRadius = Math.max(420, (firstRow * SEAT_PITCH) / (2 * HALF_ANGLE))
  let radius = firstRadius
  const sections: Section[] = []
  const seats: PlanSeat[] = []
  parts.forEach((part, index) => {
    const section = arcSectionOf(part, radius)
    const perRow = arcRowsFor(section, counts[index] as number)
    sections.push(outlineArcRows(section, perRow.length))
    for (const seat of seatArcRows(section, perRow, lookOf(part))) seats.push(seat)
    radius += perRow.length * ROW_PITCH + FLOOR_GAP
  })
  openStalls(seats, seatCount)
  const stageWidth = 1.7 * firstRadius * Math.sin(HALF_ANGLE)
  const stageY = firstRadius * Math.cos(HALF_ANGLE) - 110 - STAGE_DEPTH / 2
  const stage = { x: 0, y: stageY, width: stageWidth, height: STAGE_DEPTH }
  return fitFrame({
    name: `Theatre of ${seatCount} seats`,
    focalPoint: { x: 0, y: stageY },
    categories: HOUSE_CATEGORIES.map((category) => ({ ...category })),
    sections,
    shapes: [makeShape({ kind: 'rectangle', ...stage, text: 'Stage', color: '#4a4a55' })],
    seats,
  })
}

function arcSectionOf({ name, aisles }: HousePart, radius: number): ArcSection {
  const centre = { x: 0, y: 0 }
  return { name, centre, radius, rowPitch: ROW_PITCH, halfAngle: HALF_ANGLE, aisles }
}

function lookOf({
  ranks: [front, back],
}: HousePart): (row: { share: number }) => Partial<PlanSeat> {
  return ({ share }) => ({ category: categoryAt(front + share * (back - front)) })
}

/** Makes wheelchair spaces at the ends of the last rows of the stalls, where the doors are. */
function openStalls(seats: readonly PlanSeat[], seatCount: number): void {
  const rowCount = Math.ceil(seatCount / SEATS_PER_SPACE / 2)
  const rows = rowsOf(seats.filter(({ section }) => section === 'Stalls'))
  for (const row of rows.slice(-rowCount)) openRowEnds(row)
}
