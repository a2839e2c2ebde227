-- Facts by which a server knows a show's seats as they are now: everything (p_since null), or only
-- what came after a version it has read. A picture as of a version is an immutable fact; the time
-- given here tells which of its holds still count. One snapshot: a stable function sees what the
-- calling statement sees. Takes no lock. Answers {"now", "version", "at" (when that was written),
-- "seatCount", "cancelled"} and either {"entries": [[seats, freed, until, booked], …]} in order, or
-- {"claims": {"seats": […], "untils": […], "booked": […]}}, live ones only. Times in milliseconds
-- since 1970; until is null for blocks and bookings.
create or replace function rowlock.read_show(p_show_id bigint, p_since bigint)
returns json
language plpgsql stable
security definer
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set jit = off
as $$
declare
  v_version bigint;
  v_at timestamptz;
  v_now timestamptz;
  v_changes json;
begin
  select entry.version, entry.at into v_version, v_at
  from rowlock.journal as entry
  where entry.show_id = p_show_id
  order by entry.version desc
  limit 1;
  v_now := greatest(rowlock.clock(), v_at);
  -- A thousand entries cost more than a picture of an ordinary house.
  if p_since between v_version - 1000 and v_version then
    select json_agg(
      json_build_array(
        -- What is left of a hold that had run out may have been taken by others.
        case when entry.until > entry.at then entry.seats else '{}' end,
        entry.freed, rowlock.ms(entry.until), entry.booked_at is not null
      )
      order by entry.version
    ) into v_changes
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.version > p_since;
    v_changes := json_build_object('entries', coalesce(v_changes, '[]'));
  else
    select json_build_object(
      'seats', coalesce(array_agg(claim.seat_no), '{}'),
      'untils', coalesce(array_agg(rowlock.ms(claim.until)), '{}'),
      'booked', coalesce(array_agg((claim.booked_at is not null)::int), '{}')
    ) into v_changes
    from rowlock.claims as claim
    where claim.show_id = p_show_id
      and claim.until > v_now;
    v_changes := json_build_object('claims', v_changes);
  end if;
  return (
    select json_build_object(
      'now', rowlock.ms(v_now),
      'version', v_version,
      'at', rowlock.ms(v_at),
      'seatCount', policy.seat_count,
      'cancelled', policy.cancelled_at is not null,
      'changes', v_changes
    )
    from rowlock.policies as policy
    where policy.show_id = p_show_id
  );
end
$$;

-- Milliseconds since 1970; null for null and for infinity.
create or replace function rowlock.ms(p_at timestamptz) returns bigint
language sql stable
as $$
  select case
    when p_at < 'infinity' then (extract(epoch from p_at) * 1000)::bigint
  end
$$;
