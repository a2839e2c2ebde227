import type { z } from 'zod'
import { LIMITS, type PlanSeat, type Point } from '../protocol/index.ts'
import { PLAN_BOUNDS } from './check-plan.ts'
import { cleanLabel } from './label-parts.ts'
import { joinPath } from './mistakes.ts'
import { readEach, readOne } from './read-json.ts'
import { makeSeat, makeSection } from './seat-parts.ts'
import {
  addSeat,
  addSection,
  addShape,
  categoryFor,
  categoryOf,
  type Drawing,
  frameOf,
  outlineOf,
  roomForTable,
  type Surroundings,
} from './seatsio-drawing.ts'
import {
  areaSchema,
  boothSchema,
  pointSchema,
  rowSchema,
  seatSchema,
  sectionSchema,
  subChartSchema,
  tableSchema,
} from './seatsio-schema.ts'
import { readDecoration } from './seatsio-shapes.ts'
import { addPoints, makeShape, roundPoint } from './shape-parts.ts'
import { spreadInside } from './spread-inside.ts'

type SubChart = z.output<typeof subChartSchema>

/** Sections inside of sections that we follow; seats.io itself has one level. */
const DEPTH_MAX = 3
const PLACES_MAX = LIMITS.seatsPerPlanMax

/** Everything of a chart, or of a section's own chart. */
export function readSubChart(drawing: Drawing, chart: SubChart, around: Surroundings): void {
  const { mistakes } = drawing
  const at = (list: string) => joinPath(around.path, list)
  noteLeftOut(drawing, chart)
  readEach(mistakes, sectionSchema, chart.sections, at('sections'), (section, path) =>
    readSection(drawing, section, { ...around, path }),
  )
  readEach(mistakes, rowSchema, chart.rows, at('rows'), (row, path) =>
    readRow(drawing, row, inNamedSection(drawing, row, { ...around, path })),
  )
  readEach(mistakes, tableSchema, chart.tables, at('tables'), (table, path) =>
    readTable(drawing, table, { ...around, path }),
  )
  readEach(mistakes, boothSchema, chart.booths, at('booths'), (booth, path) =>
    readBooth(drawing, booth, { ...around, path }),
  )
  const areas = chart.generalAdmissionAreas
  readEach(mistakes, areaSchema, areas, at('generalAdmissionAreas'), (area, path) =>
    readArea(drawing, area, { ...around, path }),
  )
  readDecoration(drawing, chart, around)
}

/** Lists that we do not read: what is drawn or sold there is left out. */
function noteLeftOut({ warnings }: Drawing, chart: SubChart): void {
  for (const [field, value] of Object.entries(chart)) {
    if (field in subChartSchema.shape || !Array.isArray(value) || value.length === 0) continue
    warnings.add('fields_ignored', field)
  }
}

function noteWhole({ warnings }: Drawing, object: { bookAsAWhole?: boolean | null | undefined }) {
  if (object.bookAsAWhole) warnings.add('fields_ignored', 'bookAsAWhole')
}

function readSection(
  drawing: Drawing,
  section: z.output<typeof sectionSchema>,
  around: Surroundings,
): void {
  const { path, offset, depth } = around
  if (depth >= DEPTH_MAX) {
    drawing.mistakes.add(path, `Sections inside of sections, more than ${DEPTH_MAX} deep.`)
    return
  }
  const label = withSection(around, section.label)
  const outline = readCorners(drawing, section.points, around)
  addSection(drawing, makeSection(label, { entrance: section.entrance || null, outline }), path)
  const category = categoryOf(drawing, section) ?? around.section?.category ?? null
  const chart = readOne(
    drawing.mistakes,
    subChartSchema,
    section.subChart ?? {},
    `${path}.subChart`,
  )
  if (chart === null) return
  readSubChart(drawing, chart, {
    path: `${path}.subChart`,
    offset: addPoints(offset, section.topLeft ?? { x: 0, y: 0 }),
    section: { key: label, label, category },
    depth: depth + 1,
  })
}

/** A row may name its section without being drawn inside one. */
function inNamedSection(
  drawing: Drawing,
  row: z.output<typeof rowSchema>,
  around: Surroundings,
): Surroundings {
  const label = row.sectionLabel && cleanLabel(row.sectionLabel)
  if (!label || around.section !== null) return around
  if (!drawing.sectionKeys.has(label)) {
    addSection(drawing, makeSection(label), around.path)
  }
  return { ...around, section: { key: label, label, category: null } }
}

