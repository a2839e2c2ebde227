-- release: gives back all seats of a hold, or some. Looks at ownership only, never at the time: a
-- hold that ran out is released like any other, and its entry keeps a clock that jumps back from
-- reviving it. What it does depends on no claim of a hold that ran out, because those may have
-- been taken over or pruned.
-- Retry: safe; releasing again changes nothing.
-- Outcomes, first match wins: hold_unknown, hold_confirmed, seats_not_in_hold (seats it never
-- had; or more places of a section than it has left, while it has any seat), already (it has none
-- of them any more), done.
create or replace function rowlock.release_hold(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_named int[] := p_command.seats;
  v_short jsonb;
  v_strange int[];
begin
  if rowlock.is_block(p_chain) is not false then
    return rowlock.refused('hold_unknown');
  end if;
  if p_chain.booked_at is not null then
    return rowlock.refused('hold_confirmed');
  end if;
  if p_command.places is not null then
    select given.p_named, given.p_short into v_named, v_short
    from rowlock.places_given(p_command, p_chain.seats) as given;
  end if;
  v_strange := rowlock.without(v_named, p_chain.seats_ever);
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_hold', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if v_short is not null and p_chain.seats <> '{}' then
    return rowlock.refused('seats_not_in_hold', v_short);
  end if;
  if not p_chain.seats && coalesce(v_named, p_chain.seats) then
    return rowlock.unchanged(p_chain);
  end if;
  return rowlock.given_back(p_chain, v_named, p_at.now);
end
$$;

-- A chain without p_named (null: without all of its seats), which ends it when none is left.
create or replace function rowlock.given_back(
  p_chain rowlock.chain,
  p_named int[],
  p_now timestamptz
) returns rowlock.outcome
language plpgsql immutable
as $$
begin
  if p_named is null or p_chain.seats <@ p_named then
    return rowlock.done(p_chain, '{}', p_now, p_chain.booked_at);
  end if;
  return rowlock.done(
    p_chain, rowlock.without(p_chain.seats, p_named), p_chain.until, p_chain.booked_at
  );
end
$$;
