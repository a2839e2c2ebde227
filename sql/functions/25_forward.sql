-- Changes that an entry makes to what was looked at: decide() brings everything forward with each
-- entry that it makes, so that the next command finds what the ones before it have done.

-- The entries that a command makes: none if it is refused or changes nothing.
create or replace function rowlock.entries_of(
  p_outcome rowlock.outcome,
  p_command rowlock.command,
  p_chain rowlock.chain,
  p_at rowlock.situation,
  p_version bigint
) returns rowlock.journal[]
language sql stable
as $$
  select case
    when (p_outcome).code <> 'done' then '{}'
    when (p_command).kind = 'transfer' then
      rowlock.entries_of_transfer(p_outcome, p_command, p_chain, p_version, (p_at).now)
    when (p_command).from_block is null then array[
      rowlock.entry_after(p_chain, p_command, p_outcome, p_version + 1, (p_at).now)
    ]
    else rowlock.entries_out_of_block(p_outcome, p_command, p_chain, p_at, p_version)
  end
$$;

-- Two where seats are taken out of a block, whose own entry comes first, without the request id,
-- which belongs to the other one.
create or replace function rowlock.entries_out_of_block(
  p_outcome rowlock.outcome,
  p_command rowlock.command,
  p_chain rowlock.chain,
  p_at rowlock.situation,
  p_version bigint
) returns rowlock.journal[]
language plpgsql stable
as $$
declare
  v_rest rowlock.outcome;
  v_entry rowlock.journal;
begin
  if not coalesce((p_at.block).seats && p_outcome.seats, false) then
    return array[rowlock.entry_after(p_chain, p_command, p_outcome, p_version + 1, p_at.now)];
  end if;
  v_entry := rowlock.entry_after(p_chain, p_command, p_outcome, p_version + 2, p_at.now);
  v_rest := rowlock.given_back(p_at.block, p_outcome.seats, p_at.now);
  p_command.kind := 'unblock';
  p_command.hold_id := (p_at.block).hold_id;
  p_command.request_id := null;
  p_command.fingerprint := null;
  return array[
    rowlock.entry_after(p_at.block, p_command, v_rest, p_version + 1, p_at.now), v_entry
  ];
end
$$;

-- The entry that a command makes of a chain, which has afterwards what the outcome says.
create or replace function rowlock.entry_after(
  p_chain rowlock.chain,
  p_command rowlock.command,
  p_outcome rowlock.outcome,
  p_version bigint,
  p_now timestamptz
) returns rowlock.journal
language sql immutable
as $$
  select row(
    (p_command).show_id, p_version, p_now, (p_command).kind, (p_command).hold_id,
    coalesce((p_chain).step + 1, 0), (p_outcome).seats,
    case
      when (p_chain).until > p_now and (p_chain).seats <> (p_outcome).seats
        then rowlock.without((p_chain).seats, (p_outcome).seats)
      else '{}'
    end,
    (p_outcome).until, (p_outcome).booked_at, (p_outcome).holder, (p_outcome).reference,
    (p_command).actor, (p_command).request_id, (p_command).fingerprint, (p_command).details,
    (p_chain).owner, (p_outcome).metadata, (p_outcome).own_reference
  )::rowlock.journal
$$;

-- A chain after an entry.
create or replace function rowlock.chain_after(
  p_chain rowlock.chain,
  p_entry rowlock.journal
) returns rowlock.chain
language sql immutable
as $$
  select row(
    (p_entry).show_id, (p_entry).version, (p_entry).at, (p_entry).kind, (p_entry).hold_id,
    (p_entry).step, (p_entry).seats, (p_entry).freed, (p_entry).until, (p_entry).booked_at,
    (p_entry).holder, (p_entry).reference, (p_entry).details, (p_entry).owner,
    coalesce((p_chain).origin, (p_entry).kind), coalesce((p_chain).begun_by, (p_entry).actor),
    coalesce((p_chain).begun_at, (p_entry).at),
    case
      when (p_entry).kind = 'change' then (p_chain).seats_ever || (p_entry).seats
      else coalesce((p_chain).seats_ever, (p_entry).seats)
    end,
    (p_entry).metadata, (p_entry).own_reference
  )::rowlock.chain
$$;

-- The entry as the answer to its command.
create or replace function rowlock.outcome_of(
  p_chain rowlock.chain,
  p_entry rowlock.journal
) returns rowlock.outcome
language sql immutable
as $$
  select row(
    null, 'done', false,
    (p_entry).version, (p_entry).at, (p_entry).kind, (p_entry).hold_id, (p_entry).seats,
    (p_entry).freed, (p_entry).until, (p_entry).booked_at, (p_entry).holder,
    (p_entry).reference, (p_entry).details, null, coalesce((p_chain).origin, (p_entry).kind),
    null, (p_entry).metadata, (p_entry).own_reference
  )::rowlock.outcome
$$;

-- Tells whether an answer stays the same under its request id: all that was done or was so already,
-- and refusals that a late duplicate could turn into a sale. A clock that jumped is no answer.
create or replace function rowlock.is_kept(
  p_command rowlock.command,
  p_outcome rowlock.outcome
) returns boolean
language sql immutable
as $$
  select (p_outcome).code in ('done', 'already')
    or ((p_command).remember and (p_outcome).code <> 'clock_ahead')
$$;

