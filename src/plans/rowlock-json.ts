import { z } from 'zod'
import type { Category, PlanSeat, PlanShape, PlanSpec, Point, Section } from '../protocol/index.ts'
import { finishPlan, PLAN_BOUNDS } from './check-plan.ts'
import { cleanLabel } from './label-parts.ts'
import { joinPath, type MistakeList, startMistakes } from './mistakes.ts'
import { readEach, readOne } from './read-json.ts'
import { type LabelParts, readRows } from './rows/read-rows.ts'
import { extentOf, layOutSeats } from './seat-layout.ts'
import { makeSeat, makeSection, STANDARD } from './seat-parts.ts'

// A minus zero is written as 0, so it has to be read as 0 for a round trip to be exact.
const coordinate = z.number().transform((value) => value + 0)
const pointSchema = z.strictObject({ x: coordinate, y: coordinate })
const list = z.array(z.unknown())
const optionalText = z.string().nullable().default(null)

const rootSchema = z.strictObject({
  name: z.string().default('Seating plan'),
  width: coordinate.optional(),
  height: coordinate.optional(),
  focalPoint: pointSchema.nullable().optional(),
  categories: list.optional(),
  sections: list.default([]),
  shapes: list.default([]),
  seats: list,
})

const categorySchema = z.strictObject({
  key: z.string(),
  name: z.string().optional(),
  color: optionalText,
  accessible: z.boolean().default(false),
})

const sectionSchema = z.strictObject({
  key: z.string(),
  name: z.string().optional(),
  generalAdmission: z.boolean().default(false),
  entrance: optionalText,
  outline: list.default([]),
})

const shapeSchema = z.strictObject({
  kind: z.enum(['rectangle', 'circle', 'ellipse', 'polygon', 'text']),
  x: coordinate,
  y: coordinate,
  width: coordinate.default(0),
  height: coordinate.default(0),
  rotation: coordinate.default(0),
  points: list.default([]),
  text: optionalText,
  color: optionalText,
})

const seatSchema = z.strictObject({
  label: z.string(),
  section: optionalText,
  row: z.string().nullable().optional(),
  number: z.string().optional(),
  category: z.string().optional(),
  x: coordinate.optional(),
  y: coordinate.optional(),
  accessible: z.boolean().default(false),
  companion: z.boolean().default(false),
  restrictedView: z.boolean().default(false),
  externalId: optionalText,
})

type Root = z.output<typeof rootSchema>
type SeatSource = z.output<typeof seatSchema>

/**
 * Our own JSON: the shape of `PlanSpec`. Unknown fields are refused. Only `seats[].label` must be
 * there: row and number are then read from it, without positions a grid is laid out, and without
 * categories all seats are `standard`. Refusal: `plan_invalid`.
 */
export function readRowlockPlan(source: unknown): PlanSpec {
  const mistakes = startMistakes()
  const root = readOne(mistakes, rootSchema, source, '$')
  mistakes.refuseIfAny()
  return finishPlan(readParts(mistakes, root as Root))
}

/** The plan as JSON, one element a line, so that a change of one seat is a change of one line. */
export function writeRowlockPlan(plan: PlanSpec): string {
  const { categories, sections, shapes, seats, ...frame } = plan
  const lines = Object.entries(frame).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`)
  for (const [key, elements] of Object.entries({ categories, sections, shapes, seats })) {
    const body = elements.map((element) => `\n    ${JSON.stringify(element)}`).join(',')
    lines.push(`  "${key}": [${body}${body ? '\n  ' : ''}]`)
  }
  return `{\n${lines.join(',\n')}\n}\n`
}

function readParts(mistakes: MistakeList, root: Root): PlanSpec {
  const categories = readCategories(mistakes, root.categories)
  const sections = readSections(mistakes, root.sections)
  const shapes = readShapes(mistakes, root.shapes)
  const sources: SeatSource[] = []
  readEach(mistakes, seatSchema, root.seats, 'seats', (seat) => sources.push(seat))
  if (!mistakes.isFull()) checkPositions(mistakes, sources)
  mistakes.refuseIfAny()
  const parts = readRows(sources.map(({ label }) => cleanLabel(label)))
  const seats = sources.map((source, index) => {
    return readSeat(source, parts[index] as LabelParts, categories[0]?.key)
  })
  const frame = isUnplaced(sources) ? placeSeats(seats) : frameOf(seats)
  return {
    name: root.name,
    width: root.width ?? frame.width,
    height: root.height ?? frame.height,
    focalPoint: root.focalPoint === undefined ? frame.focalPoint : root.focalPoint,
    categories,
    sections,
    shapes,
    seats,
  }
}

function readCategories(mistakes: MistakeList, source: unknown[] | undefined): Category[] {
  if (source === undefined) return [{ ...STANDARD }]
  const categories: Category[] = []
  readEach(mistakes, categorySchema, source, 'categories', (category) => {
    categories.push({ ...category, name: category.name ?? category.key })
  })
  return categories
}

function readSections(mistakes: MistakeList, source: unknown[]): Section[] {
  const sections: Section[] = []
  readEach(mistakes, sectionSchema, source, 'sections', ({ outline, name, ...section }, path) => {
    const points = readPoints(mistakes, outline, joinPath(path, 'outline'))
    const given = { ...section, name: name ?? section.key, outline: points }
    sections.push(makeSection(section.key, given))
  })
  return sections
}

function readShapes(mistakes: MistakeList, source: unknown[]): PlanShape[] {
  const shapes: PlanShape[] = []
  readEach(mistakes, shapeSchema, source, 'shapes', (shape, path) => {
    shapes.push({ ...shape, points: readPoints(mistakes, shape.points, joinPath(path, 'points')) })
  })
  return shapes
}

function readPoints(mistakes: MistakeList, source: unknown[], path: string): Point[] {
  const points: Point[] = []
  const { pointsMax } = PLAN_BOUNDS
  readEach(mistakes, pointSchema, source, path, (point) => points.push(point), pointsMax)
  return points
}

function isUnplaced(sources: SeatSource[]): boolean {
  return sources.every(({ x, y }) => x === undefined && y === undefined)
}

/** All seats have a position or none has: half a drawing would put the rest in a heap. */
function checkPositions(mistakes: MistakeList, sources: SeatSource[]): void {
  if (isUnplaced(sources)) return
  sources.forEach((seat, index) => {
    for (const axis of ['x', 'y'] as const) {
      if (seat[axis] === undefined) {
        mistakes.add(`seats[${index}].${axis}`, 'Other seats have a position, this one has none.')
      }
    }
  })
}

function readSeat(
  source: SeatSource,
  parts: LabelParts,
  categoryDefault: string | undefined,
): PlanSeat {
  const label = cleanLabel(source.label)
  return makeSeat({
    ...source,
    label,
    row: source.row === undefined ? parts.row : source.row,
    number: source.number ?? parts.number,
    category: source.category ?? categoryDefault ?? STANDARD.key,
    x: source.x ?? 0,
    y: source.y ?? 0,
  })
}

type Frame = Pick<PlanSpec, 'width' | 'height' | 'focalPoint'>

function placeSeats(seats: PlanSeat[]): Frame {
  const { positions, ...frame } = layOutSeats(seats)
  positions.forEach((position, index) => {
    Object.assign(seats[index] as PlanSeat, position)
  })
  return frame
}

function frameOf(seats: PlanSeat[]): Frame {
  return { width: extentOf(seats, 'x'), height: extentOf(seats, 'y'), focalPoint: null }
}
