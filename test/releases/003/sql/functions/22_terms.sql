-- What a show allows, before anybody looks at seats. The order of the tests is the order in which
-- refusals win, here and in apply_new.sql: seller, show, sales window, number of seats, duration.
create or replace function rowlock.terms_refusal(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns text
language sql immutable
as $$
  select case
    when (p_command).kind = 'book' and rowlock.needs_seller(p_command, p_policy)
      then 'seller_required'
    when (p_policy).cancelled_at is not null
      then 'show_cancelled'
    when (p_command).box_office is not true and (p_policy).sales_from > p_now
      then 'sales_not_open'
    when (p_command).box_office is not true and (p_policy).sales_until <= p_now
      then 'sales_closed'
    when rowlock.asked(p_command) > (p_policy).seats_per_hold_max
      then 'too_many_seats'
    when (p_command).hold_seconds not between 1 and (p_policy).hold_seconds_max
      then 'hold_seconds_out_of_bounds'
  end
$$;

-- Whether the show leaves sales to sellers, and this is none.
create or replace function rowlock.needs_seller(
  p_command rowlock.command,
  p_policy rowlock.policies
) returns boolean
language sql immutable
as $$
  select (p_policy).confirm_by = 'seller' and (p_command).seller is not true
$$;

-- How many seats a command asks for, named and by quantity.
create or replace function rowlock.asked(p_command rowlock.command) returns bigint
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select coalesce(cardinality(p_command.seats), 0)
    + coalesce((p_command.best ->> 'quantity')::int, 0)
    + (
      select coalesce(sum((place ->> 'quantity')::int), 0)
      from jsonb_array_elements(p_command.places) as place
    )
$$;

-- The bound that a refusal of terms_refusal speaks of: {"limit": …}, or null.
create or replace function rowlock.terms_limit(p_code text, p_policy rowlock.policies)
returns jsonb
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select case p_code
    when 'too_many_seats'
      then jsonb_build_object('limit', (p_policy).seats_per_hold_max)
    when 'hold_seconds_out_of_bounds'
      then jsonb_build_object('limit', (p_policy).hold_seconds_max)
    when 'sales_not_open'
      then jsonb_build_object('until', (p_policy).sales_from)
  end
$$;

-- Seats of the show that a holder has now, in live holds and in bookings. Holders are named by the
-- owner (null: by nobody in particular), so that no name of one counts against another's.
-- A holder's chains are found by their first entries; the last entry of each tells what it has.
create or replace function rowlock.seats_of_holder(
  p_show_id bigint,
  p_owner text,
  p_holder text,
  p_now timestamptz
) returns int
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select coalesce(sum(cardinality(newest.seats)), 0)::int
  from rowlock.journal as first
  cross join lateral (
    select entry.seats, entry.until
    from rowlock.journal as entry
    where entry.show_id = first.show_id
      and entry.hold_id = first.hold_id
    order by entry.step desc
    limit 1
  ) as newest
  where first.show_id = p_show_id
    and first.holder = p_holder
    and first.owner is not distinct from p_owner
    and first.step = 0
    and newest.until > p_now
$$;

-- Why the holder may not take p_more further seats: {"limit", "has"}; null when it may.
create or replace function rowlock.holder_obstacle(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_owner text,
  p_holder text,
  p_more int,
  p_now timestamptz
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_has int;
begin
  if p_holder is null or p_policy.seats_per_holder_max is null then
    return null;
  end if;
  v_has := rowlock.seats_of_holder(p_command.show_id, p_owner, p_holder, p_now);
  if v_has + p_more <= p_policy.seats_per_holder_max then
    return null;
  end if;
  return jsonb_build_object('limit', p_policy.seats_per_holder_max, 'has', v_has);
end
$$;

-- Seats of the show in live holds that a user, or an address without an account, began. What has
-- become a booking is paid for or will be, and counts no more.
-- Only holds that can be alive are looked at: an older one has ended, unless the show's longest
-- life of a hold was shortened meanwhile.
-- A set of one row and without settings, so that it becomes part of the query that asks: as a call
-- of its own for every hold of a batch it would cost as much as the holds.
create or replace function rowlock.seats_held_by(
  p_show_id bigint,
  p_actor text,
  p_now timestamptz
) returns table (seat_count bigint)
language sql stable
as $$
  select coalesce(sum(cardinality(newest.seats)), 0)
  from (
    select first.hold_id
    from rowlock.journal as first
    where first.show_id = p_show_id
      and first.actor = p_actor
      and (first.actor like 'anonymous:%' or first.actor like 'user\_%')
      and first.kind = 'hold'
      and first.at > p_now - (
        select make_interval(secs => policy.hold_life_seconds_max)
        from rowlock.policies as policy
        where policy.show_id = p_show_id
      )
    order by first.at
    offset 0
  ) as begun
  cross join lateral (
    select entry.seats, entry.until, entry.booked_at
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.hold_id = begun.hold_id
    order by entry.step desc
    limit 1
  ) as newest
  where newest.until > p_now
    and newest.booked_at is null
$$;

-- Why the actor may not hold p_more further seats: {"limit", "has"}; null when it may.
create or replace function rowlock.budget_obstacle(
  p_command rowlock.command,
  p_more int,
  p_now timestamptz
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_has bigint;
begin
  if p_command.held_seats_max is null then
    return null;
  end if;
  select held.seat_count into v_has
  from rowlock.seats_held_by(p_command.show_id, p_command.actor, p_now) as held;
  if v_has + p_more <= p_command.held_seats_max then
    return null;
  end if;
  return jsonb_build_object('limit', p_command.held_seats_max, 'has', v_has);
end
$$;
