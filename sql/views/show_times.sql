-- The version of each show, and its time: the clock, but never before what it has recorded.
create or replace view rowlock.show_times as
select
  policy.show_id,
  coalesce(newest.version, 0) as version,
  newest.at as changed_at,
  greatest(rowlock.clock(), newest.at) as now
from rowlock.policies as policy
left join lateral (
  select entry.version, entry.at
  from rowlock.journal as entry
  where entry.show_id = policy.show_id
  order by entry.version desc
  limit 1
) as newest on true;
