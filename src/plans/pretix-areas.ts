import type { z } from 'zod'
import type { PlanShape, Point } from '../protocol/index.ts'
import { PLAN_BOUNDS } from './check-plan.ts'
import { readColor } from './color.ts'
import type { MistakeList } from './mistakes.ts'
import { type areaSchema, positionSchema } from './pretix-schema.ts'
import { readEach } from './read-json.ts'
import { addPoints, makePolygon, makeShape, makeText, rotate } from './shape-parts.ts'

type Area = z.output<typeof areaSchema>
const ORIGIN: Point = { x: 0, y: 0 }
const TEXT_SIZE = 16

/** Drawings of an area: its shape, and its text unless that stands in the shape's middle. */
export function readArea(
  mistakes: MistakeList,
  area: Area,
  zone: Point,
  path: string,
): PlanShape[] {
  const { shape } = area
  if (shape !== undefined && area[shape] === undefined) {
    mistakes.add(`${path}.${shape}`, `An area of shape "${shape}" needs this object.`)
    return []
  }
  const drawn =
    shape === undefined || shape === 'text' ? null : drawShape(mistakes, area, zone, path)
  const text = readText(area, zone)
  if (!drawn || !text) return [drawn, text].filter((one) => one !== null)
  const isCentred = Math.hypot(drawn.x - text.x, drawn.y - text.y) < 1
  return isCentred ? [{ ...drawn, text: text.text }] : [drawn, text]
}

/** pretix turns an area around its position, which for a rectangle is the upper left corner. */
function drawShape(mistakes: MistakeList, area: Area, zone: Point, path: string): PlanShape {
  const rotation = area.rotation ?? 0
  const origin = addPoints(zone, area.position ?? ORIGIN)
  const color = readColor(area.color)
  if (area.shape === 'polygon') {
    const points: Point[] = []
    readEach(
      mistakes,
      positionSchema,
      area.polygon?.points ?? [],
      `${path}.polygon.points`,
      (point) => points.push(addPoints(origin, rotate(point, rotation))),
      PLAN_BOUNDS.pointsMax,
    )
    return makePolygon(points, { color })
  }
  if (area.shape === 'rectangle') {
    const { width, height } = area.rectangle ?? { width: 0, height: 0 }
    const middle = addPoints(origin, rotate({ x: width / 2, y: height / 2 }, rotation))
    return makeShape({ kind: 'rectangle', ...middle, width, height, rotation, color })
  }
  const radius = area.ellipse?.radius ?? {
    x: area.circle?.radius ?? 0,
    y: area.circle?.radius ?? 0,
  }
  const size = { width: 2 * radius.x, height: 2 * radius.y }
  const kind = area.shape === 'circle' ? 'circle' : 'ellipse'
  return makeShape({ kind, ...origin, ...size, rotation, color })
}

function readText(area: Area, zone: Point): PlanShape | null {
  if (!area.text?.text) return null
  const rotation = area.rotation ?? 0
  const { text, size = TEXT_SIZE, position, color } = area.text
  const at = addPoints(zone, area.position ?? ORIGIN, rotate(position, rotation))
  return makeText(text, at, size, { rotation, color: readColor(color) })
}
