-- cancel: gives back all seats of a booking, or some, where the show allows it; a cancelled show
-- always does. Looks at ownership only, never at the time.
-- Retry: safe; cancelling a cancelled booking changes nothing.
-- Outcomes, first match wins: booking_unknown, already, not_cancellable, seats_not_in_booking (or
-- fewer places of a section than are to be cancelled), done.
create or replace function rowlock.cancel_booking(
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
  if p_chain.booked_at is null then
    return rowlock.refused('booking_unknown');
  end if;
  if p_chain.seats = '{}' then
    return rowlock.unchanged(p_chain);
  end if;
  if not p_policy.cancellable and p_policy.cancelled_at is null then
    return rowlock.refused('not_cancellable');
  end if;
  if p_command.places is not null then
    select given.p_named, given.p_short into v_named, v_short
    from rowlock.places_given(p_command, p_chain.seats) as given;
  end if;
  v_strange := rowlock.without(v_named, p_chain.seats);
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_booking', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if v_short is not null then
    return rowlock.refused('seats_not_in_booking', v_short);
  end if;
  return rowlock.given_back(p_chain, v_named, p_at.now);
end
$$;
