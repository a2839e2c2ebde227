import type { PlanShape, Point } from '../protocol/index.ts'
import { round } from './seat-layout.ts'

/** A shape with what is given, and nothing for the rest. */
export function makeShape(
  given: Pick<PlanShape, 'kind' | 'x' | 'y'> & Partial<PlanShape>,
): PlanShape {
  return {
    kind: given.kind,
    x: round(given.x),
    y: round(given.y),
    width: round(given.width ?? 0),
    height: round(given.height ?? 0),
    rotation: round(given.rotation ?? 0),
    points: (given.points ?? []).map(roundPoint),
    text: given.text || null,
    color: given.color ?? null,
  }
}

/** A polygon by its corners in plan units; its centre and size are those of the box around it. */
export function makePolygon(
  points: readonly Point[],
  given: Pick<Partial<PlanShape>, 'text' | 'color'> = {},
): PlanShape {
  const box = boxAround(points)
  return makeShape({ kind: 'polygon', ...given, ...box, points: [...points] })
}

/** Text is as high as its letters, and about half as wide as high for each letter. */
export function makeText(
  text: string,
  at: Point,
  size: number,
  given: Pick<Partial<PlanShape>, 'rotation' | 'color'> = {},
): PlanShape {
  const width = 0.55 * size * text.length
  return makeShape({ kind: 'text', ...at, width, height: size, ...given, text })
}

/** Centre and size of the upright box around the points. */
export function boxAround(
  points: readonly Point[],
): Pick<PlanShape, 'x' | 'y' | 'width' | 'height'> {
  const first = points[0] ?? { x: 0, y: 0 }
  let [left, top, right, bottom] = [first.x, first.y, first.x, first.y]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}

/** The point turned clockwise around the origin, as seen with y pointing down. */
export function rotate({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  return { x: x * cos - y * sin, y: x * sin + y * cos }
}

/** To thousandths, see `round`. */
export function roundPoint({ x, y }: Point): Point {
  return { x: round(x), y: round(y) }
}

/** The sum of points: places are given relative to what contains them. */
export function addPoints(...points: readonly Point[]): Point {
  return points.reduce((sum, { x, y }) => ({ x: sum.x + x, y: sum.y + y }), { x: 0, y: 0 })
}
