-- describe: gives a block another reason (its reference), holder, reference of the caller's own, or
-- notes. Its seats stay blocked.
-- Retry: safe, by request id.
-- Outcomes, first match wins: block_unknown, block_released, already, done.
create or replace function rowlock.change_block(
  p_command rowlock.command,
  p_chain rowlock.chain
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_next rowlock.chain := rowlock.noted(p_command, p_chain);
begin
  if rowlock.is_block(p_chain) is not true then
    return rowlock.refused('block_unknown');
  end if;
  if p_chain.seats = '{}' then
    return rowlock.refused('block_released');
  end if;
  if v_next is not distinct from p_chain then
    return rowlock.unchanged(p_chain);
  end if;
  return rowlock.done(v_next, p_chain.seats, p_chain.until, null);
end
$$;
