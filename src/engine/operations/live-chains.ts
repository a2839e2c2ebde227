import { badCursor, type Caller } from '../../calls/index.ts'
import { fromPublicId, Refusal, toPublicId } from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import type { Entry } from '../lanes/command.ts'
import { findShow, numberSeats, type SoldShow, withPlan } from '../sold-show.ts'

/** Conditions on the live holds or blocks of a show, and the page to read. */
export interface LiveQuery {
  readonly reference?: string | undefined
  readonly holder?: string | undefined
  readonly seat?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

interface LiveRow {
  readonly entry: Entry
  readonly begun_ms: number
  /** The show's time, in milliseconds since 1970. */
  readonly now: number
}

/** A page of holds or blocks that have seats now, and the show with a plan that has the seats. */
export interface LivePage {
  readonly show: SoldShow
  readonly rows: readonly LiveRow[]
  readonly next: string | null
}

/**
 * Found through the seats that they have now: what it costs is bounded by the house, however many
 * there were before. In the order in which they began, which nothing changes. The page is cut
 * before its rows become JSON: a big on-sale has thousands of live holds.
 */
const LIST_LIVE = `
  with live as materialized (
    select distinct claim.hold_id
    from rowlock.claims as claim
    join rowlock.show_times as moment on moment.show_id = claim.show_id
    where claim.show_id = $1
      and claim.booked_at is null
      and claim.until > moment.now
      and (claim.until = 'infinity') = $2
      and ($3::int is null or claim.seat_no = $3)
  )
  select
    to_json(chain) as entry,
    rowlock.ms(chain.begun_at) as begun_ms,
    rowlock.ms(moment.now) as now
  from (
    select chain.*
    from live
    join rowlock.chains as chain on chain.hold_id = live.hold_id
    where chain.show_id = $1
      and (chain.owner = $4 or $5)
      and ($6::text is null or $6 = case when $2 then chain.own_reference else chain.reference end)
      and ($7::text is null or chain.holder = $7)
      and (
        $8::float8 is null
        or (chain.begun_at, chain.hold_id) > (to_timestamp($8 / 1000), $9::uuid)
      )
    order by chain.begun_at, chain.hold_id
    limit $10
  ) as chain
  join rowlock.show_times as moment on moment.show_id = chain.show_id
  order by chain.begun_at, chain.hold_id`

/**
 * Holds or blocks of a show that have seats now: those of the caller, or all for the box office.
 * Refusals: `show_unknown`, and `invalid_request` for a seat that is not there.
 */
export async function listLive(
  context: Context,
  caller: Caller,
  showKey: string,
  kind: 'hold' | 'block',
  query: LiveQuery,
): Promise<LivePage> {
  const show = await findShow(context, showKey)
  const [afterMs, afterId] = parseCursor(kind, query.cursor)
  const found = await context.database.read<LiveRow & Record<string, unknown>>(LIST_LIVE, [
    show.showId,
    kind === 'block',
    await seatNumberOf(context, show, query.seat),
    caller.owner,
    caller.boxOffice,
    query.reference ?? null,
    query.holder ?? null,
    afterMs,
    afterId,
    query.limit + 1,
  ])
  const rows = found.slice(0, query.limit)
  const last = found.length > query.limit ? rows.at(-1) : undefined
  const seatMax = rows.reduce((max, { entry }) => Math.max(max, ...entry.seats), -1)
  return {
    show: await withPlan(context, show.identity, seatMax + 1),
    rows,
    next: last ? `${last.begun_ms}-${toPublicId(kind, last.entry.hold_id)}` : null,
  }
}

/** The number of a seat that is asked for, null for none; `invalid_request` if it is not there. */
export async function seatNumberOf(
  context: Context,
  show: SoldShow,
  label: string | undefined,
): Promise<number | null> {
  if (label === undefined) return null
  const { numbers, strangers } = (await numberSeats(context, show, [label])).seats
  if (strangers.size === 0) return numbers[0] ?? null
  const message = `"${label}" is no seat of the show`
  throw new Refusal('invalid_request', { mistakes: [{ path: 'seat', message }] })
}

function parseCursor(
  kind: 'hold' | 'block',
  cursor: string | undefined,
): [number | null, string | null] {
  if (cursor === undefined) return [null, null]
  const parts = /^(\d{1,15})-([a-z]+_[0-9a-f]{32})$/.exec(cursor)
  const id = fromPublicId(kind, parts?.[2] ?? '')
  if (!parts || id === null) throw badCursor()
  return [Number(parts[1]), id]
}
