import type { Point } from '../protocol/index.ts'
import { justify } from './justify.ts'
import { SEAT_PITCH } from './seat-layout.ts'

/** Rows around a field: a rectangle with round corners, each row a little farther out. */
export interface BowlShape {
  /** The straight sides of the innermost line. */
  width: number
  height: number
  cornerRadius: number
}

/** Rows one behind the other without a break. */
export interface Tier {
  /** Distance of the first row from the innermost line. */
  distance: number
  rowCount: number
}

/** Side of the field that a section looks from. */
export type BowlSide = 'top' | 'right' | 'bottom' | 'left' | 'corner'

/** A piece of the ring between two aisles: a block along a side, or a wedge of a corner. */
export interface Wedge {
  side: BowlSide
  /** The place at `share` of the way (0 to 1, clockwise), `distance` outside the inner line. */
  at(share: number, distance: number): Point
  /** Its length there. */
  lengthAt(distance: number): number
}

/** From row to row, in plan units: rows of a bowl are steep and wide. */
export const BOWL_ROW_PITCH = 80
const AISLE = 130
/** Sections are about this wide: 25 to 30 seats between two aisles. */
const SECTION_WIDTH = 1_450

/** The sections of a tier, clockwise from the upper left end of the upper side. */
export function cutTier(shape: BowlShape, tier: Tier): Wedge[] {
  const middle = tier.distance + (tier.rowCount * BOWL_ROW_PITCH) / 2
  return segmentsOf(shape).flatMap((segment) => {
    const pieces = Math.max(1, Math.round(segment.lengthAt(middle) / SECTION_WIDTH))
    return Array.from({ length: pieces }, (_, piece) => ({
      side: segment.side,
      at: (share: number, distance: number) => segment.at((piece + share) / pieces, distance),
      lengthAt: (distance: number) => segment.lengthAt(distance) / pieces,
    }))
  })
}

/** Seats that a row of the section holds. */
export function wedgeCapacity(wedge: Wedge, distance: number): number {
  return Math.max(0, Math.floor((wedge.lengthAt(distance) - AISLE) / SEAT_PITCH))
}

/** Places of a row, clockwise, in the middle between the aisles. */
export function placesInWedge(wedge: Wedge, distance: number, count: number): Point[] {
  const length = wedge.lengthAt(distance)
  return justify(count, length - AISLE).map((along) => wedge.at(0.5 + along / length, distance))
}

/** The outline of a section, with half an aisle's room to its neighbours. */
export function outlineWedge(wedge: Wedge, tier: Tier): Point[] {
  const steps = wedge.side === 'corner' ? 12 : 1
  const line = (distance: number) => {
    const edge = (0.25 * AISLE) / wedge.lengthAt(distance)
    return Array.from({ length: steps + 1 }, (_, step) =>
      wedge.at(edge + (step / steps) * (1 - 2 * edge), distance),
    )
  }
  const last = tier.distance + (tier.rowCount - 1) * BOWL_ROW_PITCH
  const room = 0.6 * BOWL_ROW_PITCH
  return [...line(tier.distance - room), ...line(last + room).reverse()]
}

function segmentsOf(shape: BowlShape): Wedge[] {
  const { width, height } = shape
  const [x, y] = [width / 2, height / 2]
  return [
    straight('top', { x: -x, y: -y }, { x: 1, y: 0 }, width, shape),
    corner({ x, y: -y }, -90, shape),
    straight('right', { x, y: -y }, { x: 0, y: 1 }, height, shape),
    corner({ x, y }, 0, shape),
    straight('bottom', { x, y }, { x: -1, y: 0 }, width, shape),
    corner({ x: -x, y }, 90, shape),
    straight('left', { x: -x, y }, { x: 0, y: -1 }, height, shape),
    corner({ x: -x, y: -y }, 180, shape),
  ]
}

function straight(
  side: BowlSide,
  start: Point,
  along: Point,
  length: number,
  { cornerRadius }: BowlShape,
): Wedge {
  return {
    side,
    lengthAt: () => length,
    at(share, distance) {
      const out = cornerRadius + distance
      return {
        x: start.x + along.x * share * length + along.y * out,
        y: start.y + along.y * share * length - along.x * out,
      }
    },
  }
}

function corner(centre: Point, fromDegrees: number, { cornerRadius }: BowlShape): Wedge {
  return {
    side: 'corner',
    lengthAt: (distance) => ((cornerRadius + distance) * Math.PI) / 2,
    at(share, distance) {
      const angle = ((fromDegrees + share * 90) * Math.PI) / 180
      const radius = cornerRadius + distance
      return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
    },
  }
}