function readRow(
  drawing: Drawing,
  row: z.output<typeof rowSchema>,
  { path, offset, section }: Surroundings,
): void {
  const name = cleanLabel(row.label)
  readEach(drawing.mistakes, seatSchema, row.seats, `${path}.seats`, (seat, seatPath) => {
    const category = categoryFor(drawing, seatPath, seat, row, section)
    addSeat(drawing, readSeat(seat, name, { offset, section, category }), seatPath)
  })
}

function readTable(
  drawing: Drawing,
  table: z.output<typeof tableSchema>,
  around: Surroundings,
): void {
  noteWhole(drawing, table)
  const corners = readCorners(drawing, table.points, { ...around, offset: { x: 0, y: 0 } })
  const frame = frameOf(table, corners)
  const radius = Math.hypot(frame.width, frame.height) / 2
  const isDrawn = frame.width > 0 && frame.height > 0
  const moved = isDrawn ? roomForTable(drawing, addPoints(around.offset, frame), radius) : 0
  if (moved > 0) drawing.warnings.add('tables_moved', table.label)
  const offset = addPoints(around.offset, { x: moved, y: 0 })
  readRow(drawing, table, { ...around, offset })
  if (isDrawn) {
    const place = addPoints(offset, frame)
    addShape(drawing, makeShape({ ...frame, ...place, text: table.label }), around.path)
  }
}

interface SeatPlace {
  offset: Point
  section: Surroundings['section']
  category: string
}

function readSeat(
  seat: z.output<typeof seatSchema>,
  row: string,
  { offset, section, category }: SeatPlace,
): PlanSeat {
  const number = cleanLabel(seat.label)
  return makeSeat({
    label: cleanLabel([section?.label, row, number].filter(Boolean).join('-')),
    section: section?.key ?? null,
    row: row || null,
    number,
    category,
    ...roundPoint(addPoints(offset, seat)),
    accessible: seat.accessible,
    companion: seat.companionSeat,
    restrictedView: seat.restrictedView,
    externalId: seat.uuid || null,
  })
}

/** A booth is sold as a whole, so it is one seat. */
function readBooth(
  drawing: Drawing,
  booth: z.output<typeof boothSchema>,
  around: Surroundings,
): void {
  const { offset, section, path } = around
  const corners = readCorners(drawing, booth.points, { ...around, offset: { x: 0, y: 0 } })
  const place = roundPoint(addPoints(offset, frameOf(booth, corners)))
  const seat = makeSeat({
    label: withSection(around, booth.label),
    section: section?.key ?? null,
    number: cleanLabel(booth.label),
    category: categoryFor(drawing, path, booth, section),
    ...place,
    accessible: booth.accessible,
    restrictedView: booth.restrictedView,
    externalId: booth.uuid || null,
  })
  addSeat(drawing, seat, path)
}

/** An area is a section of its own whose places are numbered, so that each can be sold once. */
function readArea(drawing: Drawing, area: z.output<typeof areaSchema>, around: Surroundings): void {
  const { path, offset, section } = around
  noteWhole(drawing, area)
  const key = withSection(around, area.label)
  const category = categoryFor(drawing, path, area, section)
  const corners = readCorners(drawing, area.points, { ...around, offset: { x: 0, y: 0 } })
  const outline = outlineOf(area, corners).map((point) => roundPoint(addPoints(offset, point)))
  addSection(drawing, makeSection(key, { generalAdmission: true, outline }), path)
  if (drawing.seats.length + area.capacity > PLACES_MAX) {
    drawing.mistakes.add(`${path}.capacity`, `More than ${PLACES_MAX} seats and places in all.`)
    return
  }
  if (area.capacity === 0) drawing.warnings.add('area_without_places', key)
  spreadInside(outline, area.capacity).forEach((place, index) => {
    const number = String(index + 1)
    const label = cleanLabel(`${key}-${number}`)
    addSeat(drawing, makeSeat({ label, section: key, number, category, ...place }), path)
  })
}

function readCorners(drawing: Drawing, points: unknown[], around: Surroundings): Point[] {
  const corners: Point[] = []
  readEach(
    drawing.mistakes,
    pointSchema,
    points,
    `${around.path}.points`,
    (point) => corners.push(roundPoint(addPoints(around.offset, point))),
    PLAN_BOUNDS.pointsMax,
  )
  return corners
}

function withSection({ section }: Surroundings, label: string): string {
  return cleanLabel(section ? `${section.label}-${label}` : label)
}
