import type { Database } from '../../db/index.ts'
import { neighbours, type SeatPlace } from '../../plans/index.ts'
import { normalizeLabel, type PlanSeat, type PlanSpec, seatKey } from '../../protocol/index.ts'
import { SeatNumbers } from './seat-numbers.ts'

/** A plan as the database has it. Its seats never change; those of a show's own may grow. */
export interface StoredPlan extends PlanSpec {
  readonly planId: string
  readonly venueId: string | null
  readonly createdAt: Date
  readonly numbers: SeatNumbers
  /** Whether a seat sits beside the one with the next number. */
  readonly joined: readonly boolean[]
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
  ) as seats
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
    joined: row.seats?.flags.map((flags) => (flags & 8) !== 0) ?? [],
    numbers: new SeatNumbers(seats.map(({ label }) => label)),
  }
}

/** The same as one text of JSON, for another thread to read; null when there is none. */
export async function loadPlanText(database: Database, planId: string): Promise<string | null> {
  const [found] = await database.read<{ text: string }>(
    `select to_json(plan)::text as text from (${LOAD_PLAN}) as plan`,
    [planId],
  )
  return found?.text ?? null
}

/** What belongs to the plan itself, of such a text or of a row. */
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
  const order = seats.map((seat, index) => ({ seat, at: places[index] as SeatPlace }))
  order.sort(({ at: one }, { at: two }) => one.rowIndex - two.rowIndex || one.place - two.place)
  return order.map(({ seat, at }, index) => {
    const next = order[index + 1]?.at
    const isJoined = next?.rowIndex === at.rowIndex && next.place === at.place + 1
    return { seat, isJoined }
  })
}

/** A seat, and whether it sits beside the one with the next number. */
export interface RowSeat {
  readonly seat: PlanSeat
  readonly isJoined: boolean
}

/** Seats in the form that `rowlock.insert_seats` takes, in the order of their numbers. */
export function seatRowsOf(seats: readonly PlanSeat[], sections: PlanSpec['sections']): object[] {
  return inRowOrder(seats, sections).map(({ seat, isJoined }) => ({
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
