-- swap: exchanges seats of a booking (seats, or all) for as many others (to_seats), in one step.
-- Discipline: under the show's lock. Retry: safe, by request id; refusals are remembered.
-- Outcomes, first match wins: booking_unknown, booking_cancelled, show_cancelled, swap_uneven,
-- seats_not_in_booking, seats_unavailable, done.
create or replace function rowlock.swap_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_booking rowlock.journal := rowlock.reached(p_command);
  v_seats int[] := coalesce(p_command.seats, v_booking.seats);
  v_strange int[];
  v_obstacles jsonb;
begin
  if v_booking.booked_at is null then
    return rowlock.refuse(p_command.n, 'booking_unknown');
  end if;
  if v_booking.seats = '{}' then
    return rowlock.refuse(p_command.n, 'booking_cancelled');
  end if;
  if p_policy.cancelled_at is not null then
    return rowlock.refuse(p_command.n, 'show_cancelled');
  end if;
  if cardinality(v_seats) is distinct from cardinality(p_command.to_seats) then
    return rowlock.refuse(p_command.n, 'swap_uneven');
  end if;
  v_strange := rowlock.without(v_seats, v_booking.seats);
  if v_strange <> '{}' then
    return rowlock.refuse(
      p_command.n,
      'seats_not_in_booking',
      rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  v_obstacles := rowlock.obstacles(
    p_command.show_id, p_policy.seat_count, p_command.to_seats, p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'seats_unavailable', v_obstacles);
  end if;

  v_booking.freed := rowlock.free(p_command.show_id, v_seats, v_booking.hold_id);
  -- A seat named twice would be exchanged for two.
  if cardinality(v_booking.freed) <> cardinality(p_command.to_seats) then
    raise exception 'rowlock.swap_seats: % seats for %',
      cardinality(v_booking.freed), cardinality(p_command.to_seats);
  end if;
  v_booking.kind := 'swap';
  v_booking.step := v_booking.step + 1;
  v_booking.seats := rowlock.without(v_booking.seats, v_seats) || p_command.to_seats;
  v_booking.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, p_command.to_seats, v_booking.hold_id, v_booking.until,
    v_booking.booked_at, p_now
  );
  return rowlock.record(p_command, p_now, v_booking);
end
$$;
