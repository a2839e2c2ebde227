-- confirm: turns a hold into a booking with exactly its seats, once. An expired hold is refused,
-- unless the caller asked to reacquire and every seat is still free. A hold that was given back
-- stays given back.
-- Discipline: under the show's lock. Retry: safe; confirming again answers the same booking.
-- Outcomes, first match wins: hold_unknown, already, seller_required, hold_released,
-- show_cancelled, hold_expired; with reacquire: sales_not_open, sales_closed, seats_unavailable,
-- holder_limit_reached; done.
create or replace function rowlock.confirm_hold(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_hold rowlock.journal := rowlock.reached(p_command);
  v_code text := rowlock.hold_refusal(v_hold, p_now);
  v_refusal rowlock.outcome;
begin
  if v_code = 'hold_confirmed' then
    return rowlock.outcome_of(p_command.n, 'already', false, v_hold);
  end if;
  if v_code is distinct from 'hold_unknown' and rowlock.needs_seller(p_command, p_policy) then
    return rowlock.refuse(p_command.n, 'seller_required');
  end if;
  if p_policy.cancelled_at is not null and (v_code is null or v_code = 'hold_expired') then
    v_code := 'show_cancelled';
  end if;
  if v_code = 'hold_expired' and p_command.reacquire then
    v_refusal := rowlock.reacquire_refusal(p_command, p_policy, v_hold, p_now);
    if v_refusal.code is not null then
      return v_refusal;
    end if;
  elsif v_code is not null then
    return rowlock.refuse(p_command.n, v_code);
  end if;

  v_hold.kind := 'confirm';
  v_hold.step := v_hold.step + 1;
  v_hold.until := 'infinity';
  v_hold.booked_at := p_now;
  v_hold.freed := '{}';
  v_hold.reference := coalesce(p_command.reference, v_hold.reference);
  v_hold.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, v_hold.seats, v_hold.hold_id, v_hold.until, p_now, p_now, v_hold.hold_id
  );
  return rowlock.record(p_command, p_now, v_hold);
end
$$;

-- Why an expired hold cannot have its seats again; an outcome without a code when it can.
-- Taking them is a sale like any other: the window and the holder's limit count.
create or replace function rowlock.reacquire_refusal(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_hold rowlock.journal,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_code text := rowlock.terms_refusal(p_command, p_policy, p_now);
  v_obstacles jsonb;
begin
  if v_code is not null then
    return rowlock.refuse(p_command.n, v_code, rowlock.terms_limit(v_code, p_policy));
  end if;
  v_obstacles := rowlock.obstacles(
    p_command.show_id, p_policy.seat_count, p_hold.seats, p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'seats_unavailable', v_obstacles);
  end if;
  v_obstacles := rowlock.holder_obstacle(
    p_command, p_policy, p_hold.owner, p_hold.holder, cardinality(p_hold.seats), p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'holder_limit_reached', v_obstacles);
  end if;
  return null;
end
$$;
