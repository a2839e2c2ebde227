import type { z } from 'zod'
import type { Category, PlanShape, PlanSpec, Section } from '../protocol/index.ts'
import { finishPlan } from './check-plan.ts'
import { readColor } from './color.ts'
import { type MistakeList, startMistakes } from './mistakes.ts'
import { readArea } from './pretix-areas.ts'
import { areaSchema, categorySchema, rootSchema, zoneSchema } from './pretix-schema.ts'
import { type PretixSeat, placeZoneSeats, toPlanSeats } from './pretix-seats.ts'
import { readEach, readOne } from './read-json.ts'
import { makeSection } from './seat-parts.ts'

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
 * A pretix seating plan, strictly by its schema. Section = zone, row = `row_number`, label = row
 * and seat number with the zone's name in front where two seats would have the same, external id =
 * `seat_guid`. A row's `seat_label` shapes the label (`labelOf`). Areas are drawn only.
 */
export function readPretixPlan(source: unknown): PlanSpec {
  const mistakes = startMistakes()
  const root = readOne(mistakes, rootSchema, source, '$')
  mistakes.refuseIfAny()
  const { name, size, zones, categories } = root as Root
  const found: Collected = {
    categories: [],
    sections: new Map(),
    sectionPaths: [],
    shapes: [],
    seats: [],
  }
  readEach(mistakes, categorySchema, categories, 'categories', (category) => {
    const color = readColor(category.color)
    found.categories.push({ key: category.name, name: category.name, color, accessible: false })
  })
  readEach(mistakes, zoneSchema, zones, 'zones', (zone, path) =>
    readZone(mistakes, found, zone, path),
  )
  if (!mistakes.isFull()) checkGuids(mistakes, found.seats)
  mistakes.refuseIfAny()
  return finishPretix({ name, ...size, focalPoint: null }, found)
}

function readZone(mistakes: MistakeList, found: Collected, zone: Zone, path: string): void {
  const section = zone.name ? openSection(found, zone.name, path) : null
  const seats = placeZoneSeats(mistakes, zone, section, path)
  for (const seat of seats) found.seats.push(seat)
  readEach(mistakes, areaSchema, zone.areas, `${path}.areas`, (area, at) => {
    for (const shape of readArea(mistakes, area, zone.position, at)) found.shapes.push(shape)
  })
}

/** Zones of one name are parts of one section. */
function openSection(found: Collected, name: string, path: string): Section {
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

function finishPretix(
  frame: Pick<PlanSpec, 'name' | 'width' | 'height' | 'focalPoint'>,
  found: Collected,
): PlanSpec {
  const { categories, shapes } = found
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
  )
}

function rootPath(field: string): string {
  return field === 'width' || field === 'height' ? `size.${field}` : field
}
