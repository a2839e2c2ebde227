-- amend: gives a booking another reference, or other notes. Its seats, its holder and the time at
-- which it was sold stay what they are.
-- Retry: safe, by request id.
-- Outcomes, first match wins: booking_unknown, booking_cancelled, already, done.
create or replace function rowlock.change_booking(
  p_command rowlock.command,
  p_chain rowlock.chain
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_next rowlock.chain := rowlock.noted(p_command, p_chain);
begin
  if p_chain.booked_at is null then
    return rowlock.refused('booking_unknown');
  end if;
  if p_chain.seats = '{}' then
    return rowlock.refused('booking_cancelled');
  end if;
  if v_next is not distinct from p_chain then
    return rowlock.unchanged(p_chain);
  end if;
  return rowlock.done(v_next, p_chain.seats, p_chain.until, p_chain.booked_at);
end
$$;
