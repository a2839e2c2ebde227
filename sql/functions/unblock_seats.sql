-- unblock: puts all seats of a block on sale again, or some.
-- Retry: safe; unblocking again changes nothing.
-- Outcomes, first match wins: block_unknown, already, seats_not_in_block, done.
create or replace function rowlock.unblock_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_strange int[];
begin
  if rowlock.is_block(p_chain) is not true then
    return rowlock.refused('block_unknown');
  end if;
  if p_chain.seats = '{}' then
    return rowlock.unchanged(p_chain);
  end if;
  v_strange := rowlock.without(p_command.seats, p_chain.seats);
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_block', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  return rowlock.given_back(p_chain, p_command.seats, p_at.now);
end
$$;
