-- What operations share: looking at seats, taking them, giving them back.
--
-- All of it expects the show's policy row to be locked by the caller, except `obstacles`, which
-- only reads. The claims are always reached through their key: the settings keep the planner from
-- reading a whole show for a few seats while its statistics are young.

-- The seats among p_seats that cannot be taken at p_now, in the order asked for:
-- [{"seat": 7, "reason": "held", "until": …}]; null when every one is free.
-- Seats of the block p_from_block are not in the way.
create or replace function rowlock.obstacles(
  p_show_id bigint,
  p_seat_count int,
  p_seats int[],
  p_now timestamptz,
  p_from_block uuid default null
) returns jsonb
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select jsonb_agg(
    jsonb_build_object(
      'seat', wanted.seat_no,
      'reason', case
        when claim.until is null then 'unknown'
        when claim.booked_at is not null then 'booked'
        when claim.until = 'infinity' then 'blocked'
        else 'held'
      end,
      'until', nullif(claim.until, 'infinity')
    )
    order by wanted.place
  )
  from unnest(p_seats) with ordinality as wanted (seat_no, place)
  left join lateral (
    select taken.until, taken.booked_at
    from rowlock.claims as taken
    where taken.show_id = p_show_id
      and taken.seat_no = wanted.seat_no
      and taken.until > p_now
      and taken.hold_id is distinct from p_from_block
    offset 0
  ) as claim on true
  where claim.until is not null
    or wanted.seat_no not between 0 and p_seat_count - 1
$$;

-- Takes every seat for p_hold_id. The caller has seen under the lock that all are free, or are its
-- own to take (p_from: the hold or block that has them now). Anything less is a bug, and aborts.
-- Rows are counted from what `returning` gives: row counts are wrong on distributed tables.
create or replace function rowlock.take(
  p_show_id bigint,
  p_seats int[],
  p_hold_id uuid,
  p_until timestamptz,
  p_booked_at timestamptz,
  p_now timestamptz,
  p_from uuid default null
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_count int;
begin
  with taken as (
    insert into rowlock.claims as claim (show_id, seat_no, hold_id, until, booked_at)
    select p_show_id, wanted.seat_no, p_hold_id, p_until, p_booked_at
    from unnest(p_seats) as wanted (seat_no)
    on conflict (show_id, seat_no) do update
    set hold_id = excluded.hold_id,
      until = excluded.until,
      booked_at = excluded.booked_at
    where claim.until <= p_now
      or (claim.hold_id = p_from and claim.booked_at is null)
    returning claim.seat_no
  )
  select count(*) into v_count from taken;
  if v_count <> cardinality(p_seats) then
    raise exception 'rowlock.take: % of % seats, in show %',
      v_count, cardinality(p_seats), p_show_id;
  end if;
end
$$;

-- The same for entries that make new holds and bookings, all at once.
create or replace function rowlock.take_all(p_entries rowlock.journal[], p_now timestamptz)
returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_seat_count int;
  v_claim_count int;
begin
  with wanted as (
    select entry.show_id, seat.seat_no, entry.hold_id, entry.until, entry.booked_at
    from unnest(p_entries) as entry
    cross join lateral unnest(entry.seats) as seat (seat_no)
  ), taken as (
    insert into rowlock.claims as claim (show_id, seat_no, hold_id, until, booked_at)
    select wanted.*
    from wanted
    on conflict (show_id, seat_no) do update
    set hold_id = excluded.hold_id,
      until = excluded.until,
      booked_at = excluded.booked_at
    where claim.until <= p_now
    returning claim.seat_no
  )
  select (select count(*) from wanted), (select count(*) from taken)
  into v_seat_count, v_claim_count;
  if v_seat_count <> v_claim_count then
    raise exception 'rowlock.take_all: % of % seats', v_claim_count, v_seat_count;
  end if;
end
$$;

-- Gives back those of p_seats that p_hold_id owns, whatever the time, and says which they were.
create or replace function rowlock.free(
  p_show_id bigint,
  p_seats int[],
  p_hold_id uuid
) returns int[]
language sql volatile
set search_path = rowlock, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
as $$
  with freed as (
    delete from rowlock.claims as claim
    where claim.show_id = p_show_id
      and claim.seat_no = any (p_seats)
      and claim.hold_id = p_hold_id
    returning claim.seat_no
  )
  select coalesce(array_agg(freed.seat_no order by freed.seat_no), '{}')
  from freed
$$;

-- Those of p_seats that p_hold_id owns right now, in their order.
create or replace function rowlock.owned(
  p_show_id bigint,
  p_seats int[],
  p_hold_id uuid
) returns int[]
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select coalesce(array_agg(wanted.seat_no order by wanted.place), '{}')
  from unnest(p_seats) with ordinality as wanted (seat_no, place)
  where exists (
    select
    from rowlock.claims as claim
    where claim.show_id = p_show_id
      and claim.seat_no = wanted.seat_no
      and claim.hold_id = p_hold_id
    offset 0
  )
$$;

-- p_seats without p_gone, in their order.
create or replace function rowlock.without(p_seats int[], p_gone int[]) returns int[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select coalesce(array_agg(kept.seat_no order by kept.place), '{}')
  from unnest(p_seats) with ordinality as kept (seat_no, place)
  where kept.seat_no <> all (coalesce(p_gone, '{}'))
$$;

-- Those of p_seats that are places of a section and that p_command does not name, the last first.
create or replace function rowlock.places_of(
  p_command rowlock.command,
  p_seats int[],
  p_section text
) returns int[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select coalesce(array_agg(seat.seat_no order by seat.seat_no desc), '{}')
  from rowlock.shows as show
  join rowlock.seats as seat on seat.plan_id = show.plan_id
  where show.show_id = p_command.show_id
    and seat.seat_no = any (rowlock.without(p_seats, p_command.seats))
    and seat.section = p_section
$$;

-- The seats that a release or a cancellation is about: those it names, and of each section as many
-- of p_seats as it asks for, the last ones first. Null means all.
create or replace function rowlock.named_seats(p_command rowlock.command, p_seats int[])
returns int[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select case
    when p_command.places is null then p_command.seats
    else coalesce(p_command.seats, '{}') || array(
      select unnest(
        (rowlock.places_of(p_command, p_seats, place.section))[1:place.quantity]
      )
      from rowlock.sections_asked(p_command) as place
    )
  end
$$;

-- The first section of which a release or a cancellation asks for more places than are among
-- p_seats, and how many those are: {"section", "limit"}; null when there are enough.
create or replace function rowlock.places_short(p_command rowlock.command, p_seats int[])
returns jsonb
language sql stable
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object('section', place.section, 'limit', had.count)
  from rowlock.sections_asked(p_command) as place
  cross join lateral (
    select cardinality(rowlock.places_of(p_command, p_seats, place.section)) as count
    offset 0
  ) as had
  where had.count < place.quantity
  limit 1
$$;

-- How many places a command asks for of each section, one row each.
create or replace function rowlock.sections_asked(
  p_command rowlock.command,
  out section text,
  out quantity int
) returns setof record
language sql stable
set search_path = rowlock, pg_temp
as $$
  select place ->> 'section', sum((place ->> 'quantity')::int)::int
  from jsonb_array_elements(p_command.places) with ordinality as asked (place, no)
  group by place ->> 'section'
  order by min(no)
$$;
