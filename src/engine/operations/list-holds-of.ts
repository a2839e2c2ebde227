import { badCursor, type PageQuery } from '../../calls/index.ts'
import { fromPublicId, type Hold, type HoldList, LIMITS, toPublicId } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import type { ChainRow } from './read-chain.ts'

/**
 * A page is a stretch of an index in the order of the list. Holds that are over are not in it, but
 * those that were paid for or given back early are until they would have ended. So the stretch has
 * an end of its own: however many there are, a page costs no more, and may be short. Of the entries
 * of a hold only the one that set its present end is looked at. The clock is read once, in a query
 * of its own: an index cannot be searched by what may change from row to row.
 */
const CLOCK = 'clock as materialized (select rowlock.clock() as now)'

const IS_AHEAD = `
  told.owner = $1
  and told.kind in ('hold', 'extend')
  and told.until > (select clock.now from clock)
  and (
    $2::float8 is null
    or (told.until, told.hold_id) > (to_timestamp($2 / 1000), $3::uuid)
  )`

const pageOf = (entries: string) => `
  select
    show.show_id, show.key, show.plan_id, newest.entry as newest,
    rowlock.ms(greatest((select clock.now from clock), latest.at)) as now
  from ${entries} as told
  cross join lateral (
    select entry, entry.until, entry.booked_at
    from rowlock.journal as entry
    where entry.show_id = told.show_id
      and entry.hold_id = told.hold_id
    order by entry.step desc
    limit 1
  ) as newest
  cross join lateral (
    select entry.at
    from rowlock.journal as entry
    where entry.show_id = told.show_id
    order by entry.version desc
    limit 1
  ) as latest
  join rowlock.shows as show on show.show_id = told.show_id
  where newest.until = told.until
    and newest.booked_at is null
    and newest.until > latest.at`

const ROWS = `
  select coalesce(json_agg(json_build_object(
    'show_id', page.show_id, 'key', page.key, 'plan_id', page.plan_id,
    'entry', to_json(page.newest), 'now', page.now
  ) order by (page.newest).until, (page.newest).hold_id), '[]')
  from page`

const LIST_HOLDS = `
  with ${CLOCK},
  stretch as materialized (
    select told.show_id, told.until, told.hold_id
    from rowlock.journal as told
    where ${IS_AHEAD}
    order by told.until, told.hold_id
    limit $5
  ),
  page as (${pageOf('stretch')} order by told.until, told.hold_id limit $4)
  select
    (${ROWS}) as rows,
    (
      select json_build_object('until', stretch.until, 'hold_id', stretch.hold_id)
      from stretch
      order by stretch.until, stretch.hold_id
      offset $5 - 1
    ) as cut`

/**
 * Over the shows of all shards: each gives its first ones. A stretch could not be asked for what
 * they are now, so each shard looks through all that are ahead.
 */
const LIST_HOLDS_OF_ALL = `
  with ${CLOCK},
  page as (
    ${pageOf('rowlock.journal')} and ${IS_AHEAD} order by told.until, told.hold_id limit $4
  )
  select (${ROWS}) as rows, null::json as cut`

/** Holds that a page looks at, at most, if more of them were ended early. */
const LOOKED_AT_MAX = 1_000

type Place = Pick<ChainRow['entry'], 'until' | 'hold_id'>

interface Page extends Record<string, unknown> {
  readonly rows: readonly (ChainRow & { readonly now: number })[]
  /** Last place that was looked at, if there may be more behind it. */
  readonly cut: Place | null
}

/** Live holds of an owner in all shows, the soonest to end first. */
export async function listHoldsOf(
  context: Context,
  owner: string,
  query: PageQuery,
): Promise<HoldList> {
  const [afterMs, afterId] = parseCursor(query.cursor)
  const limit = query.limit ?? LIMITS.pageLimitDefault
  const values = [owner, afterMs, afterId, limit + 1]
  const found = await (context.database.isSharded
    ? context.database.read<Page>(LIST_HOLDS_OF_ALL, values)
    : context.database.read<Page>(LIST_HOLDS, [...values, Math.max(limit + 1, LOOKED_AT_MAX)]))
  const { rows, cut } = found[0] as Page
  const page = rows.slice(0, limit)
  const items = await Promise.all(page.map((row) => holdOf(context, row)))
  const last = rows.length > limit ? (page.at(-1)?.entry ?? null) : cut
  return { items, next: last && cursorOf(last) }
}

async function holdOf(context: Context, row: ChainRow & { now: number }): Promise<Hold> {
  const identity = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const show = await withPlan(context, identity, Math.max(...row.entry.seats) + 1)
  return toHold(show, row.entry, row.now)
}

function cursorOf({ until, hold_id }: Place): string {
  return `${Date.parse(until)}-${toPublicId('hold', hold_id)}`
}

function parseCursor(cursor: string | undefined): [number | null, string | null] {
  if (cursor === undefined) return [null, null]
  const parts = /^(\d{1,15})-(hold_[0-9a-f]{32})$/.exec(cursor)
  const id = fromPublicId('hold', parts?.[2] ?? '')
  if (!parts || id === null) throw badCursor()
  return [Number(parts[1]), id]
}
