import { z } from 'zod'
import type { Category, PlanSeat, PlanShape, PlanSpec, Point, Section } from '../protocol/index.ts'
import { finishPlan, PLAN_BOUNDS, type PlanPaths } from './check-plan.ts'
import { stageOf } from './focal-point.ts'
import { cleanLabel, cleanName } from './label-parts.ts'
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
  const root = readOne(mistakes, rootSchema, source, '$') ?? readAnyway(source)
  if (root === null) mistakes.refuseIfAny()
  const { plan, paths } = readParts(mistakes, root as Root)
  return finishPlan(plan, paths, mistakes)
}

/** The lists of a document whose own fields are wrong: all mistakes are told at once. */
function readAnyway(source: unknown): Root | null {
  if (typeof source !== 'object' || source === null) return null
  const { categories, sections, shapes, seats } = source as Record<string, unknown>
  const kept = Object.entries({ categories, sections, shapes, seats }).filter(([, value]) => {
    return Array.isArray(value)
  })
  return rootSchema.safeParse(Object.fromEntries(kept)).data ?? null
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

/** A plan without what is wrong in it, and where in the file each of its parts stands. */
interface ReadParts {
  plan: PlanSpec
  paths: Partial<PlanPaths>
}

function readParts(mistakes: MistakeList, root: Root): ReadParts {
  const at: Places = { categories: [], sections: [], shapes: [], seats: [] }
  const categories = readCategories(mistakes, root.categories, at.categories)
  const sections = readSections(mistakes, root.sections, at.sections)
  const shapes = readShapes(mistakes, root.shapes, at.shapes)
  const sources: SeatSource[] = []
  readEach(mistakes, seatSchema, root.seats, 'seats', (seat, path) => {
    sources.push(seat)
    at.seats.push(path)
  })
  checkPositions(mistakes, sources, at.seats)
  const parts = readRows(sources.map(({ label }) => cleanLabel(label)))
  const seats = sources.map((source, index) => {
    return readSeat(source, parts[index] as LabelParts, categories[0]?.key)
  })
  const frame = isUnplaced(sources) ? placeSeats(seats) : frameOf(seats, shapes)
  const plan = {
    name: root.name,
    width: root.width ?? frame.width,
    height: root.height ?? frame.height,
    focalPoint: root.focalPoint === undefined ? frame.focalPoint : root.focalPoint,
    categories,
    sections,
    shapes,
    seats,
  }
  return { plan, paths: pathsOf(at) }
}

type Places = Record<'categories' | 'sections' | 'shapes' | 'seats', string[]>

function pathsOf(at: Places): Partial<PlanPaths> {
  const within = (paths: readonly string[]) => (index: number, field: string) =>
    joinPath(paths[index] ?? '$', field)
  return {
    category: within(at.categories),
    section: within(at.sections),
    shape: within(at.shapes),
    seat: within(at.seats),
  }
}

function readCategories(
  mistakes: MistakeList,
  source: unknown[] | undefined,
  paths: string[],
): Category[] {
  if (source === undefined) return [{ ...STANDARD }]
  const categories: Category[] = []
  readEach(mistakes, categorySchema, source, 'categories', (category, path) => {
    paths.push(path)
    categories.push({ ...category, name: category.name ?? cleanName(category.key) })
  })
  return categories
}

function readSections(mistakes: MistakeList, source: unknown[], paths: string[]): Section[] {
  const sections: Section[] = []
  readEach(mistakes, sectionSchema, source, 'sections', ({ outline, name, ...section }, path) => {
    const points = readPoints(mistakes, outline, joinPath(path, 'outline'))
    const { key } = section
    paths.push(path)
    sections.push(makeSection(key, { ...section, name: name ?? cleanName(key), outline: points }))
  })
  return sections
}

function readShapes(mistakes: MistakeList, source: unknown[], paths: string[]): PlanShape[] {
  const shapes: PlanShape[] = []
  readEach(mistakes, shapeSchema, source, 'shapes', (shape, path) => {
    paths.push(path)
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
function checkPositions(
  mistakes: MistakeList,
  sources: SeatSource[],
  paths: readonly string[],
): void {
  if (isUnplaced(sources)) return
  sources.forEach((seat, index) => {
    for (const axis of ['x', 'y'] as const) {
      if (seat[axis] === undefined) {
        mistakes.add(
          `${paths[index]}.${axis}`,
          'Other seats have a position, but this one has none.',
        )
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
    row: source.row === undefined ? parts.row : source.row && cleanName(source.row),
    number: source.number === undefined ? parts.number : cleanName(source.number),
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

function frameOf(seats: PlanSeat[], shapes: readonly PlanShape[]): Frame {
  const [width, height] = [extentOf(seats, 'x'), extentOf(seats, 'y')]
  return { width, height, focalPoint: stageOf(shapes) }
}
