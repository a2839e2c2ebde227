-- release: gives back all seats of a hold, or some. Looks at ownership only, never at the time: a
-- hold that ran out is released like any other, and its entry keeps a clock that jumps back from
-- reviving it. What it does depends on no claim of a hold that ran out, because those may have
-- been taken over or pruned.
-- Discipline: under the show's lock. Retry: safe; releasing again changes nothing.
-- Outcomes, first match wins: hold_unknown, hold_confirmed, seats_not_in_hold (seats it never
-- had; or more places of a section than it has left, while it has any seat), already (it has none
-- of them any more), done.
create or replace function rowlock.release_hold(
  p_command rowlock.command,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_hold rowlock.journal := rowlock.reached(p_command);
  v_short jsonb;
  v_strange int[];
  v_seats int[];
  v_freed int[];
begin
  if v_hold.kind is null or v_hold.kind in ('block', 'unblock') then
    return rowlock.refuse(p_command.n, 'hold_unknown');
  end if;
  if v_hold.booked_at is not null then
    return rowlock.refuse(p_command.n, 'hold_confirmed');
  end if;
  v_short := rowlock.places_short(p_command, v_hold.seats);
  p_command.seats := rowlock.named_seats(p_command, v_hold.seats);
  if p_command.seats is not null then
    select rowlock.without(p_command.seats, entry.seats)
    into v_strange
    from rowlock.journal as entry
    where entry.show_id = p_command.show_id
      and entry.hold_id = p_command.hold_id
      and entry.step = 0;
    if v_strange <> '{}' then
      return rowlock.refuse(
        p_command.n,
        'seats_not_in_hold',
        rowlock.seats_as_obstacles(v_strange, 'unknown')
      );
    end if;
  end if;
  if v_short is not null and v_hold.seats <> '{}' then
    return rowlock.refuse(p_command.n, 'seats_not_in_hold', v_short);
  end if;

  v_seats := coalesce(p_command.seats, v_hold.seats);
  if not v_hold.seats && v_seats then
    return rowlock.outcome_of(p_command.n, 'already', false, v_hold);
  end if;
  v_freed := rowlock.free(p_command.show_id, v_seats, v_hold.hold_id);
  -- Seats of a hold that ran out were free before.
  v_hold.freed := case when v_hold.until > p_now then v_freed else '{}' end;
  v_hold.kind := 'release';
  v_hold.step := v_hold.step + 1;
  v_hold.seats := rowlock.without(v_hold.seats, v_seats);
  if v_hold.seats = '{}' then
    v_hold.until := p_now;
  end if;
  v_hold.details := p_command.details;
  return rowlock.record(p_command, p_now, v_hold);
end
$$;
