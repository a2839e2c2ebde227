-- cancel: gives back all seats of a booking, or some, where the show allows it; a cancelled show
-- always does. Looks at ownership only, never at the time.
-- Discipline: under the show's lock. Retry: safe; cancelling a cancelled booking changes nothing.
-- Outcomes, first match wins: booking_unknown, already, not_cancellable, seats_not_in_booking (or
-- fewer places of a section than are to be cancelled), done.
create or replace function rowlock.cancel_booking(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_booking rowlock.journal := rowlock.reached(p_command);
  v_short jsonb;
  v_strange int[];
begin
  if v_booking.booked_at is null then
    return rowlock.refuse(p_command.n, 'booking_unknown');
  end if;
  if v_booking.seats = '{}' then
    return rowlock.outcome_of(p_command.n, 'already', false, v_booking);
  end if;
  if not p_policy.cancellable and p_policy.cancelled_at is null then
    return rowlock.refuse(p_command.n, 'not_cancellable');
  end if;
  v_short := rowlock.places_short(p_command, v_booking.seats);
  p_command.seats := rowlock.named_seats(p_command, v_booking.seats);
  v_strange := rowlock.without(p_command.seats, v_booking.seats);
  if v_strange <> '{}' then
    return rowlock.refuse(
      p_command.n,
      'seats_not_in_booking',
      rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if v_short is not null then
    return rowlock.refuse(p_command.n, 'seats_not_in_booking', v_short);
  end if;

  v_booking.freed := rowlock.free(
    p_command.show_id, coalesce(p_command.seats, v_booking.seats), v_booking.hold_id
  );
  v_booking.kind := 'cancel';
  v_booking.step := v_booking.step + 1;
  v_booking.seats := rowlock.without(v_booking.seats, v_booking.freed);
  if v_booking.seats = '{}' then
    v_booking.until := p_now;
  end if;
  v_booking.details := p_command.details;
  return rowlock.record(p_command, p_now, v_booking);
end
$$;
