-- change: gives back seats of a live hold (seats) and takes others (to_seats, places, best), in one
-- step, and says anew whose it is, what for, and the notes beside it. All or nothing; the end stays
-- where it is, and what is kept stays held. A seat that stands on both sides stays. Of two who
-- change one hold, neither undoes what the other did: a seat that it has already is not in the way,
-- and one that it has no more need not be given back.
-- Retry: safe, by request id.
-- Outcomes, first match wins: hold_unknown, show_cancelled, sales_not_open, sales_closed,
-- too_many_seats (these three where it takes any), hold_confirmed, hold_released, hold_expired,
-- seats_not_in_hold (seats that it never had), hold_emptied, not_enough_seats, seats_unavailable,
-- orphan_left, holder_limit_reached, held_limit_reached, already (nothing changes), done.
create or replace function rowlock.change_hold(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_code text := rowlock.change_refusal(p_command, p_policy, p_chain, p_at.now);
  v_strange int[] := rowlock.without(p_command.seats, p_chain.seats_ever);
  v_kept int[] := rowlock.kept(p_command, p_chain);
  v_added int[] := coalesce(rowlock.without(p_at.seats, p_chain.seats), '{}');
  v_more int := cardinality(v_kept) + cardinality(v_added) - cardinality(p_chain.seats);
  v_next rowlock.chain := rowlock.noted(p_command, p_chain);
  v_more_of_holder int := case
    when v_next.holder is not distinct from p_chain.holder then v_more
    else cardinality(v_kept) + cardinality(v_added)
  end;
begin
  if v_code is not null then
    return rowlock.refused_by_terms(v_code, p_policy);
  end if;
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_hold', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if v_kept = '{}' and rowlock.taken_count(p_command, p_chain) = 0 then
    return rowlock.refused('hold_emptied');
  end if;
  if p_at.short is not null then
    return rowlock.refused('not_enough_seats', p_at.short);
  end if;
  if p_at.in_the_way is not null then
    return rowlock.refused('seats_unavailable', p_at.in_the_way);
  end if;
  if p_at.orphans is not null then
    return rowlock.refused('orphan_left', p_at.orphans);
  end if;
  if v_more_of_holder > 0
    and (p_at.holder).has + v_more_of_holder > p_policy.seats_per_holder_max
  then
    return rowlock.refused('holder_limit_reached', jsonb_build_object(
      'limit', p_policy.seats_per_holder_max, 'has', (p_at.holder).has
    ));
  end if;
  -- It counts for who began it, if that is limited: then it is among theirs.
  if v_more > 0
    and p_command.hold_id = any ((p_at.caller).hold_ids)
    and (p_at.caller).has + v_more > p_command.held_seats_max
  then
    return rowlock.refused('held_limit_reached', jsonb_build_object(
      'limit', p_command.held_seats_max, 'has', (p_at.caller).has
    ));
  end if;
  if v_added = '{}' and v_kept = p_chain.seats and v_next is not distinct from p_chain then
    return rowlock.unchanged(p_chain);
  end if;
  return rowlock.done(v_next, v_kept || v_added, p_chain.until, null);
end
$$;

-- Refusal to change a hold, whatever seats there are. First match wins.
create or replace function rowlock.change_refusal(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_now timestamptz
) returns text
language plpgsql stable
as $$
declare
  v_taken int := rowlock.taken_count(p_command, p_chain);
  v_count int := cardinality(rowlock.kept(p_command, p_chain)) + v_taken;
begin
  return case
    when rowlock.is_block(p_chain) is not false then 'hold_unknown'
    when p_policy.cancelled_at is not null then 'show_cancelled'
    else coalesce(
      case when v_taken > 0 then rowlock.window_refusal(p_command, p_policy, p_now) end,
      case
        when v_taken > 0
          and p_command.box_office is not true
          and v_count > cardinality(p_chain.seats)
          and v_count > p_policy.seats_per_hold_max then 'too_many_seats'
      end,
      rowlock.hold_refusal(p_chain, p_now)
    )
  end;
end
$$;

-- Seats that a hold keeps.
create or replace function rowlock.kept(p_command rowlock.command, p_chain rowlock.chain)
returns int[]
language sql immutable
as $$
  select rowlock.without(
    (p_chain).seats, rowlock.without((p_command).seats, (p_command).to_seats)
  )
$$;

-- Number of seats that a change takes, named and by quantity.
create or replace function rowlock.taken_count(
  p_command rowlock.command,
  p_chain rowlock.chain
) returns int
language sql immutable
as $$
  select coalesce(cardinality(rowlock.without((p_command).to_seats, (p_chain).seats)), 0)
    + rowlock.asked_by_quantity((p_command).best, (p_command).places)
$$;
