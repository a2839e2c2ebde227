-- Number of seats of each show in each status.
create or replace view rowlock.show_counts as
select
  policy.show_id,
  policy.seat_count as total,
  policy.seat_count - counted.taken as available,
  counted.held,
  counted.booked,
  counted.blocked
from rowlock.policies as policy
cross join lateral (
  select
    count(*) as taken,
    count(*) filter (where claim.booked_at is null and claim.until < 'infinity') as held,
    count(*) filter (where claim.booked_at is not null) as booked,
    count(*) filter (where claim.booked_at is null and claim.until = 'infinity') as blocked
  from rowlock.claims as claim
  where claim.show_id = policy.show_id
    and claim.until > (select rowlock.clock())
) as counted;
