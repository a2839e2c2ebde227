import type { PlanSpec, Point } from '../protocol/index.ts'
import { PLAN_MARGIN, round } from './seat-layout.ts'
import { addPoints, boxAround, rotate, roundPoint } from './shape-parts.ts'

/** A plan drawn around any origin, moved so that it begins at (0, 0) with a margin on all sides. */
export function fitFrame(plan: Omit<PlanSpec, 'width' | 'height'>): PlanSpec {
  const drawn = [
    ...plan.seats,
    ...plan.sections.flatMap(({ outline }) => outline),
    ...plan.shapes.flatMap(cornersOf),
  ]
  const box = boxAround(drawn)
  const shift = {
    x: PLAN_MARGIN - (box.x - box.width / 2),
    y: PLAN_MARGIN - (box.y - box.height / 2),
  }
  const move = <T extends Point>(point: T): T => ({
    ...point,
    ...roundPoint(addPoints(point, shift)),
  })
  return {
    name: plan.name,
    width: round(box.width + 2 * PLAN_MARGIN),
    height: round(box.height + 2 * PLAN_MARGIN),
    focalPoint: plan.focalPoint && move(plan.focalPoint),
    categories: plan.categories,
    sections: plan.sections.map((one) => ({ ...one, outline: one.outline.map(move) })),
    shapes: plan.shapes.map((shape) => ({ ...move(shape), points: shape.points.map(move) })),
    seats: plan.seats.map(move),
  }
}

function cornersOf(shape: PlanSpec['shapes'][number]): Point[] {
  const [x, y] = [shape.width / 2, shape.height / 2]
  const corners = [
    { x: -x, y: -y },
    { x, y: -y },
    { x, y },
    { x: -x, y },
  ]
  return corners.map((corner) => addPoints(shape, rotate(corner, shape.rotation)))
}
