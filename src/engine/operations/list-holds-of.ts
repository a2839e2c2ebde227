import { badCursor, type PageQuery } from '../../calls/index.ts'
import { fromPublicId, type Hold, type HoldList, LIMITS, toPublicId } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import type { ChainRow } from './read-chain.ts'

/**
 * A page is a stretch of an index in the order of the list. Holds that are over are not visited,
 * those that were paid for or given back early only until they would have ended. Of the entries of
 * a hold only the one that set its present end is looked at. The clock is read once, in a query
 * of its own: an index cannot be searched by what may change from row to row.
 */
const LIST_HOLDS = `
  with clock as materialized (select rowlock.clock() as now)
  select page.show_id, page.key, page.plan_id, to_json(page.newest) as entry, page.now
  from (
    select
      show.show_id, show.key, show.plan_id, newest.entry as newest,
      rowlock.ms(greatest((select clock.now from clock), latest.at)) as now
    from rowlock.journal as told
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
    where told.owner = $1
      and told.kind in ('hold', 'extend')
      and told.until > (select clock.now from clock)
      and (
        $2::float8 is null
        or (told.until, told.hold_id) > (to_timestamp($2 / 1000), $3::uuid)
      )
      and newest.until = told.until
      and newest.booked_at is null
      and newest.until > latest.at
    order by told.until, told.hold_id
    limit $4
  ) as page
  order by (page.newest).until, (page.newest).hold_id`

/** Live holds of an owner in all shows, the soonest to end first. */
export async function listHoldsOf(
  context: Context,
  owner: string,
  query: PageQuery,
): Promise<HoldList> {
  const [afterMs, afterId] = parseCursor(query.cursor)
  const limit = query.limit ?? LIMITS.pageLimitDefault
  const rows = await context.database.read<ChainRow & { now: number }>(LIST_HOLDS, [
    owner,
    afterMs,
    afterId,
    limit + 1,
  ])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const items = await Promise.all(page.map((row) => holdOf(context, row)))
  return { items, next: rows.length > limit && last ? cursorOf(last) : null }
}

async function holdOf(context: Context, row: ChainRow & { now: number }): Promise<Hold> {
  const identity = { showId: row.show_id, key: row.key, planId: row.plan_id }
  const show = await withPlan(context, identity, Math.max(...row.entry.seats) + 1)
  return toHold(show, row.entry, row.now)
}

function cursorOf({ entry }: ChainRow): string {
  return `${Date.parse(entry.until)}-${toPublicId('hold', entry.hold_id)}`
}

function parseCursor(cursor: string | undefined): [number | null, string | null] {
  if (cursor === undefined) return [null, null]
  const parts = /^(\d{1,15})-(hold_[0-9a-f]{32})$/.exec(cursor)
  const id = fromPublicId('hold', parts?.[2] ?? '')
  if (!parts || id === null) throw badCursor()
  return [Number(parts[1]), id]
}
