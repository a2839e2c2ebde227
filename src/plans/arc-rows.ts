import type { PlanSeat, Point, Section } from '../protocol/index.ts'
import { toLetters } from './grid.ts'
import { justify } from './justify.ts'
import { joinLabel } from './label-parts.ts'
import { SEAT_PITCH } from './seat-layout.ts'
import { makeSeat, makeSection } from './seat-parts.ts'
import { shareOut } from './share-out.ts'

/** Half the width of an aisle, beside the room that the seats at its sides have anyway. */
const AISLE_HALF = 34

/** Rows on arcs around a point in front of them, with aisles like the spokes of a wheel. */
export interface ArcSection {
  /** Section key and name; labels begin with it. */
  name: string
  /** The middle of the arcs. Rows lie below it. */
  centre: Point
  /** Radius of the first row. */
  radius: number
  rowPitch: number
  /** Radians to either side of straight ahead. */
  halfAngle: number
  /** Radians, ascending, between the ends. */
  aisles: readonly number[]
}

/** Facts of a seat besides its place. `share` is 0 for the first row and 1 for the last. */
export type SeatLook = (row: { index: number; share: number }) => Partial<PlanSeat>

/** Number of seats of each row. */
export function arcCapacities(section: ArcSection, rowCount: number): number[] {
  return Array.from({ length: rowCount }, (_, row) =>
    blocksOf(section, row).reduce((sum, block) => sum + block.capacity, 0),
  )
}

/** The rows that `seatCount` seats need; the places too many are left out evenly. */
export function arcRowsFor(section: ArcSection, seatCount: number): number[] {
  const capacities: number[] = []
  for (let room = 0; room < seatCount; ) {
    const capacity = arcCapacities({ ...section, radius: radiusOf(section, capacities.length) }, 1)
    capacities.push(Math.max(1, capacity[0] as number))
    room += capacities.at(-1) as number
  }
  return shareOut(capacities, seatCount)
}

/** The seats of a section, row by row from the front, numbered from left to right. */
export function seatArcRows(
  section: ArcSection,
  seatsPerRow: readonly number[],
  look: SeatLook,
): PlanSeat[] {
  return seatsPerRow.flatMap((count, index) => {
    const row = toLetters(index + 1)
    const share = seatsPerRow.length > 1 ? index / (seatsPerRow.length - 1) : 0
    return placesOnArc(section, index, count).map((place, seat) => {
      const number = String(seat + 1)
      const label = `${section.name} ${joinLabel(row, number)}`
      return makeSeat({
        label,
        section: section.name,
        row,
        number,
        ...place,
        ...look({ index, share }),
      })
    })
  })
}

/** The section with the outline of its rows. */
export function outlineArcRows(section: ArcSection, rowCount: number): Section {
  const inner = section.radius - 0.6 * section.rowPitch
  const outer = radiusOf(section, rowCount - 1) + 0.6 * section.rowPitch
  const steps = Array.from({ length: 25 }, (_, step) => (step / 12 - 1) * section.halfAngle)
  const arc = (radius: number) => {
    const side = (0.3 * SEAT_PITCH) / radius
    return steps.map((angle) => onArc(section, radius, angle * (1 + side / section.halfAngle)))
  }
  return makeSection(section.name, { outline: [...arc(inner), ...arc(outer).reverse()] })
}

interface Block {
  middle: number
  /** Along the arc. */
  length: number
  capacity: number
}

function blocksOf(section: ArcSection, row: number): Block[] {
  const radius = radiusOf(section, row)
  const { halfAngle, aisles } = section
  const ends = [-halfAngle, ...aisles, halfAngle]
  return ends.slice(1).map((end, index) => {
    const start = ends[index] as number
    const left = start + (index === 0 ? 0 : AISLE_HALF / radius)
    const right = end - (index === aisles.length ? 0 : AISLE_HALF / radius)
    const length = Math.max(0, (right - left) * radius)
    return { middle: (left + right) / 2, length, capacity: Math.floor(length / SEAT_PITCH + 1e-9) }
  })
}

function placesOnArc(section: ArcSection, row: number, count: number): Point[] {
  const blocks = blocksOf(section, row)
  const radius = radiusOf(section, row)
  const capacities = blocks.map(({ capacity }) => capacity)
  const room = capacities.reduce((sum, capacity) => sum + capacity, 0)
  const counts = shareOut(room < count ? blocks.map(() => 1) : capacities, count)
  return blocks.flatMap(({ middle, length }, index) => {
    const offsets = justify(counts[index] ?? 0, length)
    return offsets.map((offset) => onArc(section, radius, middle + offset / radius))
  })
}

function radiusOf({ radius, rowPitch }: ArcSection, row: number): number {
  return radius + row * rowPitch
}

function onArc({ centre }: ArcSection, radius: number, angle: number): Point {
  return { x: centre.x + radius * Math.sin(angle), y: centre.y + radius * Math.cos(angle) }
}