-- Request id under which a command's answer is found by those behind it.
create or replace function rowlock.kept_id(
  p_command rowlock.command,
  p_outcome rowlock.outcome
) returns uuid
language sql immutable
as $$
  select case when rowlock.is_kept(p_command, p_outcome) then (p_command).request_id end
$$;

-- Record of an answer that made no entry.
create or replace function rowlock.refusal_of(
  p_command rowlock.command,
  p_outcome rowlock.outcome,
  p_now timestamptz
) returns rowlock.refusals
language sql immutable
as $$
  select row(
    (p_command).show_id, (p_command).request_id, (p_command).fingerprint, p_now,
    (p_outcome).code, (p_outcome).obstacles, (p_outcome).version
  )::rowlock.refusals
$$;

-- The seats that were looked at, after a change of a chain's seats.
create or replace function rowlock.places_after(
  p_places rowlock.place[],
  p_keys bigint[],
  p_change rowlock.change
) returns rowlock.place[]
language plpgsql immutable
as $$
declare
  v_base bigint := p_change.show_id << 24;
  v_seat_no int;
  v_i int;
begin
  if p_change.seats_before is not null then
    foreach v_seat_no in array p_change.seats_before loop
      v_i := width_bucket(v_base + v_seat_no, p_keys);
      if p_keys[v_i] = v_base + v_seat_no and p_places[v_i].hold_id = p_change.hold_id then
        p_places[v_i] := null;
      end if;
    end loop;
  end if;
  if p_change.until > p_change.at then
    foreach v_seat_no in array p_change.seats loop
      v_i := width_bucket(v_base + v_seat_no, p_keys);
      if p_keys[v_i] = v_base + v_seat_no then
        p_places[v_i] :=
          row(p_change.hold_id, p_change.until, p_change.booked_at)::rowlock.place;
      end if;
    end loop;
  end if;
  return p_places;
end
$$;

-- Changes that an entry makes to its chain's seats; p_claimed are those that have a claim.
create or replace function rowlock.change_of(
  p_chain rowlock.chain,
  p_entry rowlock.journal,
  p_claimed int[]
) returns rowlock.change
language sql immutable
as $$
  select row(
    (p_entry).show_id, (p_entry).hold_id, (p_entry).at, (p_chain).seats, (p_chain).until,
    (p_entry).seats, (p_entry).until, (p_entry).booked_at,
    (p_entry).step = 0 and not coalesce((p_entry).seats && p_claimed, false)
  )::rowlock.change
$$;

-- Those whose seats are counted: the holder of the entry's chain, and the caller who began it. A
-- caller has what is held and not booked; a holder has both. What has another holder now counts for
-- the one before no more, and blocks count for nobody. What somebody began whose holds are not
-- counted stays so, whoever changes it.
create or replace function rowlock.counted_after(
  p_counted rowlock.counted[],
  p_keys text[],
  p_chain rowlock.chain,
  p_entry rowlock.journal
) returns rowlock.counted[]
language plpgsql immutable
as $$
declare
  v_origin text := coalesce(p_chain.origin, p_entry.kind);
  v_former text := rowlock.holder_key(p_chain.owner, p_chain.holder);
  v_holder text := rowlock.holder_key(p_entry.owner, p_entry.holder);
  v_who text;
  v_i int;
  v_one rowlock.counted;
begin
  if v_origin = 'block' then
    return p_counted;
  end if;
  if v_former is distinct from v_holder then
    v_i := array_position(p_keys, rowlock.key_of(p_entry.show_id, v_former));
    if v_i is not null then
      v_one := p_counted[v_i];
      v_one.has := v_one.has - rowlock.counts(
        v_former, p_chain.seats, p_chain.until, p_chain.booked_at, p_entry.at
      );
      p_counted[v_i] := v_one;
    end if;
  end if;
  foreach v_who in array array[
    v_holder,
    case when v_origin = 'hold'
      then rowlock.caller_key(coalesce(p_chain.begun_by, p_entry.actor))
    end
  ] loop
    v_i := array_position(p_keys, rowlock.key_of(p_entry.show_id, v_who));
    continue when v_i is null;
    v_one := p_counted[v_i];
    continue when p_entry.step > 0 and v_who like 'caller %'
      and p_entry.hold_id <> all (v_one.hold_ids);
    if v_who like 'caller %' or v_former = v_holder then
      v_one.has := v_one.has
        - rowlock.counts(v_who, p_chain.seats, p_chain.until, p_chain.booked_at, p_entry.at);
    end if;
    v_one.has := v_one.has
      + rowlock.counts(v_who, p_entry.seats, p_entry.until, p_entry.booked_at, p_entry.at);
    if p_entry.kind = 'hold' and p_entry.step = 0 then
      v_one.begun_count := v_one.begun_count + 1;
    end if;
    if array_position(v_one.hold_ids, p_entry.hold_id) is null then
      v_one.hold_ids := array_append(v_one.hold_ids, p_entry.hold_id);
      v_one.changed := true;
    end if;
    p_counted[v_i] := v_one;
  end loop;
  return p_counted;
end
$$;

-- Number of a chain's seats that count for somebody at p_now.
create or replace function rowlock.counts(
  p_who text,
  p_seats int[],
  p_until timestamptz,
  p_booked_at timestamptz,
  p_now timestamptz
) returns int
language sql immutable
as $$
  select case
    when p_until > p_now and (p_booked_at is null or p_who like 'holder %')
      then cardinality(p_seats)
    else 0
  end
$$;
