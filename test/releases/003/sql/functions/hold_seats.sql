-- hold: takes seats for a holder until a time. All or nothing.
-- Discipline: under the show's lock. Retry: safe, by request id.
-- Outcomes, first match wins: show_cancelled, sales_not_open, sales_closed, too_many_seats,
-- hold_seconds_out_of_bounds, not_enough_seats, seats_unavailable,
-- orphan_left, holder_limit_reached, held_limit_reached, done.
create or replace function rowlock.hold_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_code text := rowlock.terms_refusal(p_command, p_policy, p_now);
  v_named int[] := p_command.seats;
  v_obstacles jsonb;
  v_entry rowlock.journal;
begin
  if v_code is not null then
    return rowlock.refuse(p_command.n, v_code, rowlock.terms_limit(v_code, p_policy));
  end if;
  if p_command.best is not null or p_command.places is not null then
    p_command := rowlock.choose_one(p_command, p_now);
    if p_command.shortage is not null then
      return rowlock.refuse(p_command.n, 'not_enough_seats', p_command.shortage);
    end if;
  end if;
  v_obstacles := rowlock.obstacles(
    p_command.show_id, p_policy.seat_count, p_command.seats, p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'seats_unavailable', v_obstacles);
  end if;
  v_obstacles := rowlock.orphan_obstacle(p_command, v_named, p_policy, p_now);
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'orphan_left', v_obstacles);
  end if;
  v_obstacles := rowlock.holder_obstacle(
    p_command, p_policy, p_command.owner, p_command.holder, cardinality(p_command.seats), p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'holder_limit_reached', v_obstacles);
  end if;
  v_obstacles := rowlock.budget_obstacle(p_command, cardinality(p_command.seats), p_now);
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'held_limit_reached', v_obstacles);
  end if;

  v_entry.kind := 'hold';
  v_entry.hold_id := p_command.hold_id;
  v_entry.step := 0;
  v_entry.seats := p_command.seats;
  v_entry.until := p_now
    + make_interval(secs => coalesce(p_command.hold_seconds, p_policy.hold_seconds));
  v_entry.holder := p_command.holder;
  v_entry.owner := p_command.owner;
  v_entry.reference := p_command.reference;
  v_entry.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, v_entry.seats, v_entry.hold_id, v_entry.until, null, p_now
  );
  return rowlock.record(p_command, p_now, v_entry);
end
$$;
