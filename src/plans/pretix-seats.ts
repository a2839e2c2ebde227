import type { z } from 'zod'
import type { PlanSeat, Point, Section } from '../protocol/index.ts'
import { cleanLabel, joinLabel, qualifyLabels } from './label-parts.ts'
import { joinPath, type MistakeList } from './mistakes.ts'
import { rowSchema, seatSchema, type zoneSchema } from './pretix-schema.ts'
import { noteUnknown, readEach } from './read-json.ts'
import { makeSeat } from './seat-parts.ts'
import { addPoints, roundPoint } from './shape-parts.ts'
import type { WarningList } from './warnings.ts'

type Zone = z.output<typeof zoneSchema>
type Row = z.output<typeof rowSchema>

/** A seat as it stands in the file, with its place there. */
export interface PretixSeat {
  path: string
  rowPath: string
  guid: string
  section: Section | null
  row: string
  pattern: string | null
  number: string
  /** Empty where the file names none. */
  category: string
  position: Point
  needs: Pick<PlanSeat, 'accessible' | 'companion' | 'restrictedView'>
}

/** The seats of one zone, at their places in the plan: zone + row + seat. */
export function placeZoneSeats(
  mistakes: MistakeList,
  warnings: WarningList,
  zone: Zone,
  section: Section | null,
  path: string,
): PretixSeat[] {
  const seats: PretixSeat[] = []
  readEach(mistakes, rowSchema, zone.rows, `${path}.rows`, (row, rowPath, rowIndex) => {
    noteUnknown(warnings, rowSchema, zone.rows[rowIndex], rowPath)
    const origin = addPoints(zone.position, row.position ?? { x: 0, y: 0 })
    readEach(
      mistakes,
      seatSchema,
      row.seats,
      joinPath(rowPath, 'seats'),
      (seat, seatPath, index) => {
        noteUnknown(warnings, seatSchema, row.seats[index], seatPath)
        const position = roundPoint(addPoints(origin, seat.position))
        seats.push({
          ...placeOf(row, rowPath),
          ...partsOf(seat),
          path: seatPath,
          section,
          position,
        })
      },
    )
  })
  return seats
}

function placeOf(row: Row, rowPath: string): Pick<PretixSeat, 'row' | 'pattern' | 'rowPath'> {
  return { row: cleanLabel(row.row_number), pattern: row.seat_label || null, rowPath }
}

function partsOf(
  seat: z.output<typeof seatSchema>,
): Pick<PretixSeat, 'guid' | 'number' | 'category' | 'needs'> {
  return {
    guid: seat.seat_guid,
    number: cleanLabel(seat.seat_number),
    category: seat.category ?? '',
    needs: {
      accessible: seat.wheelchair || seat.accessible,
      companion: seat.companion,
      restrictedView: seat.restricted_view,
    },
  }
}

/** Seats of the plan, with labels that are unique where sections can make them so. */
export function toPlanSeats(seats: readonly PretixSeat[]): PlanSeat[] {
  const labels = qualifyLabels(
    seats.map((seat) => ({
      label: labelOf(seat.row, seat.number, seat.pattern),
      section: seat.section?.name ?? null,
    })),
  )
  return seats.map((seat, index) =>
    makeSeat({
      label: labels[index] as string,
      section: seat.section?.key ?? null,
      row: seat.row || null,
      number: seat.number,
      category: seat.category,
      ...seat.position,
      ...seat.needs,
      externalId: seat.guid,
    }),
  )
}

/**
 * Row A, seat 12 is `A12`. With the pattern `Seat %s` it is `A Seat 12`; a pattern that names the
 * row itself (`Box A-%s`) is the whole label.
 */
export function labelOf(row: string, number: string, pattern: string | null): string {
  if (pattern === null) return joinLabel(row, number)
  const text = pattern.includes('%s') ? pattern.replaceAll('%s', () => number) : pattern + number
  return row === '' || namesRow(pattern, row) ? text : `${row} ${text}`
}

function namesRow(pattern: string, row: string): boolean {
  const before = (pattern.split('%s')[0] ?? '').trim().replace(/[\s\-–—./:]+$/u, '')
  if (!before.endsWith(row)) return false
  const last = before.at(-row.length - 1)
  return last === undefined || !/[\p{L}\p{N}]/u.test(last)
}
