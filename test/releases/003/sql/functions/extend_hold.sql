-- extend: moves a live hold's end to hold_seconds from now, never past the show's longest life of
-- a hold and never back. Without hold_seconds: as far as the show's usual duration and that life
-- allow.
-- Discipline: under the show's lock. Retry: safe, by request id.
-- Outcomes, first match wins: hold_unknown, hold_confirmed, hold_released, hold_expired,
-- show_cancelled, hold_seconds_out_of_bounds, hold_life_exceeded, already, done.
create or replace function rowlock.extend_hold(
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
  v_last timestamptz;
  v_until timestamptz;
begin
  if v_code is null and p_policy.cancelled_at is not null then
    v_code := 'show_cancelled';
  end if;
  if v_code is null and p_command.hold_seconds not between 1 and p_policy.hold_seconds_max then
    v_code := 'hold_seconds_out_of_bounds';
  end if;
  if v_code is not null then
    return rowlock.refuse(p_command.n, v_code, rowlock.terms_limit(v_code, p_policy));
  end if;

  select entry.at + make_interval(secs => p_policy.hold_life_seconds_max)
  into v_last
  from rowlock.journal as entry
  where entry.show_id = p_command.show_id
    and entry.hold_id = p_command.hold_id
    and entry.step = 0;
  v_until := p_now
    + make_interval(secs => coalesce(p_command.hold_seconds, p_policy.hold_seconds));
  if p_command.hold_seconds is null then
    v_until := least(v_until, v_last);
  end if;
  if v_until > v_last or (v_until <= v_hold.until and v_last <= v_hold.until) then
    return rowlock.refuse(
      p_command.n, 'hold_life_exceeded', jsonb_build_object('until', v_last)
    );
  end if;
  if v_until <= v_hold.until then
    return rowlock.outcome_of(p_command.n, 'already', false, v_hold);
  end if;

  v_hold.kind := 'extend';
  v_hold.step := v_hold.step + 1;
  v_hold.until := v_until;
  v_hold.freed := '{}';
  v_hold.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, v_hold.seats, v_hold.hold_id, v_until, null, p_now, v_hold.hold_id
  );
  return rowlock.record(p_command, p_now, v_hold);
end
$$;
