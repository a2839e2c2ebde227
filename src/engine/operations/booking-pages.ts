import { badCursor, type Caller } from '../../calls/index.ts'
import type { Booking, BookingList } from '../../protocol/index.ts'
import { toBooking } from '../answers.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import type { ChainRow } from './read-chain.ts'

/** Conditions that bookings must meet, all of them. */
export interface BookingSearch {
  /** Owner; of everybody when null. */
  readonly owner: string | null
  readonly showId?: number
  readonly reference?: string | undefined
  readonly holder?: string | undefined
  /** It has this seat of the show now. */
  readonly seatNo?: number | null
  readonly cancelled?: boolean | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

interface FoundRow extends Record<string, unknown>, Omit<ChainRow, 'entry'> {
  /** Null for an entry that only ends the stretch that was looked through. */
  readonly entry: ChainRow['entry'] | null
  readonly origin: string
  readonly version: number
  readonly made_ms: number
}

/**
 * A page looks through so many entries at most: where few of them match, it ends before it is full,
 * and its cursor goes on from there. So no page costs more than this, whoever did what before.
 */
const STRETCH = 5_000

/** Entries that make bookings, make them somebody else's, or give them another reference. */
const SALES = "('confirm', 'book', 'transfer', 'amend')"
/** Kinds among these of a booking that was there, but for seats that were handed on. */
const LATER = "('transfer', 'amend')"

/** Writes the expression that tells what the booking began as. */
const ORIGIN = (sale: string, show: string) => `case
      when ${sale}.kind not in ${LATER} then ${sale}.kind
      else (
        select first.kind
        from rowlock.journal as first
        where first.show_id = ${show}
          and first.hold_id = ${sale}.hold_id
        order by first.step
        limit 1
      )
    end`

/**
 * A booking is told once: of its entries that the way leads to, the first one counts, so that a
 * booking that is handed on while somebody pages keeps its place.
 */
const LEADS = (same: string) => `sale.kind in ${SALES} and (
        sale.kind not in ${LATER} or not exists (
          select
          from rowlock.journal as former
          where former.show_id = sale.show_id
            and former.hold_id = sale.hold_id
            and former.step < sale.step
            and former.kind in ${SALES}
            and former.${same} = sale.${same}
        )
      )`

/** Owner whose bookings the caller sees. Null: of everybody. */
export function ownerSeenBy(caller: Caller): string | null {
  // Who has no account owns nothing: there is no owner without a name.
  return caller.boxOffice ? null : (caller.owner ?? '')
}

/** Bookings that match, cancelled ones too, the newest first. Refusal: `invalid_request`. */
export async function readBookings(context: Context, search: BookingSearch): Promise<BookingList> {
  const before = parseCursor(search.cursor)
  const isSpread = context.database.isSharded && search.showId === undefined
  const { text, values } = isSpread ? queryForAll(search, before) : queryFor(search, before)
  const rows = await context.database.read<FoundRow>(text, values)
  const found = rows.filter(isMatch).slice(0, search.limit)
  const end =
    rows.length > search.limit ? rows[search.limit - 1] : rows.find((row) => !isMatch(row))
  return {
    items: await Promise.all(found.map((row) => bookingOf(context, row))),
    next: end ? `${end.made_ms}-${end.show_id}-${end.version}` : null,
  }
}

type Match = FoundRow & { readonly entry: ChainRow['entry'] }

function isMatch(row: FoundRow): row is Match {
  return row.entry !== null
}

/** The entries that make bookings lead to them, and their last entries say what they are now. */
function queryFor(search: BookingSearch, before: Place | null) {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const matches = matchOf(search, value)
  const { way, order, isWay } = wayTo(search, before, value)
  // As a value it leads to one shard.
  const show = search.showId === undefined ? 'stretch.show_id' : value(search.showId)
  const text = `
    select
      stretch.show_id, show.key, show.plan_id, stretch.version,
      rowlock.ms(stretch.at) as made_ms, ${ORIGIN('stretch', show)} as origin,
      case when ${matches} then to_json(newest) end as entry
    from (
      select
        sale.show_id, sale.version, sale.at, sale.kind, sale.step, sale.hold_id,
        row_number() over (order by ${order('sale')}) as place
      from rowlock.journal as sale
      where ${way}
      order by ${order('sale')}
      limit ${STRETCH}
    ) as stretch
    join rowlock.shows as show on show.show_id = stretch.show_id
    left join lateral (
      select entry.*
      from rowlock.journal as entry
      where stretch.kind in ${SALES}
        and (stretch.kind not in ${LATER} or stretch.step = 0 or ${isWay})
        and entry.show_id = ${show}
        and entry.hold_id = stretch.hold_id
      order by entry.step desc
      limit 1
    ) as newest on true
    where ${matches} or stretch.place = ${STRETCH}
    order by ${order('stretch')}
    limit ${value(search.limit + 1)}`
  return { text, values }
}

/**
 * Over the shows of all shards: each gives its first ones, and what they are now with them. There
 * is no stretch here: the whole way is looked through, which is short but for who buys everything.
 */
function queryForAll(search: BookingSearch, before: Place | null) {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const matches = matchOf(search, value)
  const { way, order } = wayTo(search, before, value)
  const text = `
    select
      sale.show_id, show.key, show.plan_id, sale.version, rowlock.ms(sale.at) as made_ms,
      ${ORIGIN('sale', 'sale.show_id')} as origin, to_json(newest) as entry
    from rowlock.journal as sale
    join rowlock.shows as show on show.show_id = sale.show_id
    cross join lateral (
      select entry.*
      from rowlock.journal as entry
      where entry.show_id = sale.show_id
        and entry.hold_id = sale.hold_id
      order by entry.step desc
      limit 1
    ) as newest
    where sale.kind in ${SALES} and ${way} and ${matches}
    order by ${order('sale')}
    limit ${value(search.limit + 1)}`
  return { text, values }
}

type Value = (given: unknown) => string

function matchOf(search: BookingSearch, value: Value): string {
  const { owner, reference, holder, seatNo, cancelled } = search
  const conditions = ['newest.version is not null']
  if (owner !== null) conditions.push(`newest.owner = ${value(owner)}`)
  if (reference !== undefined) conditions.push(`newest.reference = ${value(reference)}`)
  if (holder !== undefined) conditions.push(`newest.holder = ${value(holder)}`)
  if (typeof seatNo === 'number') conditions.push(`${value(seatNo)} = any(newest.seats)`)
  if (cancelled !== undefined) conditions.push(`(newest.seats = '{}') = ${value(cancelled)}`)
  return `(${conditions.join(' and ')})`
}

/** Through the index that leads to the fewest. Within a show versions are in the order of time. */
function wayTo(search: BookingSearch, before: Place | null, value: Value) {
  const { owner, showId, reference, holder, seatNo } = search
  const ofShow = showId === undefined ? 'true' : `sale.show_id = ${value(showId)}`
  // Sorting by a show that is the same everywhere, PostgreSQL would sort the whole stretch.
  const place = showId === undefined ? ['at', 'show_id', 'version'] : ['at', 'version']
  const byTime = (table: string) => place.map((name) => `${table}.${name} desc`).join(', ')
  const byVersion = (table: string) => `${table}.version desc`
  const byPlace = (condition: string, same: string) => ({
    way: `${ofShow} and ${LEADS(same)} and ${earlier(before, value)} and ${condition}`,
    order: byTime,
    isWay: true,
  })
  if (typeof seatNo === 'number') {
    const claim = `select claim.hold_id from rowlock.claims as claim
      where claim.show_id = ${value(showId)} and claim.seat_no = ${value(seatNo)}`
    return byPlace(`sale.hold_id = (${claim})`, 'hold_id')
  }
  if (reference !== undefined) return byPlace(`sale.reference = ${value(reference)}`, 'reference')
  if (holder !== undefined) return byPlace(`sale.holder = ${value(holder)}`, 'holder')
  if (owner !== null) return byPlace(`sale.owner = ${value(owner)}`, 'owner')
  const version = before ? `sale.version < ${value(before.version)}` : 'true'
  return { way: `${ofShow} and ${version}`, order: byVersion, isWay: false }
}

function earlier(before: Place | null, value: Value): string {
  if (before === null) return 'true'
  const at = `to_timestamp(${value(before.ms)}::float8 / 1000)`
  const place = `(${at}, ${value(before.showId)}::bigint, ${value(before.version)}::bigint)`
  return `(sale.at, sale.show_id, sale.version) < ${place}`
}

async function bookingOf(context: Context, row: Match): Promise<Booking> {
  const identity = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const show = await withPlan(context, identity, Math.max(-1, ...row.entry.seats) + 1)
  return toBooking(show, row.entry, row.origin)
}

/** Place of an entry among those of all shows. */
interface Place {
  readonly ms: number
  readonly showId: number
  readonly version: number
}

function parseCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [, ms, showId, version] = /^(\d{1,15})-(\d{1,15})-(\d{1,15})$/.exec(cursor) ?? []
  if (version === undefined) throw badCursor()
  return { ms: Number(ms), showId: Number(showId), version: Number(version) }
}
