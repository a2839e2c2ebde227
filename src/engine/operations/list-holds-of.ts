import { badCursor, type PageQuery } from '../../calls/index.ts'
import { fromPublicId, type Hold, type HoldList, LIMITS, toPublicId } from '../../protocol/index.ts'
import { toHold } from '../answers.ts'
import type { Context } from '../context.ts'
import { withPlan } from '../sold-show.ts'
import type { ChainRow } from './read-chain.ts'

/**
 * No hold outlives its first entry by more than the longest life that any show may give one, so
 * that the holds of years are not gone through for the few that live.
 */
const LIST_HOLDS = `
  select page.show_id, page.key, page.plan_id, to_json(page.newest) as entry, page.now
  from (
    select
      show.show_id, show.key, show.plan_id, newest,
      rowlock.ms(greatest(rowlock.clock(), latest.at)) as now
    from rowlock.journal as first
    cross join lateral (
      select entry.*
      from rowlock.journal as entry
      where entry.show_id = first.show_id
        and entry.hold_id = first.hold_id
      order by entry.step desc
      limit 1
    ) as newest
    cross join lateral (
      select entry.at
      from rowlock.journal as entry
      where entry.show_id = first.show_id
      order by entry.version desc
      limit 1
    ) as latest
    join rowlock.shows as show on show.show_id = first.show_id
    where first.owner = $1
      and first.kind = 'hold'
      and first.at > rowlock.clock() - make_interval(secs => ${LIMITS.holdLifeSecondsMax})
      and newest.booked_at is null
      and newest.until > greatest(rowlock.clock(), latest.at)
      and (
        $2::float8 is null
        or (newest.until, newest.hold_id) > (to_timestamp($2 / 1000), $3::uuid)
      )
    order by newest.until, newest.hold_id
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
