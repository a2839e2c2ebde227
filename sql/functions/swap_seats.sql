-- swap: exchanges seats of a booking (seats, or all) for as many others (to_seats), in one step.
-- A seat that stands on both sides stays.
-- Retry: safe, by request id; refusals are remembered.
-- Outcomes, first match wins: booking_unknown, show_cancelled, booking_cancelled, swap_uneven,
-- seats_not_in_booking, seats_unavailable, done.
create or replace function rowlock.swap_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_given int[] := coalesce(p_command.seats, p_chain.seats);
  v_kept int[] := rowlock.without(p_chain.seats, v_given);
  v_strange int[];
  v_code text := case
    when p_chain.booked_at is null then 'booking_unknown'
    when p_policy.cancelled_at is not null then 'show_cancelled'
    when p_chain.seats = '{}' then 'booking_cancelled'
    when cardinality(v_given) is distinct from cardinality(p_command.to_seats)
      then 'swap_uneven'
  end;
begin
  if v_code is not null then
    return rowlock.refused(v_code);
  end if;
  v_strange := rowlock.without(v_given, p_chain.seats);
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_booking', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if p_at.in_the_way is not null then
    return rowlock.refused('seats_unavailable', p_at.in_the_way);
  end if;
  if cardinality(v_kept) + cardinality(p_command.to_seats) <> cardinality(p_chain.seats) then
    raise exception 'rowlock.swap_seats: a seat is named twice: %', v_given;
  end if;
  return rowlock.done(
    p_chain, v_kept || p_command.to_seats, p_chain.until, p_chain.booked_at
  );
end
$$;
