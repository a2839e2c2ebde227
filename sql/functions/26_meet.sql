-- Questions that decide() asks for each command, whatever its operation.

-- Key of the name that seats are counted under, among what was looked at.
create or replace function rowlock.key_of(p_show_id bigint, p_name text) returns text
language sql immutable
as $$
  select p_show_id::text || ' ' || p_name
$$;

-- An answer as it was given the first time; its entry is `p_version`, where it has one.
create or replace function rowlock.recorded_answer(
  p_show_id bigint,
  p_request_id uuid,
  p_fingerprint uuid,
  p_code text,
  p_obstacles jsonb,
  p_version bigint
) returns rowlock.recorded
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_entry rowlock.journal;
  v_origin text;
begin
  if p_version is not null then
    select entry.* into v_entry
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.version = p_version;
    select first.kind into v_origin
    from rowlock.journal as first
    where first.show_id = p_show_id
      and first.hold_id = v_entry.hold_id
    order by first.step
    limit 1;
  end if;
  return row(
    p_show_id, p_request_id, p_fingerprint,
    row(
      null, p_code, true, v_entry.version, v_entry.at, v_entry.kind, v_entry.hold_id,
      v_entry.seats, v_entry.freed, v_entry.until, v_entry.booked_at, v_entry.holder,
      v_entry.reference, v_entry.details, p_obstacles, v_origin, null, v_entry.metadata,
      v_entry.own_reference
    )::rowlock.outcome
  )::rowlock.recorded;
end
$$;

-- Answer that a request got before, by what was looked at or by a command before; null where there
-- is none. Its id stands for that one request only. p_seen has the ids of p_known and then of the
-- commands before, null where an answer does not stay what it is.
create or replace function rowlock.known_answer(
  p_command rowlock.command,
  p_seen uuid[],
  p_known rowlock.recorded[],
  p_commands rowlock.command[],
  p_outcomes rowlock.outcome[]
) returns rowlock.outcome
language plpgsql immutable
as $$
declare
  v_i int;
  v_known rowlock.recorded;
begin
  foreach v_i in array array_positions(p_seen, p_command.request_id) loop
    v_known := p_known[v_i];
    v_i := v_i - cardinality(p_known);
    if v_i > 0 then
      v_known.show_id := (p_commands[v_i]).show_id;
      v_known.fingerprint := (p_commands[v_i]).fingerprint;
      v_known.answer := p_outcomes[v_i];
    end if;
    if v_known.show_id = p_command.show_id then
      if v_known.fingerprint is distinct from p_command.fingerprint then
        return rowlock.refused('idempotency_key_reused');
      end if;
      v_known.answer.replayed := true;
      return v_known.answer;
    end if;
  end loop;
  return null;
end
$$;

-- Answer about a show that was not locked: there is none, or somebody else has it.
create or replace function rowlock.passed_over(p_show_id bigint) returns rowlock.outcome
language plpgsql stable
as $$
begin
  return rowlock.refused(
    case
      when exists (select from rowlock.policies as policy where policy.show_id = p_show_id)
        then 'not_now'
      else 'show_unknown'
    end
  );
end
$$;

-- Position of a chain among those that were looked at. Two shows may be asked for one id; no two
-- have it, unless somebody has copied entries.
create or replace function rowlock.position_of(
  p_show_id bigint,
  p_hold_id uuid,
  p_ids uuid[],
  p_chains rowlock.chain[]
) returns int
language sql immutable
as $$
  select case
    when (p_chains[array_position(p_ids, p_hold_id)]).show_id <> p_show_id
      then rowlock.position_beyond(p_show_id, p_hold_id, p_ids, p_chains)
    else array_position(p_ids, p_hold_id)
  end
$$;

create or replace function rowlock.position_beyond(
  p_show_id bigint,
  p_hold_id uuid,
  p_ids uuid[],
  p_chains rowlock.chain[]
) returns int
language plpgsql immutable
as $$
declare
  v_i int;
begin
  foreach v_i in array array_positions(p_ids, p_hold_id) loop
    if (p_chains[v_i]).show_id = p_show_id then
      return v_i;
    end if;
  end loop;
  return null;
end
$$;

-- A chain that a command speaks of, as it is when its turn comes; null where its caller does not
-- reach it.
create or replace function rowlock.chain_of(
  p_command rowlock.command,
  p_chain rowlock.chain
) returns rowlock.chain
language sql immutable
as $$
  select case when rowlock.reaches(p_command, (p_chain).owner) then p_chain end
$$;

-- The block that a command takes seats out of; null where its caller does not reach it.
create or replace function rowlock.block_of(
  p_command rowlock.command,
  p_ids uuid[],
  p_chains rowlock.chain[]
) returns rowlock.chain
language plpgsql immutable
as $$
declare
  v_block rowlock.chain := p_chains[rowlock.position_of(
    p_command.show_id, p_command.from_block, p_ids, p_chains
  )];
begin
  p_command.kind := 'unblock';
  return case when rowlock.reaches(p_command, v_block.owner) then v_block end;
end
$$;

-- Tells whether a command begins a chain; others speak of one.
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
    (p_command).reference, null, (p_command).owner, null, null, null, null, (p_command).metadata,
    (p_command).own_reference
  )::rowlock.chain
$$;

-- Situation that the commands of a show find, whatever they are.
create or replace function rowlock.turn_of(p_look rowlock.look, p_show int)
returns rowlock.situation
language sql immutable
as $$
  select row(
    (p_look).times[p_show], (p_look).joined[p_show],
    null, null, null, null, null, null, null, null
  )::rowlock.situation
$$;

-- Tells whether the seats of a command are chosen for it: it asks by quantity, and may.
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
