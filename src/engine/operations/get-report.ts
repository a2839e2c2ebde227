import {
  type GetReportQuery,
  LIMITS,
  type Report,
  type ReportPart,
  type ReportRow,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { loadShow, showUnknown } from '../stored/stored-show.ts'

interface CountRow extends Record<string, unknown> {
  readonly now: number
  readonly seats: number
  readonly bookings: number
}

/**
 * Expressions that read each part. A day is told by Intl, which knows every zone that a venue may
 * have.
 */
const PARTS: Readonly<Record<ReportPart, string>> = {
  status: `case
      when claim.until is null then 'available'
      when claim.booked_at is not null then 'booked'
      when claim.until = 'infinity' then 'blocked'
      else 'held'
    end`,
  section: 'seat.section',
  category: 'seat.category',
  row: 'seat.row_label',
  holder: 'newest.holder',
  day: `floor(extract(epoch from claim.booked_at) / ${LIMITS.zoneStepSeconds})::bigint`,
}

const NEWEST = `
  left join lateral (
    select entry.holder
    from rowlock.journal as entry
    where entry.show_id = claim.show_id
      and entry.hold_id = claim.hold_id
    order by entry.step desc
    limit 1
  ) as newest on true`

/** Counts how many seats are alike in what is asked for, as of now. Refusal: `show_unknown`. */
export async function getReport(
  context: Context,
  showKey: string,
  query: GetReportQuery,
): Promise<Report> {
  const by = query.by.split(',') as ReportPart[]
  const show = await loadShow(context.database, showKey)
  if (!show) throw showUnknown(showKey)
  const rows = await context.database.read<CountRow>(countBy(by), [show.show_id])
  const timeZone = show.time_zone ?? 'UTC'
  const items = by.includes('day') ? byDay(rows, timeZone) : rows.map(withoutTime)
  return {
    show: show.key,
    asOf: new Date(rows[0]?.now ?? 0).toISOString(),
    timeZone,
    by,
    seats: rows.reduce((sum, { seats }) => sum + seats, 0),
    items: items.filter(({ seats }) => seats > 0),
  }
}

/** Also a show without seats has a row, which says what time it is. */
function countBy(by: readonly ReportPart[]): string {
  const parts = by.map((part) => `${PARTS[part]} as ${part}`).join(', ')
  const places = by.map((_, index) => index + 1).join(', ')
  return `
    select
      ${parts},
      count(seat.seat_no)::int as seats,
      (count(distinct claim.hold_id) filter (where claim.booked_at is not null))::int as bookings,
      rowlock.ms(moment.now) as now
    from rowlock.show_times as moment
    join rowlock.policies as policy on policy.show_id = moment.show_id
    join rowlock.shows as show on show.show_id = moment.show_id
    left join rowlock.seats as seat
      on seat.plan_id = show.plan_id
      and seat.seat_no < policy.seat_count
    left join rowlock.claims as claim
      on claim.show_id = moment.show_id
      and claim.seat_no = seat.seat_no
      and claim.until > moment.now
    ${by.includes('holder') ? NEWEST : ''}
    where moment.show_id = $1
    group by ${places}, moment.now
    order by ${places}`
}

/** A booking was made at one moment, so that nothing is counted twice. */
function byDay(rows: readonly CountRow[], timeZone: string): ReportRow[] {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' })
  const merged = new Map<string, CountRow>()
  for (const { now, seats, bookings, ...parts } of rows) {
    const step = parts.day as number | null
    const day = step === null ? null : format.format(step * LIMITS.zoneStepSeconds * 1000)
    const alike = { ...parts, day }
    const key = JSON.stringify(alike)
    const before = merged.get(key)
    const sum = {
      seats: seats + (before?.seats ?? 0),
      bookings: bookings + (before?.bookings ?? 0),
    }
    merged.set(key, { ...alike, ...sum, now })
  }
  return [...merged.values()].map(withoutTime)
}

function withoutTime({ now: _, ...row }: CountRow): ReportRow {
  return row as unknown as ReportRow
}
