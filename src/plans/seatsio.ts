import type { z } from 'zod'
import type { PlanSpec, Point } from '../protocol/index.ts'
import { finishPlan, PLAN_BOUNDS } from './check-plan.ts'
import { readColor } from './color.ts'
import { stageOf } from './focal-point.ts'
import { type MistakeList, startMistakes } from './mistakes.ts'
import { readEach, readOne } from './read-json.ts'
import { extentOf, PLAN_MARGIN } from './seat-layout.ts'
import { STANDARD } from './seat-parts.ts'
import { readSubChart } from './seatsio-chart.ts'
import { type Drawing, startDrawing } from './seatsio-drawing.ts'
import { categorySchema, floorSchema, rootSchema, subChartSchema } from './seatsio-schema.ts'
import { addPoints } from './shape-parts.ts'
import { startWarnings, type WarningList } from './warnings.ts'

type Root = z.output<typeof rootSchema>

/**
 * A seats.io chart drawing: rows, tables, booths, general admission areas and sections, on one or
 * more floors (drawn below each other). Labels are the objects' ids there (`A-1`, `T1-1`,
 * `Section A-A-1`, `GA1-17`), external ids their uuids. With a warning: a table or an area that is
 * booked as a whole is read as seats of its own; what else a drawing has is left out.
 */
export function readSeatsioPlan(
  source: unknown,
  warnings: WarningList = startWarnings(),
): PlanSpec {
  const mistakes = startMistakes()
  const root = readOne(mistakes, rootSchema, source, '$')
  mistakes.refuseIfAny()
  const drawing = startDrawing(mistakes, warnings)
  readCategories(drawing, (root as Root).categories?.list ?? [])
  const frame = readFloors(drawing, root as Root)
  const focalPoint = frame.focalPoint ?? stageOf(drawing.shapes)
  return finishDrawing(drawing, (root as Root).name || 'Seating plan', { ...frame, focalPoint })
}

function readCategories(drawing: Drawing, list: readonly unknown[]): void {
  const { categoriesMax } = PLAN_BOUNDS
  const keep = (category: z.output<typeof categorySchema>, path: string) => {
    const { key, label: name, accessible } = category
    drawing.categories.push({ key, name, color: readColor(category.color), accessible })
    drawing.paths.categories.push(path)
  }
  readEach(drawing.mistakes, categorySchema, list, 'categories.list', keep, categoriesMax)
  // A drawing without price classes is a drawing of one price class.
  if (list.length === 0) drawing.categories.push({ ...STANDARD })
}

interface Frame {
  width: number
  height: number
  focalPoint: Point | null
}

function readFloors(drawing: Drawing, root: Root): Frame {
  const floors = root.subChartFloors.map((floor, index) => {
    return openFloor(drawing.mistakes, floor, `subChartFloors[${index}]`)
  })
  if (floors.length === 0) floors.push({ subChart: root.subChart, path: 'subChart' })
  const frame: Frame = { width: 0, height: 0, focalPoint: null }
  for (const { subChart: source, path } of floors) {
    if (drawing.mistakes.isFull()) break
    const subChart = readOne(drawing.mistakes, subChartSchema, source, path)
    if (subChart === null) continue
    const offset = { x: 0, y: frame.height === 0 ? 0 : frame.height + PLAN_MARGIN }
    readSubChart(drawing, subChart, { path, offset, section: null, depth: 0 })
    frame.width = Math.max(frame.width, subChart.width ?? 0)
    frame.height = Math.max(offset.y + (subChart.height ?? 0), extentOf(drawing.seats, 'y'))
    if (subChart.focalPoint) frame.focalPoint ??= addPoints(offset, subChart.focalPoint)
  }
  const height =
    floors.length === 1 ? (heightOf(floors[0]?.subChart) ?? frame.height) : frame.height
  return { ...frame, height, width: frame.width || extentOf(drawing.seats, 'x') }
}

function heightOf(subChart: unknown): number | null {
  const { data } = subChartSchema.pick({ height: true }).safeParse(subChart)
  return data?.height || null
}

/** A floor holds its drawing in `subChart`, or is the drawing itself. */
function openFloor(
  mistakes: MistakeList,
  floor: unknown,
  path: string,
): { subChart: unknown; path: string } {
  const { subChart } = readOne(mistakes, floorSchema, floor, path) ?? {}
  return subChart === undefined ? { subChart: floor, path } : { subChart, path: `${path}.subChart` }
}

const SEAT_FIELDS: Record<string, string> = {
  number: 'label',
  row: 'label',
  category: 'categoryKey',
  externalId: 'uuid',
}

function finishDrawing(drawing: Drawing, name: string, frame: Frame): PlanSpec {
  const { categories, sections, shapes, seats, paths, mistakes } = drawing
  return finishPlan(
    { name, ...frame, categories, sections, shapes, seats },
    {
      root: (field) => (field === 'seats' || field === 'focalPoint' ? 'subChart' : field),
      category: (index, field) =>
        `${paths.categories[index]}.${field === 'name' ? 'label' : field}`,
      section: (index, field) => `${paths.sections[index]}.${field === 'key' ? 'label' : field}`,
      shape: (index) => paths.shapes[index] ?? 'shapes',
      seat: (index, field) => `${paths.seats[index]}.${SEAT_FIELDS[field] ?? field}`,
    },
    mistakes,
  )
}
