import { forOthersToo } from '../../calls/index.ts'
import type { Context } from '../context.ts'
import type { ShowCounts } from '../engine.ts'

const COUNT_SEATS = `
  select
    show.key as show,
    counts.available::int,
    counts.held::int,
    counts.booked::int,
    counts.blocked::int,
    (
      select count(distinct claim.hold_id)::int
      from rowlock.claims as claim
      where claim.show_id = show.show_id
        and claim.booked_at is null
        and claim.until < 'infinity'
        and claim.until > (select rowlock.clock())
    ) as holds
  from (
    select policy.show_id, show.key, show.starts_at
    from rowlock.policies as policy
    join rowlock.shows as show using (show_id)
    where policy.cancelled_at is null
      and coalesce(policy.sales_from, '-infinity') <= rowlock.clock()
      and coalesce(policy.sales_until, 'infinity') > rowlock.clock()
      and coalesce(policy.over_at, 'infinity') > rowlock.clock()
    order by show.starts_at, policy.show_id
    limit $1
  ) as show
  join rowlock.show_counts as counts using (show_id)
  order by show.starts_at, show.show_id`

/** Seats by status of shows on sale, those that start first. */
export function countSeats({ database }: Context, showsMax: number): Promise<ShowCounts[]> {
  return forOthersToo(() =>
    database.read<ShowCounts & Record<string, unknown>>(COUNT_SEATS, [showsMax]),
  )
}
