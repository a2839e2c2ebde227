import type { Database } from '../../db/index.ts'
import { neighbours, type SeatPlace } from '../../plans/index.ts'
import { normalizeLabel, type PlanSeat, type PlanSpec, seatKey } from '../../protocol/index.ts'
import { linesOf, type SeatLine } from './seat-lines.ts'
import { SeatNumbers } from './seat-numbers.ts'

/** A plan as the database has it. Its seats never change; those of a show's own may grow. */
export interface StoredPlan extends PlanSpec {
  readonly planId: string
  readonly venueId: string | null
  readonly createdAt: Date
  readonly numbers: SeatNumbers
  /** True where a seat sits beside the one with the next number. */
  readonly joined: readonly boolean[]
  /** The line of each seat that is in one: there, numbers do not tell who sits beside whom. */
  readonly lines: ReadonlyMap<number, SeatLine>
}

/** The part of a plan that only drawing needs: `rowlock.plans.drawing`. */
type Drawing = Pick<
  PlanSpec,
  'width' | 'height' | 'focalPoint' | 'categories' | 'sections' | 'shapes'
>

interface PlanRow {
  venue_id: string | null
  name: string
  drawing: Drawing
  created_at: Date
  seats: SeatColumns | null
  lines: SeatLine[] | null
}

/** Seats as columns, element n for seat number n: a tenth of the work of as many rows. */
interface SeatColumns {
  labels: string[]
  sections: (string | null)[]
  rows: (string | null)[]
  numbers: string[]
  categories: string[]
  xs: number[]
  ys: number[]
  flags: number[]
  external_ids: (string | null)[]
}

const LOAD_PLAN = `
  select plan.venue_id, plan.name, plan.drawing, plan.created_at, (
    select json_build_object(
      'labels', json_agg(seat.label order by seat.seat_no),
      'sections', json_agg(seat.section order by seat.seat_no),
      'rows', json_agg(seat.row_label order by seat.seat_no),
      'numbers', json_agg(seat.number order by seat.seat_no),
      'categories', json_agg(seat.category order by seat.seat_no),
      'xs', json_agg(seat.x order by seat.seat_no),
      'ys', json_agg(seat.y order by seat.seat_no),
      'flags', json_agg(
        seat.accessible::int + 2 * seat.companion::int + 4 * seat.restricted_view::int
          + 8 * seat.joined::int
        order by seat.seat_no
      ),
      'external_ids', json_agg(seat.external_id order by seat.seat_no)
    )
    from rowlock.seats as seat
    where seat.plan_id = plan.plan_id
    having count(*) > 0
  ) as seats, (
    select json_agg(json_build_object('round', line.is_round, 'seats', line.seats))
    from rowlock.lines as line
    where line.plan_id = plan.plan_id
  ) as lines
  from rowlock.plans as plan
  where plan.plan_id = $1`

/** Reads a plan with all its seats, or null when there is none. */
export async function loadPlan(database: Database, planId: string): Promise<StoredPlan | null> {
  const [row] = await database.read<PlanRow>(LOAD_PLAN, [planId])
  if (!row) return null
  const spec = planSpecOf(row)
  const { seats } = spec
  return {
    planId,
    venueId: row.venue_id,
    createdAt: row.created_at,
    ...spec,
    joined: joinedOf(row),
    lines: new Map(row.lines?.flatMap((line) => line.seats.map((number) => [number, line]))),
    numbers: new SeatNumbers(seats.map(({ label }) => label)),
  }
}

/** Loads a plan as one text of JSON, for another thread to read; null when there is none. */
export async function loadPlanText(database: Database, planId: string): Promise<string | null> {
  const [found] = await database.read<{ text: string }>(
    `select to_json(plan)::text as text from (${LOAD_PLAN}) as plan`,
    [planId],
  )
  return found?.text ?? null
}

/**
 * Tells for each seat of such a text, or of a row, whether it counts as the neighbour of the next
 * number.
 */
export function joinedOf({ seats }: Pick<PlanRow, 'seats'>): boolean[] {
  return seats?.flags.map((flags) => (flags & 8) !== 0) ?? []
}

/** Picks what belongs to the plan itself, of such a text or of a row. */
export function planSpecOf(row: Pick<PlanRow, 'name' | 'drawing' | 'seats'>): PlanSpec {
  return { name: row.name, ...row.drawing, seats: row.seats ? toSeats(row.seats) : [] }
}

function toSeats(columns: SeatColumns): PlanSeat[] {
  return columns.labels.map((label, n) => {
    const flags = columns.flags[n] as number
    return {
      label,
      section: columns.sections[n] as string | null,
      row: columns.rows[n] as string | null,
      number: columns.numbers[n] as string,
      category: columns.categories[n] as string,
      x: columns.xs[n] as number,
      y: columns.ys[n] as number,
      accessible: (flags & 1) !== 0,
      companion: (flags & 2) !== 0,
      restrictedView: (flags & 4) !== 0,
      externalId: columns.external_ids[n] as string | null,
    }
  })
}

/** The drawing of a plan, as stored. */
export function drawingOf(plan: PlanSpec): Drawing {
  const { width, height, focalPoint, categories, sections, shapes } = plan
  return { width, height, focalPoint, categories, sections, shapes }
}

/**
 * The seats in the order in which they get their numbers: row after row, along each row. So the
 * kernel finds neighbours by looking at the next number.
 */
export function inRowOrder(seats: readonly PlanSeat[], sections: PlanSpec['sections']): RowSeat[] {
  const places = neighbours({ seats: [...seats], sections })
  const order = seats.map((seat, index) => ({ seat, index, at: places[index] as SeatPlace }))
  order.sort(({ at: one }, { at: two }) => one.rowIndex - two.rowIndex || one.place - two.place)
  const numbers: number[] = new Array(seats.length)
  for (const [number, { index }] of order.entries()) numbers[index] = number
  return order.map(({ seat, at }, number) => {
    const next = order[number + 1]?.at
    const isJoined = next?.rowIndex === at.rowIndex && next.place === at.place + 1
    return { seat, isJoined, right: at.right === null ? null : (numbers[at.right] ?? null) }
  })
}

/** A seat, whether it sits beside the one with the next number, and who sits to its right. */
export interface RowSeat {
  readonly seat: PlanSeat
  readonly isJoined: boolean
  readonly right: number | null
}

/** The lines of a plan whose seats get their numbers in this order. */
export function linesOfRows(rows: readonly RowSeat[]): SeatLine[] {
  return linesOf(
    rows.map(({ right }) => right),
    rows.map(({ isJoined }) => isJoined),
  )
}

/** Seats in the form that `rowlock.insert_seats` takes, in the order of their numbers. */
export function seatRowsOf(rows: readonly RowSeat[]): object[] {
  return rows.map(({ seat, isJoined }) => ({
    key: seatKey(seat.label),
    label: normalizeLabel(seat.label),
    section: seat.section,
    row_label: seat.row,
    number: seat.number,
    category: seat.category,
    x: seat.x,
    y: seat.y,
    joined: isJoined,
    accessible: seat.accessible,
    companion: seat.companion,
    restricted_view: seat.restrictedView,
    external_id: seat.externalId,
  }))
}
