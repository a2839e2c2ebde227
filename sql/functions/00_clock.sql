-- The one clock. Everything in the kernel asks it, so that a test can put another in its place.
-- Milliseconds, as on the wire: what was answered is exactly what is compared later.
create or replace function rowlock.clock() returns timestamptz
language sql volatile
as $$
  select date_trunc('milliseconds', clock_timestamp())
$$;

-- The time of a show: the clock, but never before what it has recorded, so that a clock that jumps
-- back cannot revive a hold whose seats somebody else has taken since.
create or replace function rowlock.show_time(p_show_id bigint) returns timestamptz
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_last timestamptz := (
    select entry.at
    from rowlock.journal as entry
    where entry.show_id = p_show_id
    order by entry.version desc
    limit 1
  );
begin
  return greatest(rowlock.clock(), v_last);
end
$$;

-- Tells whether the clock has jumped: it is more than a minute beyond the last entry of a show and
-- beyond the clock of the server that asks, if that is known.
create or replace function rowlock.is_ahead(
  p_clock timestamptz,
  p_last timestamptz,
  p_server_at timestamptz
) returns boolean
language sql stable
as $$
  select p_clock > p_last + interval '1 minute' and p_clock > p_server_at + interval '1 minute'
$$;
