-- confirm: turns a hold into a booking with exactly its seats, once. An expired hold is refused,
-- unless the caller asked to reacquire and every seat is still free: that is a sale like any
-- other, so the window and the holder's limit count. A hold that was given back stays given back.
-- Retry: safe; confirming again answers the same booking.
-- Outcomes, first match wins: hold_unknown, already, seller_required, show_cancelled,
-- sales_not_open (these two with reacquire, of an expired hold), sales_closed, hold_released,
-- hold_expired, seats_unavailable (these two with reacquire), holder_limit_reached, done.
create or replace function rowlock.confirm_hold(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_state text := rowlock.hold_refusal(p_chain, p_at.now);
  v_is_again boolean := v_state = 'hold_expired' and p_command.reacquire is true;
  v_code text;
begin
  if rowlock.is_block(p_chain) is not false then
    return rowlock.refused('hold_unknown');
  end if;
  if v_state = 'hold_confirmed' then
    return rowlock.unchanged(p_chain);
  end if;
  v_code := case
    when rowlock.needs_seller(p_command, p_policy) then 'seller_required'
    when p_policy.cancelled_at is not null then 'show_cancelled'
    when v_is_again then rowlock.window_refusal(p_command, p_policy, p_at.now)
    else v_state
  end;
  if v_code is not null then
    return rowlock.refused_by_terms(v_code, p_policy);
  end if;
  if p_at.in_the_way is not null then
    return rowlock.refused('seats_unavailable', p_at.in_the_way);
  end if;
  if v_is_again and (p_at.holder).has + cardinality(p_chain.seats) > p_policy.seats_per_holder_max
  then
    return rowlock.refused('holder_limit_reached', jsonb_build_object(
      'limit', p_policy.seats_per_holder_max, 'has', (p_at.holder).has
    ));
  end if;
  return rowlock.done(
    rowlock.noted(p_command, p_chain), p_chain.seats, 'infinity', p_at.now
  );
end
$$;
