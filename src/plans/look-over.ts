import type { PlanSeat, PlanSpec, Point } from '../protocol/index.ts'
import { COLOR_DISTANCE_MIN, colorDistance } from './distinct-colors.ts'
import { boxAround } from './shape-parts.ts'
import type { WarningList } from './warnings.ts'

/** Nobody tells more categories apart by their colours anyway. */
const COLORS_MAX = 100
/** Seats that are nearer than this share of the usual distance lie on top of each other. */
const OVERLAP_SHARE = 0.25
/** A seat at the edge of its section may stand out by this share of the section's size. */
const EDGE_SHARE = 0.03

/** Notes what may not be meant: it is a plan all the same. */
export function lookOver(plan: PlanSpec, warnings: WarningList): void {
  const standing = new Set(plan.sections.flatMap((one) => (one.generalAdmission ? one.key : [])))
  const chosen = plan.seats.filter(({ section }) => section === null || !standing.has(section))
  for (const { row, label } of chosen) if (row === null) warnings.add('rows_unread', label)
  noteOverlaps(chosen, warnings)
  noteStrays(plan, chosen, warnings)
  noteColors(plan, warnings)
  if (plan.focalPoint === null && chosen.length > 1) warnings.add('no_focal_point')
}

/** Each seat is compared with those in its own cell of a net, and in the cells around it. */
function noteOverlaps(seats: readonly PlanSeat[], warnings: WarningList): void {
  const cell = Math.max(1e-3, OVERLAP_SHARE * usualDistance(seats))
  const net = new Map<string, PlanSeat>()
  for (const seat of seats) {
    const [column, line] = [Math.floor(seat.x / cell), Math.floor(seat.y / cell)]
    const isOver = AROUND.some(([across, down]) => {
      const other = net.get(`${column + across} ${line + down}`)
      return other !== undefined && distance(seat, other) < cell
    })
    if (isOver) warnings.add('seats_overlap', seat.label)
    else net.set(`${column} ${line}`, seat)
  }
}

const STEPS = [-1, 0, 1]
const AROUND = STEPS.flatMap((across) => STEPS.map((down) => [across, down] as const))

/** From seat to seat of a row, as the file lists them; 0 where that is not to be seen. */
function usualDistance(seats: readonly PlanSeat[]): number {
  const distances: number[] = []
  for (let index = 1; index < seats.length && distances.length < 1_000; index += 1) {
    const [one, other] = [seats[index - 1] as PlanSeat, seats[index] as PlanSeat]
    const isNext = one.row !== null && one.row === other.row && one.section === other.section
    if (isNext && distance(one, other) > 0) distances.push(distance(one, other))
  }
  return distances.sort((one, other) => one - other)[Math.floor(distances.length / 2)] ?? 0
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function noteStrays(plan: PlanSpec, seats: readonly PlanSeat[], warnings: WarningList): void {
  const outlines = new Map(
    plan.sections
      .filter(({ outline }) => outline.length > 2)
      .map(({ key, outline }) => {
        const { width, height } = boxAround(outline)
        return [key, { outline, edge: EDGE_SHARE * Math.hypot(width, height) }] as const
      }),
  )
  for (const seat of seats) {
    const section = outlines.get(seat.section ?? '')
    if (section === undefined || isInside(section.outline, seat)) continue
    if (distanceToEdge(section.outline, seat) > section.edge) {
      warnings.add('seats_outside_section', seat.label)
    }
  }
}

function isInside(corners: readonly Point[], { x, y }: Point): boolean {
  let inside = false
  corners.forEach((corner, index) => {
    const before = corners.at(index - 1) as Point
    if (corner.y > y === before.y > y) return
    const share = (y - corner.y) / (before.y - corner.y)
    if (x < corner.x + share * (before.x - corner.x)) inside = !inside
  })
  return inside
}

function distanceToEdge(corners: readonly Point[], point: Point): number {
  return corners.reduce((least, corner, index) => {
    const before = corners.at(index - 1) as Point
    const [across, down] = [corner.x - before.x, corner.y - before.y]
    const length = across ** 2 + down ** 2
    const along = ((point.x - before.x) * across + (point.y - before.y) * down) / (length || 1)
    const share = Math.min(1, Math.max(0, along))
    const nearest = { x: before.x + share * across, y: before.y + share * down }
    return Math.min(least, distance(point, nearest))
  }, Number.POSITIVE_INFINITY)
}

function noteColors({ categories, seats }: PlanSpec, warnings: WarningList): void {
  const used = new Set(seats.map(({ category }) => category))
  for (const { key, name } of categories)
    if (!used.has(key)) warnings.add('categories_unused', name)
  const colored = categories.filter(({ color, key }) => color !== null && used.has(key))
  colored.slice(0, COLORS_MAX).forEach((one, index) => {
    for (const other of colored.slice(0, index)) {
      if (colorDistance(one.color as string, other.color as string) < COLOR_DISTANCE_MIN) {
        warnings.add('colors_alike', `${other.name} and ${one.name}`)
      }
    }
  })
}
