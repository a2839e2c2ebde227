-- The one clock. Everything in the kernel asks it, so that a test can put another in its place.
-- Milliseconds, as on the wire: what was answered is exactly what is compared later.
create or replace function rowlock.clock() returns timestamptz
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select date_trunc('milliseconds', clock_timestamp())
$$;

-- The time of some shows: the clock, but never before what they have recorded, so that a clock
-- that jumps back cannot revive a hold whose seats somebody else has taken since.
create or replace function rowlock.show_time(p_show_ids bigint[]) returns timestamptz
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_last timestamptz := (
    select max(newest.at)
    from unnest(p_show_ids) as wanted (show_id)
    cross join lateral (
      select entry.at
      from rowlock.journal as entry
      where entry.show_id = wanted.show_id
      order by entry.version desc
      limit 1
    ) as newest
  );
begin
  return greatest(rowlock.clock(), v_last);
end
$$;
