import { badCursor, type PageQuery } from '../../calls/index.ts'
import { type Booking, type BookingList, LIMITS } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import type { ChainRow } from './read-chain.ts'

interface BookingRow extends ChainRow {
  /** The kind of the entry that made the booking, its version, and when that was. */
  readonly origin: string
  readonly version: number
  readonly booked_ms: number
}

/** Every booking has exactly one entry that made it, so a page is a stretch of an index. */
const LIST_BOOKINGS = `
  select
    show.show_id, show.key, show.plan_id, to_json(newest) as entry, sale.kind as origin,
    sale.version, rowlock.ms(sale.at) as booked_ms
  from rowlock.journal as sale
  cross join lateral (
    select entry.*
    from rowlock.journal as entry
    where entry.show_id = sale.show_id
      and entry.hold_id = sale.hold_id
    order by entry.step desc
    limit 1
  ) as newest
  join rowlock.shows as show on show.show_id = sale.show_id
  where sale.owner = $1
    and sale.kind in ('confirm', 'book')
    and (
      $2::float8 is null
      or (sale.at, sale.show_id, sale.version) < (to_timestamp($2 / 1000), $3::bigint, $4::bigint)
    )
  order by sale.at desc, sale.show_id desc, sale.version desc
  limit $5`

/** Bookings of an owner in all shows, cancelled ones too, the newest first. */
export async function listBookingsOf(
  context: Context,
  owner: string,
  query: PageQuery,
): Promise<BookingList> {
  const before = parseCursor(query.cursor)
  const limit = query.limit ?? LIMITS.pageLimitDefault
  const rows = await context.database.read<BookingRow>(LIST_BOOKINGS, [owner, ...before, limit + 1])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = await Promise.all(page.map((row) => bookingOf(context, row)))
  const next = rows.length > limit && last ? cursorOf(last) : null
  return { items, next }
}

async function bookingOf(context: Context, row: BookingRow): Promise<Booking> {
  const identity = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const show = await withPlan(context, identity, Math.max(-1, ...row.entry.seats) + 1)
  return toBooking(show, row.entry, row.origin)
}

function cursorOf({ booked_ms, show_id, version }: BookingRow): string {
  return `${booked_ms}-${show_id}-${version}`
}

function parseCursor(cursor: string | undefined): [number | null, number, number] {
  if (cursor === undefined) return [null, 0, 0]
  const parts = /^(\d{1,15})-(\d{1,15})-(\d{1,15})$/.exec(cursor)
  if (!parts) throw badCursor()
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])]
}
