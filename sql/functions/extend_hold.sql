-- extend: moves a live hold's end to hold_seconds from now, never past the show's longest life of
-- a hold and never back. Without hold_seconds: as far as the show's usual duration and that life
-- allow.
-- Retry: safe, by request id.
-- Outcomes, first match wins: hold_unknown, show_cancelled, hold_seconds_out_of_bounds,
-- hold_confirmed, hold_released, hold_expired, hold_life_exceeded, already, done.
create or replace function rowlock.extend_hold(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_code text;
  v_last timestamptz;
  v_until timestamptz;
begin
  if rowlock.is_block(p_chain) is not false then
    return rowlock.refused('hold_unknown');
  end if;
  v_code := case
    when p_policy.cancelled_at is not null then 'show_cancelled'
    when rowlock.is_out_of_bounds(p_command, p_policy) then 'hold_seconds_out_of_bounds'
    else rowlock.hold_refusal(p_chain, p_at.now)
  end;
  if v_code is not null then
    return rowlock.refused_by_terms(v_code, p_policy);
  end if;
  v_last := p_chain.begun_at + make_interval(secs => p_policy.hold_life_seconds_max);
  v_until := p_at.now
    + make_interval(secs => coalesce(p_command.hold_seconds, p_policy.hold_seconds));
  if p_command.hold_seconds is null then
    v_until := least(v_until, v_last);
  end if;
  if v_until > v_last or (v_until <= p_chain.until and v_last <= p_chain.until) then
    return rowlock.refused('hold_life_exceeded', jsonb_build_object('until', v_last));
  end if;
  if v_until <= p_chain.until then
    return rowlock.unchanged(p_chain);
  end if;
  return rowlock.done(p_chain, p_chain.seats, v_until, null);
end
$$;
