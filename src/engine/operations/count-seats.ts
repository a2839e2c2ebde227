import { forOthersToo } from '../../calls/index.ts'
import type { Context } from '../context.ts'
import type { ShowCounts } from '../engine.ts'

const FIND_ON_SALE = `
  select policy.show_id
  from rowlock.policies as policy
  join rowlock.shows as show on show.show_id = policy.show_id
  where policy.cancelled_at is null
    and coalesce(policy.sales_from, '-infinity') <= rowlock.clock()
    and coalesce(policy.sales_until, 'infinity') > rowlock.clock()
    and coalesce(policy.over_at, 'infinity') > rowlock.clock()
  order by show.starts_at, policy.show_id
  limit $1`

const COUNT_SEATS = `
  select
    show.key as show,
    counts.available::int,
    counts.held::int,
    counts.booked::int,
    counts.blocked::int,
    live.holds
  from rowlock.show_counts as counts
  join rowlock.shows as show on show.show_id = counts.show_id
  cross join lateral (
    select count(distinct claim.hold_id)::int as holds
    from rowlock.claims as claim
    where claim.show_id = counts.show_id
      and claim.booked_at is null
      and claim.until < 'infinity'
      and claim.until > (select rowlock.clock())
  ) as live
  where counts.show_id = any($1)
  order by show.starts_at, show.show_id`

/** Seats by status of shows on sale, those that start first. */
export function countSeats({ database }: Context, showsMax: number): Promise<ShowCounts[]> {
  return forOthersToo(async () => {
    const shows = await database.read<{ show_id: number }>(FIND_ON_SALE, [showsMax])
    const ids = shows.map((show) => show.show_id)
    return await database.read<ShowCounts & Record<string, unknown>>(COUNT_SEATS, [ids])
  })
}
