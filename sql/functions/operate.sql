-- operate: what becomes of a command. The function of its operation says, from the terms of the
-- show, the chain that it is about (its last entry) and what it finds when its turn comes, as the
-- commands before have left it.
create or replace function rowlock.operate(
  p_at rowlock.situation,
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_entries rowlock.journal[],
  p_seat_keys bigint[],
  p_places rowlock.place[],
  p_counted_keys text[],
  p_counted rowlock.counted[]
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_wanted int[] := case p_command.kind
    when 'hold' then p_command.seats
    when 'confirm' then case
      when p_command.reacquire and p_chain.until <= p_at.now then p_chain.seats
    end
    when 'book' then p_command.seats
    when 'block' then p_command.seats
    when 'swap' then rowlock.without(
      p_command.to_seats, coalesce(p_command.seats, p_chain.seats)
    )
    when 'change' then rowlock.without(p_command.to_seats, p_chain.seats)
  end;
begin
  if p_at.now is null then
    return rowlock.refused('clock_ahead');
  end if;
  if v_wanted is not null then
    p_at.in_the_way := rowlock.in_the_way(
      p_policy.show_id, p_policy.seat_count, v_wanted, p_at.now, (p_at.block).hold_id,
      p_seat_keys, p_places
    );
  end if;
  p_at.seats := coalesce(p_at.seats, v_wanted);
  if p_at.joined is not null and p_at.in_the_way is null and p_at.short is null
    and p_command.kind in ('hold', 'book', 'change') and v_wanted is not null
  then
    p_at.orphans := rowlock.orphans_of(
      p_command, p_chain, v_wanted, p_at, p_entries, p_seat_keys, p_places
    );
  end if;
  if p_counted_keys is not null then
    p_at := rowlock.with_limits(p_at, p_command, p_chain, p_counted_keys, p_counted);
  end if;
  case p_command.kind
    when 'hold' then return rowlock.hold_seats(p_command, p_policy, p_chain, p_at);
    when 'confirm' then return rowlock.confirm_hold(p_command, p_policy, p_chain, p_at);
    when 'release' then return rowlock.release_hold(p_command, p_policy, p_chain, p_at);
    when 'extend' then return rowlock.extend_hold(p_command, p_policy, p_chain, p_at);
    when 'book' then return rowlock.book_seats(p_command, p_policy, p_chain, p_at);
    when 'cancel' then return rowlock.cancel_booking(p_command, p_policy, p_chain, p_at);
    when 'swap' then return rowlock.swap_seats(p_command, p_policy, p_chain, p_at);
    when 'block' then return rowlock.block_seats(p_command, p_policy, p_chain, p_at);
    when 'unblock' then return rowlock.unblock_seats(p_command, p_policy, p_chain, p_at);
    when 'change' then return rowlock.change_hold(p_command, p_policy, p_chain, p_at);
    when 'transfer' then return rowlock.transfer_booking(p_command, p_policy, p_chain, p_at);
    when 'amend' then return rowlock.change_booking(p_command, p_chain);
    when 'describe' then return rowlock.change_block(p_command, p_chain);
    else raise exception 'rowlock.operate: no such kind of command: %', p_command.kind;
  end case;
end
$$;

-- Finds what the holder and the caller have that a command counts for, where that is limited.
create or replace function rowlock.with_limits(
  p_at rowlock.situation,
  p_command rowlock.command,
  p_chain rowlock.chain,
  p_counted_keys text[],
  p_counted rowlock.counted[]
) returns rowlock.situation
language plpgsql stable
as $$
declare
  v_whose rowlock.chain := case p_command.kind
    when 'transfer' then rowlock.handed_on(p_command, p_chain)
    when 'change' then rowlock.noted(p_command, p_chain)
    else p_chain
  end;
begin
  p_at.holder := p_counted[array_position(
    p_counted_keys,
    rowlock.key_of(p_command.show_id, rowlock.holder_key(v_whose.owner, v_whose.holder))
  )];
  p_at.caller := p_counted[array_position(
    p_counted_keys,
    rowlock.key_of(
      p_command.show_id,
      rowlock.caller_key(
        case p_command.kind when 'change' then p_chain.begun_by else p_command.actor end
      )
    )
  )];
  return p_at;
end
$$;
