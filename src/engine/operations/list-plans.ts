import { badCursor } from '../../calls/index.ts'
import {
  fromPublicId,
  type ListPlansQuery,
  type PlanList,
  type PlanOverview,
  toPublicId,
} from '../../protocol/index.ts'
import type { Context } from '../context.ts'
import { getVenue } from './get-venue.ts'

interface PlanRow extends Record<string, unknown> {
  plan_id: string
  venue_id: string
  name: string
  seat_count: number
  show_count: number
  retired_at: Date | null
  created_at: Date
}

const LIST_PLANS = `
  select
    plan.plan_id, plan.venue_id, plan.name, plan.seat_count, plan.retired_at, plan.created_at,
    (
      select count(*)
      from rowlock.shows as show
      where show.plan_id = plan.plan_id
    )::int as show_count
  from rowlock.plans as plan
  where plan.venue_id = $1
    and ($2 = 'all' or (plan.retired_at is not null) = ($2 = 'true'))
    and (
      $3::uuid is null
      or (plan.created_at, plan.plan_id) > (
        select last.created_at, last.plan_id
        from rowlock.plans as last
        where last.plan_id = $3
      )
    )
  order by plan.created_at, plan.plan_id
  limit $4`

/** Plans of a venue in the order of their creation. Refusal: `venue_unknown`. */
export async function listPlans(
  context: Context,
  venue: string,
  query: ListPlansQuery,
): Promise<PlanList> {
  const { id } = await getVenue(context, venue)
  const after = query.cursor === undefined ? null : fromPublicId('plan', query.cursor)
  if (query.cursor !== undefined && after === null) throw badCursor()
  const rows = await context.database.read<PlanRow>(LIST_PLANS, [
    fromPublicId('venue', id),
    query.retired ?? 'false',
    after,
    query.limit + 1,
  ])
  const items = rows.slice(0, query.limit).map(toOverview)
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

function toOverview(row: PlanRow): PlanOverview {
  return {
    id: toPublicId('plan', row.plan_id),
    venue: toPublicId('venue', row.venue_id),
    name: row.name,
    seatCount: row.seat_count,
    showCount: row.show_count,
    retiredAt: row.retired_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
