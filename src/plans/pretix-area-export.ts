import type { PlanShape, Point } from '../protocol/index.ts'
import { round } from './seat-layout.ts'
import { rotate, roundPoint } from './shape-parts.ts'

/** A shape as a pretix area. Its schema wants whole numbers for sizes, any number for places. */
export function writeArea(shape: PlanShape): object {
  const { kind, text } = shape
  const place = { position: roundPoint(positionOf(shape)), rotation: round(shape.rotation) }
  const color = shape.color === null ? {} : { color: shape.color }
  if (kind === 'text') return { ...place, shape: kind, text: writeText(shape, { x: 0, y: 0 }) }
  const middle = kind === 'rectangle' ? { x: shape.width / 2, y: shape.height / 2 } : ORIGIN
  const words = text === null ? {} : { text: writeText({ ...shape, height: 16 }, middle) }
  return { ...place, ...color, shape: kind, [kind]: sizeOf(shape), ...words }
}

const ORIGIN: Point = { x: 0, y: 0 }

/** pretix places a rectangle by its upper left corner and turns it around that. */
function positionOf(shape: PlanShape): Point {
  if (shape.kind !== 'rectangle') return shape
  const corner = rotate({ x: shape.width / 2, y: shape.height / 2 }, shape.rotation)
  return { x: shape.x - corner.x, y: shape.y - corner.y }
}

function sizeOf(shape: PlanShape): object {
  const { width, height } = shape
  switch (shape.kind) {
    case 'rectangle':
      return { width: Math.round(width), height: Math.round(height) }
    case 'circle':
      return { radius: Math.round(width / 2) }
    case 'ellipse':
      return { radius: { x: round(width / 2), y: round(height / 2) } }
    default:
      return { points: shape.points.map((point) => relativeTo(shape, point)) }
  }
}

function relativeTo({ x, y, rotation }: PlanShape, point: Point): Point {
  return roundPoint(rotate({ x: point.x - x, y: point.y - y }, -rotation))
}

function writeText({ text, color, height }: PlanShape, position: Point): object {
  const words = { text: text ?? '', size: Math.round(height), position: roundPoint(position) }
  return color === null ? words : { ...words, color }
}
