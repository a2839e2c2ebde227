-- Every hold, booking and block of every show, as its last entry says, and how it began: one row
-- for each chain of entries. Found by show and hold; by owner over all shows, through the entries
-- that make holds and bookings.
create or replace view rowlock.chains as
select
  first.show_id,
  newest.version,
  newest.at,
  newest.kind,
  first.hold_id,
  newest.step,
  newest.seats,
  newest.freed,
  newest.until,
  newest.booked_at,
  newest.holder,
  newest.reference,
  newest.details,
  newest.owner,
  first.kind as origin,
  first.actor as begun_by,
  first.at as begun_at,
  newest.metadata,
  newest.own_reference
from rowlock.journal as first
cross join lateral (
  select entry.*
  from rowlock.journal as entry
  where entry.show_id = first.show_id
    and entry.hold_id = first.hold_id
  order by entry.step desc
  limit 1
) as newest
where first.step = 0;
