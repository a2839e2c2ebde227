-- block: withholds seats from sale, with a reason (the reference): a hold that does not expire.
-- It may be for a holder, whose limits it does not count against.
-- Retry: safe, by request id.
-- Outcomes, first match wins: seats_unavailable, done.
create or replace function rowlock.block_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
begin
  if p_at.in_the_way is not null then
    return rowlock.refused('seats_unavailable', p_at.in_the_way);
  end if;
  return rowlock.done(p_chain, p_at.seats, 'infinity', null);
end
$$;
