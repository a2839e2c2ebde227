-- Terms of a show, and of how much one holder or caller may have: rules that operations share. All
-- are expressions over what decide() knows, without settings, so that they become part of whatever
-- asks.

-- Refusal of a command that takes seats by the show's terms, before anybody looks at the seats.
-- First match wins.
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
    when (p_policy).cancelled_at is not null then 'show_cancelled'
    else coalesce(
      rowlock.window_refusal(p_command, p_policy, p_now),
      case
        when (p_command).box_office is not true
          and rowlock.asked(p_command) > (p_policy).seats_per_hold_max then 'too_many_seats'
      end
    )
  end
$$;

-- Refusal outside the sales window at p_now; the box office sells at any time.
create or replace function rowlock.window_refusal(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns text
language sql immutable
as $$
  select case
    when (p_command).box_office is true then null
    when (p_policy).sales_from > p_now then 'sales_not_open'
    when (p_policy).sales_until <= p_now or (p_policy).over_at <= p_now then 'sales_closed'
  end
$$;

-- Tells whether the show leaves sales to sellers, and this is none.
create or replace function rowlock.needs_seller(
  p_command rowlock.command,
  p_policy rowlock.policies
) returns boolean
language sql immutable
as $$
  select (p_policy).confirm_by = 'seller' and (p_command).seller is not true
$$;

-- Tells whether a hold may not last as long as a command asks for.
create or replace function rowlock.is_out_of_bounds(
  p_command rowlock.command,
  p_policy rowlock.policies
) returns boolean
language sql immutable
as $$
  select (p_command).hold_seconds not between 1 and (p_policy).hold_seconds_max
$$;

-- Number of seats that a command asks for, named and by quantity.
create or replace function rowlock.asked(p_command rowlock.command) returns bigint
language sql immutable
as $$
  select coalesce(cardinality((p_command).seats), 0) + case
    when (p_command).best is null and (p_command).places is null then 0
    else rowlock.asked_by_quantity((p_command).best, (p_command).places)
  end
$$;

create or replace function rowlock.asked_by_quantity(p_best jsonb, p_places jsonb) returns int
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select coalesce((p_best ->> 'quantity')::int, 0) + coalesce(
    (
      select sum((place ->> 'quantity')::int)::int
      from jsonb_array_elements(p_places) as place
    ),
    0
  )
$$;

-- A refusal for what the show allows, with the bound that it speaks of.
create or replace function rowlock.refused_by_terms(p_code text, p_policy rowlock.policies)
returns rowlock.outcome
language sql stable
set search_path = rowlock, pg_temp
as $$
  select rowlock.refused(
    p_code,
    case p_code
      when 'too_many_seats'
        then jsonb_build_object('limit', (p_policy).seats_per_hold_max)
      when 'hold_seconds_out_of_bounds'
        then jsonb_build_object('limit', (p_policy).hold_seconds_max)
      when 'sales_not_open'
        then jsonb_build_object('until', (p_policy).sales_from)
    end
  )
$$;

-- Tells whether a command may reach a chain: one that has an owner is for that owner and the box
-- office. For everybody else it is as unknown, so that nothing tells the two apart.
create or replace function rowlock.reaches(p_command rowlock.command, p_owner text)
returns boolean
language sql immutable
as $$
  select p_owner is null or p_owner = (p_command).owner or (p_command).box_office is true
$$;

-- Refusal for a chain that is no live hold; null when it is one. First match wins.
create or replace function rowlock.hold_refusal(p_chain rowlock.chain, p_now timestamptz)
returns text
language sql immutable
as $$
  select case
    when (p_chain).booked_at is not null then 'hold_confirmed'
    when (p_chain).kind = 'release' and (p_chain).seats = '{}' then 'hold_released'
    when (p_chain).until <= p_now then 'hold_expired'
  end
$$;

-- Tells whether a chain is a block; null where there is no chain.
create or replace function rowlock.is_block(p_chain rowlock.chain) returns boolean
language sql immutable
as $$
  select (p_chain).origin = 'block'
$$;

-- Name under which seats count for a holder, and holds for a caller without an account or a user.
-- Holders are named by the owner, so that no name of one counts against another's. Null: not
-- counted.
create or replace function rowlock.holder_key(p_owner text, p_holder text) returns text
language sql immutable
as $$
  select 'holder ' || coalesce(p_owner, '') || ' ' || p_holder
$$;

create or replace function rowlock.caller_key(p_actor text) returns text
language sql immutable
as $$
  select 'caller ' || p_actor
$$;
