-- operate: what becomes of a command. The function of its operation says, from the terms of the
-- show, the chain that it is about (its last entry) and what it finds.
create or replace function rowlock.operate(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language sql stable
as $$
  select case
    when (p_at).ahead then rowlock.refused('clock_ahead')
    else case (p_command).kind
      when 'hold' then rowlock.hold_seats(p_command, p_policy, p_chain, p_at)
      when 'confirm' then rowlock.confirm_hold(p_command, p_policy, p_chain, p_at)
      when 'release' then rowlock.release_hold(p_command, p_policy, p_chain, p_at)
      when 'extend' then rowlock.extend_hold(p_command, p_policy, p_chain, p_at)
      when 'book' then rowlock.book_seats(p_command, p_policy, p_chain, p_at)
      when 'cancel' then rowlock.cancel_booking(p_command, p_policy, p_chain, p_at)
      when 'swap' then rowlock.swap_seats(p_command, p_policy, p_chain, p_at)
      when 'block' then rowlock.block_seats(p_command, p_policy, p_chain, p_at)
      when 'unblock' then rowlock.unblock_seats(p_command, p_policy, p_chain, p_at)
      when 'change' then rowlock.change_hold(p_command, p_policy, p_chain, p_at)
      when 'transfer' then rowlock.transfer_booking(p_command, p_policy, p_chain, p_at)
      else rowlock.no_such_kind((p_command).kind)
    end
  end
$$;

create or replace function rowlock.no_such_kind(p_kind text) returns rowlock.outcome
language plpgsql stable
as $$
begin
  raise exception 'rowlock.operate: no such kind of command: %', p_kind;
end
$$;
