-- What decide() asks for each command, whatever its operation.

-- Under which name something of a show is found among what was looked at.
create or replace function rowlock.key_of(p_show_id bigint, p_name text) returns text
language sql immutable
as $$
  select p_show_id::text || ' ' || p_name
$$;

-- What a request is answered that was answered before; its id stands for that one request only.
create or replace function rowlock.answer_again(
  p_command rowlock.command,
  p_recorded rowlock.recorded
) returns rowlock.outcome
language plpgsql immutable
as $$
declare
  v_outcome rowlock.outcome := p_recorded.answer;
begin
  if p_recorded.fingerprint is distinct from p_command.fingerprint then
    return rowlock.refused('idempotency_key_reused');
  end if;
  v_outcome.replayed := true;
  return v_outcome;
end
$$;

-- Whether a command begins a chain; others speak of one.
create or replace function rowlock.begins(p_command rowlock.command) returns boolean
language sql immutable
as $$
  select (p_command).kind in ('hold', 'book', 'block')
$$;

create or replace function rowlock.new_chain(p_command rowlock.command) returns rowlock.chain
language sql immutable
as $$
  select row(
    null, null, null, null, null, null, null, null, null, null, (p_command).holder,
    (p_command).reference, null, (p_command).owner, null, null, null, null, (p_command).metadata
  )::rowlock.chain
$$;

-- The chain that a command speaks of, as it is when its turn comes; null where its caller does not
-- reach it.
create or replace function rowlock.chain_of(
  p_command rowlock.command,
  p_keys text[],
  p_chains rowlock.chain[]
) returns rowlock.chain
language plpgsql immutable
as $$
declare
  v_chain rowlock.chain;
begin
  v_chain := p_chains[
    array_position(p_keys, rowlock.key_of(p_command.show_id, p_command.hold_id::text))
  ];
  return case when rowlock.reaches(p_command, v_chain.owner) then v_chain end;
end
$$;

-- The block that a command takes seats out of; null where its caller does not reach it.
create or replace function rowlock.block_of(
  p_command rowlock.command,
  p_keys text[],
  p_chains rowlock.chain[]
) returns rowlock.chain
language plpgsql immutable
as $$
begin
  p_command.kind := 'unblock';
  p_command.hold_id := p_command.from_block;
  return rowlock.chain_of(p_command, p_keys, p_chains);
end
$$;

-- What the commands of a show find, whatever they are.
create or replace function rowlock.turn_of(p_look rowlock.look, p_show int)
returns rowlock.situation
language sql immutable
as $$
  select row(
    (p_look).times[p_show], (p_look).ahead[p_show], (p_look).joined[p_show],
    null, null, null, null, null, null, null
  )::rowlock.situation
$$;

-- Whether the seats of a command are chosen for it: it asks by quantity, and may.
create or replace function rowlock.is_choosing(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_now timestamptz
) returns boolean
language sql stable
as $$
  select case
    when (p_command).best is null and (p_command).places is null then false
    else rowlock.may_choose(p_command, p_policy, p_chain, p_now)
  end
$$;

create or replace function rowlock.may_choose(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_now timestamptz
) returns boolean
language plpgsql stable
as $$
begin
  return case
    when p_command.kind = 'change'
      then rowlock.change_refusal(p_command, p_policy, p_chain, p_now) is null
    when p_command.kind in ('hold', 'book')
      then rowlock.terms_refusal(p_command, p_policy, p_now) is null
    else false
  end;
end
$$;

-- What a command finds when its turn comes, as the commands before have left it.
create or replace function rowlock.meet(
  p_at rowlock.situation,
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_entries rowlock.journal[],
  p_seat_keys bigint[],
  p_places rowlock.place[],
  p_counted_keys text[],
  p_counted rowlock.counted[]
) returns rowlock.situation
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
  if v_wanted is not null then
    p_at.in_the_way := rowlock.in_the_way(
      p_policy.show_id, p_policy.seat_count, v_wanted, p_at.now, (p_at.block).hold_id,
      p_seat_keys, p_places
    );
  end if;
  p_at.seats := coalesce(p_at.seats, v_wanted);
  if p_at.joined is not null and p_at.in_the_way is null and p_at.short is null
    and p_command.kind in ('hold', 'book') and p_command.seats is not null
  then
    p_at.orphans := rowlock.orphans_left(
      p_command, p_at.seats, p_at.now, p_at.joined, p_seat_keys, p_places
    );
    if p_at.orphans is not null and rowlock.nothing_else_left(p_command, p_at, p_entries) then
      p_at.orphans := null;
    end if;
  elsif p_at.joined is not null and p_at.in_the_way is null and p_at.short is null
    and p_command.kind = 'change' and v_wanted is not null
  then
    p_at.orphans := rowlock.change_orphans(
      p_command, p_chain, v_wanted, p_at, p_entries, p_seat_keys, p_places
    );
  end if;
  if p_counted_keys is not null then
    if p_command.kind = 'transfer' then
      p_chain := rowlock.handed_on(p_command, p_chain);
    end if;
    p_at.holder := p_counted[array_position(
      p_counted_keys,
      rowlock.key_of(p_command.show_id, rowlock.holder_key(p_chain.owner, p_chain.holder))
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
  end if;
  return p_at;
end
$$;
