import type { z } from 'zod'
import type { Point } from '../protocol/index.ts'
import { PLAN_BOUNDS } from './check-plan.ts'
import { readColor } from './color.ts'
import { joinPath } from './mistakes.ts'
import { readEach } from './read-json.ts'
import { addShape, type Drawing, frameOf, type Surroundings } from './seatsio-drawing.ts'
import { pointSchema, shapeSchema, type subChartSchema, textSchema } from './seatsio-schema.ts'
import { addPoints, makePolygon, makeShape, makeText } from './shape-parts.ts'

/** Letters of seats.io texts without a size. */
const TEXT_SIZE = 18

/** Shapes and texts: drawn and not sold. */
export function readDecoration(
  drawing: Drawing,
  chart: z.output<typeof subChartSchema>,
  around: Surroundings,
): void {
  const { mistakes } = drawing
  const shapesPath = joinPath(around.path, 'shapes')
  readEach(mistakes, shapeSchema, chart.shapes, shapesPath, (shape, path) =>
    readShape(drawing, shape, { ...around, path }),
  )
  const textsPath = joinPath(around.path, 'texts')
  readEach(mistakes, textSchema, chart.texts, textsPath, (text, path) => {
    const words = text.text || text.label
    if (!words) return
    const at = text.center ?? { x: text.x ?? 0, y: text.y ?? 0 }
    const style = { rotation: text.rotationAngle ?? 0, color: readColor(text.textColor) }
    const size = text.fontSize ?? TEXT_SIZE
    addShape(drawing, makeText(words, addPoints(around.offset, at), size, style), path)
  })
}

function readShape(
  drawing: Drawing,
  shape: z.output<typeof shapeSchema>,
  { path, offset }: Surroundings,
): void {
  const corners: Point[] = []
  const keep = (point: Point) => corners.push(addPoints(offset, point))
  const pointsPath = `${path}.points`
  const { pointsMax } = PLAN_BOUNDS
  readEach(drawing.mistakes, pointSchema, shape.points, pointsPath, keep, pointsMax)
  const look = { text: shape.label ?? null, color: readColor(shape.fillColor) }
  if (corners.length > 2) {
    addShape(drawing, makePolygon(corners, look), path)
    return
  }
  const frame = frameOf(shape, [])
  addShape(drawing, makeShape({ ...frame, ...addPoints(offset, frame), ...look }), path)
}
