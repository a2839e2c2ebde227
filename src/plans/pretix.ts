import type { z } from 'zod'
import type { Category, PlanShape, PlanSpec, Section } from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { readColor } from './color.ts'
import { stageOf } from './focal-point.ts'
import { cleanName } from './label-parts.ts'
import { type MistakeList, startMistakes } from './mistakes.ts'
import { readArea } from './pretix-areas.ts'
import { areaSchema, categorySchema, rootSchema, zoneSchema } from './pretix-schema.ts'
import { type PretixSeat, placeZoneSeats, toPlanSeats } from './pretix-seats.ts'
import { noteUnknown, readEach, readOne } from './read-json.ts'
import { makeSection, STANDARD } from './seat-parts.ts'
import { startWarnings, type WarningList } from './warnings.ts'

type Root = z.output<typeof rootSchema>
type Zone = z.output<typeof zoneSchema>

interface Collected {
  categories: Category[]
  sections: Map<string, Section>
  sectionPaths: string[]
  shapes: PlanShape[]
  seats: PretixSeat[]
}

/**
 * A pretix seating plan, strictly by its schema in what we use of it; fields that we do not know
 * are left out with a warning. Section = zone, row = `row_number`, label = row and seat number with
 * the zone's name in front where two seats would have the same, external id = `seat_guid`. A row's
 * `seat_label` shapes the label (`labelOf`). Areas are drawn only; the one that says stage is where
 * everybody looks. Seats without a category get one that is made for them.
 */
export function readPretixPlan(source: unknown, warnings: WarningList = startWarnings()): PlanSpec {
  const mistakes = startMistakes()
  if (typeof source !== 'object' || source === null) readOne(mistakes, rootSchema, source, '$')
  mistakes.refuseIfAny()
  const root = readRoot(mistakes, warnings, source as object)
  const found: Collected = {
    categories: [],
    sections: new Map(),
    sectionPaths: [],
    shapes: [],
    seats: [],
  }
  readEach(mistakes, categorySchema, root.categories, 'categories', (category, path, index) => {
    noteUnknown(warnings, categorySchema, root.categories[index], path)
    const color = readColor(category.color)
    found.categories.push({ key: category.name, name: category.name, color, accessible: false })
  })
  readEach(mistakes, zoneSchema, root.zones, 'zones', (zone, path, index) => {
    noteUnknown(warnings, zoneSchema, root.zones[index], path)
    readZone(mistakes, warnings, found, zone, path)
  })
  if (!mistakes.isFull()) checkGuids(mistakes, found.seats)
  nameCategories(warnings, found)
  return finishPretix(root, found, mistakes)
}

/** Each field by itself: one that is wrong must not hide what is wrong inside of the others. */
function readRoot(mistakes: MistakeList, warnings: WarningList, source: object): Root {
  noteUnknown(warnings, rootSchema, source, '$')
  const { shape } = rootSchema
  const fields = source as Partial<Record<keyof Root, unknown>>
  return {
    name: readOne(mistakes, shape.name, fields.name, 'name') ?? '-',
    size: readOne(mistakes, shape.size, fields.size, 'size') ?? { width: 0, height: 0 },
    categories: readOne(mistakes, shape.categories, fields.categories, 'categories') ?? [],
    zones: readOne(mistakes, shape.zones, fields.zones, 'zones') ?? [],
  }
}

function readZone(
  mistakes: MistakeList,
  warnings: WarningList,
  found: Collected,
  zone: Zone,
  path: string,
): void {
  const section = zone.name ? openSection(found, zone.name, path) : null
  const seats = placeZoneSeats(mistakes, warnings, zone, section, path)
  for (const seat of seats) found.seats.push(seat)
  readEach(mistakes, areaSchema, zone.areas, `${path}.areas`, (area, at, index) => {
    noteUnknown(warnings, areaSchema, zone.areas[index], at)
    for (const shape of readArea(mistakes, area, zone.position, at)) found.shapes.push(shape)
  })
}

/** A plan with one price class need not name it at every seat; one with none gets one. */
function nameCategories(warnings: WarningList, found: Collected): void {
  const nameless = found.seats.filter(({ category }) => category === '')
  if (nameless.length === 0) return
  const [only, another] = found.categories
  const isOnly = only !== undefined && another === undefined
  if (!isOnly && !found.categories.some(({ key }) => key === STANDARD.key)) {
    found.categories.push({ ...STANDARD })
  }
  for (const seat of nameless) {
    seat.category = isOnly ? only.key : STANDARD.key
    if (!isOnly) warnings.add('category_made', `${seat.row} ${seat.number}`.trim())
  }
}

/** Zones of one name are parts of one section. */
function openSection(found: Collected, text: string, path: string): Section {
  const name = cleanName(text)
  const known = found.sections.get(name)
  if (known) return known
  const section = makeSection(name)
  found.sections.set(name, section)
  found.sectionPaths.push(path)
  return section
}

function checkGuids(mistakes: MistakeList, seats: readonly PretixSeat[]): void {
  const paths = new Map<string, string>()
  for (const { guid, path } of seats) {
    const first = paths.get(guid)
    if (first === undefined) paths.set(guid, path)
    else mistakes.add(`${path}.seat_guid`, `${first} has the same seat_guid.`)
  }
}

const SEAT_FIELDS: Record<string, string> = {
  label: 'seat_number',
  number: 'seat_number',
  externalId: 'seat_guid',
  x: 'position.x',
  y: 'position.y',
}

function finishPretix({ name, size }: Root, found: Collected, mistakes: MistakeList): PlanSpec {
  const { categories, shapes } = found
  const frame = { name, ...size, focalPoint: stageOf(shapes) }
  const sections = [...found.sections.values()]
  return finishPlan(
    { ...frame, categories, sections, shapes, seats: toPlanSeats(found.seats) },
    {
      root: (field) => (field === 'seats' ? 'zones' : rootPath(field)),
      category: (index, field) => `categories[${index}].${field === 'key' ? 'name' : field}`,
      section: (index) => `${found.sectionPaths[index]}.name`,
      seat: (index, field) => {
        const { path = 'zones', rowPath = 'zones' } = found.seats[index] ?? {}
        return field === 'row' ? `${rowPath}.row_number` : `${path}.${SEAT_FIELDS[field] ?? field}`
      },
    },
    mistakes,
  )
}

function rootPath(field: string): string {
  return field === 'width' || field === 'height' ? `size.${field}` : field
}
