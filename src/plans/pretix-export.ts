import type { PlanSeat, PlanSpec, Point } from '../protocol/index.ts'
import { cleanLabel, joinLabel, qualifyLabels } from './label-parts.ts'
import { writeArea } from './pretix-area-export.ts'
import { labelOf } from './pretix-seats.ts'
import { round } from './seat-layout.ts'
import { roundPoint } from './shape-parts.ts'

/**
 * The plan as a pretix seating plan, valid by its schema. Sections become zones, external ids go
 * back as `seat_guid` (the label where there is none). pretix has no word for general admission
 * (its places become seats), flags such as `accessible`, and the focal point: these are left out.
 */
export function writePretixPlan(plan: PlanSpec): string {
  const categories = uniqueNames(plan.categories)
  const sections = uniqueNames(plan.sections)
  const seats = describeSeats(plan, sections)
  const zones = groupBy(seats, ({ zone }) => zone).map(([zone, zoneSeats]) => ({
    ...(zone === '' ? {} : { name: zone }),
    position: { x: 0, y: 0 },
    rows: groupBy(zoneSeats, rowKey).map(([, rowSeats]) => writeRow(rowSeats, categories)),
    areas: zone === seats[0]?.zone ? plan.shapes.map(writeArea) : [],
  }))
  const file = {
    name: plan.name,
    zones,
    categories: plan.categories.map(({ key, color }) => ({
      name: categories.get(key),
      ...(color === null ? {} : { color }),
    })),
    size: { width: Math.ceil(plan.width), height: Math.ceil(plan.height) },
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** A seat with what pretix asks of it. */
interface DescribedSeat {
  seat: PlanSeat
  /** The zone's name; empty outside every section. */
  zone: string
  guid: string
  /** `seat_label` of its row, or null when the label follows from row and number. */
  pattern: string | null
}

/** pretix knows categories and zones by name, so a name that two share gives way to the key. */
function uniqueNames(named: readonly { key: string; name: string }[]): Map<string, string> {
  const counts = new Map<string, number>()
  for (const { key, name } of named) {
    for (const text of new Set([key, name])) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return new Map(named.map(({ key, name }) => [key, counts.get(name) === 1 ? name : key]))
}

function describeSeats(plan: PlanSpec, sections: Map<string, string>): DescribedSeat[] {
  const guids = uniqueGuids(plan.seats)
  const zones = plan.seats.map(({ section }) => sections.get(section ?? '') ?? '')
  const usual = qualifyLabels(
    plan.seats.map(({ row, number }, index) => ({
      label: joinLabel(row, number),
      section: zones[index] || null,
    })),
  )
  // Without a single pattern the reader finds the same labels by itself.
  const isUsual = plan.seats.every(({ label }, index) => label === usual[index])
  return plan.seats.map((seat, index) => ({
    seat,
    zone: zones[index] as string,
    guid: guids[index] as string,
    pattern: isUsual ? null : patternOf(seat),
  }))
}

/** The pattern that makes the seat's label out of its number; null where none is needed. */
function patternOf({ label, row, number }: PlanSeat): string | null {
  if (label === joinLabel(row, number)) return null
  const at = label.lastIndexOf(number)
  const before = at < 0 ? label : label.slice(0, at)
  const whole = at < 0 ? label : `${before}%s${label.slice(at + number.length)}`
  const isRead = (pattern: string) => cleanLabel(labelOf(row ?? '', number, pattern)) === label
  const rest = whole.slice((row ?? '').length).trim()
  return [whole, rest].find(isRead) ?? whole
}

function uniqueGuids(seats: readonly PlanSeat[]): string[] {
  const taken = new Set<string>()
  return seats.map(({ externalId, label }) => {
    const wish = externalId ?? label
    let guid = wish
    for (let copy = 2; taken.has(guid); copy += 1)
      guid = `${wish.slice(0, 180).toWellFormed()} (${copy})`
    taken.add(guid)
    return guid
  })
}

function rowKey({ seat, pattern }: DescribedSeat): string {
  return JSON.stringify([seat.row, pattern])
}

/** The row stands at its first seat, so that an editor finds its handle there. */
function writeRow(seats: readonly DescribedSeat[], categories: Map<string, string>) {
  const [first] = seats as [DescribedSeat]
  const origin = roundPoint(first.seat)
  return {
    row_number: first.seat.row ?? '',
    ...(first.pattern === null ? {} : { seat_label: first.pattern }),
    row_number_position: 'both',
    position: origin,
    seats: seats.map(({ seat, guid }) => ({
      seat_guid: guid,
      seat_number: seat.number,
      position: relativeTo(origin, seat),
      category: categories.get(seat.category),
    })),
  }
}

function relativeTo(origin: Point, { x, y }: Point): Point {
  return { x: round(x - origin.x), y: round(y - origin.y) }
}

function groupBy<T>(elements: readonly T[], keyOf: (element: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const element of elements) {
    const key = keyOf(element)
    const group = groups.get(key)
    if (group) group.push(element)
    else groups.set(key, [element])
  }
  return [...groups]
}
