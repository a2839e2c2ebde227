-- operate: what becomes of a command. The function of its operation says, from the terms of the
-- show, the chain that it is about (its last entry) and what it finds.
create or replace function rowlock.operate(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
begin
  if p_at.ahead then
    return rowlock.refused('clock_ahead');
  end if;
  case p_command.kind
    when 'hold' then
      return rowlock.hold_seats(p_command, p_policy, p_chain, p_at);
    when 'confirm' then
      return rowlock.confirm_hold(p_command, p_policy, p_chain, p_at);
    when 'release' then
      return rowlock.release_hold(p_command, p_policy, p_chain, p_at);
    when 'extend' then
      return rowlock.extend_hold(p_command, p_policy, p_chain, p_at);
    when 'book' then
      return rowlock.book_seats(p_command, p_policy, p_chain, p_at);
    when 'cancel' then
      return rowlock.cancel_booking(p_command, p_policy, p_chain, p_at);
    when 'swap' then
      return rowlock.swap_seats(p_command, p_policy, p_chain, p_at);
    when 'block' then
      return rowlock.block_seats(p_command, p_policy, p_chain, p_at);
    when 'unblock' then
      return rowlock.unblock_seats(p_command, p_policy, p_chain, p_at);
    else
      raise exception 'rowlock.operate: no such kind of command: %', p_command.kind;
  end case;
end
$$;
