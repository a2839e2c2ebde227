import type { Point } from '../protocol/index.ts'

/** Thicker than this share of its length, a row is no line or bow but goes around something. */
const RING_THICKNESS = 0.45

/**
 * The indices of a row's points from one end to the other: along its main direction (left to right,
 * or top to bottom), or around its middle when it is a ring such as the seats of a table.
 * `compare` orders what lies at the same place.
 */
export function orderAlong(
  points: readonly Point[],
  compare: (left: number, right: number) => number,
): number[] {
  const { middle, along, isRing } = measure(points)
  const indices = points.map((_, index) => index)
  return isRing
    ? orderAround(points, middle, compare)
    : sortBy(indices, along, compare, 1e-6 * extent(along))
}

/** True when the points go around something; also those of a horseshoe do. */
export function isRing(points: readonly Point[]): boolean {
  return measure(points).isRing
}

function measure(points: readonly Point[]) {
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) }
  const direction = mainDirection(points, middle)
  const along = points.map((point) => project(point, middle, direction))
  const across = points.map((point) => project(point, middle, { x: -direction.y, y: direction.x }))
  const isRing = points.length > 3 && extent(across) > RING_THICKNESS * extent(along)
  return { middle, along, isRing }
}

/** The longer axis of the points' covariance ellipse, pointing right, or down when upright. */
function mainDirection(points: readonly Point[], middle: Point): Point {
  let xx = 0
  let yy = 0
  let xy = 0
  for (const { x, y } of points) {
    xx += (x - middle.x) ** 2
    yy += (y - middle.y) ** 2
    xy += (x - middle.x) * (y - middle.y)
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const direction = { x: Math.cos(angle), y: Math.sin(angle) }
  const isUpright = Math.abs(direction.x) < 1e-6
  const isBackwards = isUpright ? direction.y < 0 : direction.x < 0
  return isBackwards ? { x: -direction.x, y: -direction.y } : direction
}

/** Around the middle, from the widest opening on, or from the lowest seat of a closed ring. */
function orderAround(
  points: readonly Point[],
  middle: Point,
  compare: (left: number, right: number) => number,
): number[] {
  const angles = points.map(({ x, y }) => Math.atan2(y - middle.y, x - middle.x))
  const ring = sortBy(
    points.map((_, index) => index),
    angles,
    compare,
    1e-9,
  )
  let start = 0
  let widest = -1
  ring.forEach((index, place) => {
    const before = ring.at(place - 1) as number
    const angle = (angles[index] as number) - (angles[before] as number)
    const opening = (angle + 2 * Math.PI) % (2 * Math.PI)
    const isWider = opening > widest + 1e-3
    const isAsWide = !isWider && opening > widest - 1e-3
    if (isWider || (isAsWide && compare(index, ring[start] as number) < 0)) {
      widest = Math.max(widest, opening)
      start = place
    }
  })
  return [...ring.slice(start), ...ring.slice(0, start)]
}

function sortBy(
  indices: number[],
  values: readonly number[],
  compare: (left: number, right: number) => number,
  tolerance: number,
): number[] {
  // Rounding to steps keeps the order transitive, which comparing with a tolerance would not.
  const step = tolerance || 1
  const steps = values.map((value) => Math.round(value / step))
  return indices.sort(
    (left, right) => (steps[left] as number) - (steps[right] as number) || compare(left, right),
  )
}

function project(point: Point, middle: Point, direction: Point): number {
  return (point.x - middle.x) * direction.x + (point.y - middle.y) * direction.y
}

function extent(values: readonly number[]): number {
  const { min, max } = values.reduce(
    (range, value) => ({ min: Math.min(range.min, value), max: Math.max(range.max, value) }),
    { min: 0, max: 0 },
  )
  return max - min
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
}
