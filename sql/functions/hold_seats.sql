-- hold: takes seats for a holder until a time. All or nothing.
-- Retry: safe, by request id.
-- Outcomes, first match wins: show_cancelled, sales_not_open, sales_closed, too_many_seats,
-- hold_seconds_out_of_bounds, not_enough_seats, seats_unavailable, orphan_left,
-- holder_limit_reached, held_limit_reached, begun_limit_reached, done.
create or replace function rowlock.hold_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_code text := rowlock.terms_refusal(p_command, p_policy, p_at.now);
  v_more int := cardinality(p_at.seats);
begin
  if v_code is null and rowlock.is_out_of_bounds(p_command, p_policy) then
    v_code := 'hold_seconds_out_of_bounds';
  end if;
  if v_code is not null then
    return rowlock.refused_by_terms(v_code, p_policy);
  end if;
  if p_at.short is not null then
    return rowlock.refused('not_enough_seats', p_at.short);
  end if;
  if p_at.in_the_way is not null then
    return rowlock.refused('seats_unavailable', p_at.in_the_way);
  end if;
  if p_at.orphans is not null then
    return rowlock.refused('orphan_left', p_at.orphans);
  end if;
  if (p_at.holder).has + v_more > p_policy.seats_per_holder_max then
    return rowlock.refused('holder_limit_reached', jsonb_build_object(
      'limit', p_policy.seats_per_holder_max, 'has', (p_at.holder).has
    ));
  end if;
  if (p_at.caller).has + v_more > p_command.held_seats_max then
    return rowlock.refused('held_limit_reached', jsonb_build_object(
      'limit', p_command.held_seats_max, 'has', (p_at.caller).has
    ));
  end if;
  if (p_at.caller).begun_count >= 4 * p_command.held_seats_max then
    return rowlock.refused('begun_limit_reached', jsonb_build_object(
      'limit', 4 * p_command.held_seats_max, 'until', (p_at.caller).begun_at + interval '1 hour'
    ));
  end if;
  return rowlock.done(
    p_chain,
    p_at.seats,
    p_at.now + make_interval(secs => coalesce(p_command.hold_seconds, p_policy.hold_seconds)),
    null
  );
end
$$;
