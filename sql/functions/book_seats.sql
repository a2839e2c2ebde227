-- book: sells seats without a hold; the box office may take them out of a block.
-- Retry: safe, by request id; refusals are remembered.
-- Outcomes, first match wins: block_unknown, seller_required, show_cancelled, sales_not_open,
-- sales_closed, too_many_seats, not_enough_seats, seats_unavailable, orphan_left,
-- holder_limit_reached, done.
create or replace function rowlock.book_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_code text;
begin
  if p_command.from_block is not null and rowlock.is_block(p_at.block) is not true then
    return rowlock.refused('block_unknown');
  end if;
  v_code := rowlock.terms_refusal(p_command, p_policy, p_at.now);
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
  if (p_at.holder).has + cardinality(p_at.seats) > p_policy.seats_per_holder_max then
    return rowlock.refused('holder_limit_reached', jsonb_build_object(
      'limit', p_policy.seats_per_holder_max, 'has', (p_at.holder).has
    ));
  end if;
  return rowlock.done(p_chain, p_at.seats, 'infinity', p_at.now);
end
$$;
