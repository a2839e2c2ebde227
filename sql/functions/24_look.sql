-- look: everything that the commands of a batch ask of their shows, in one statement for each
-- table, which a batch that does not need it leaves out. All of it is of one snapshot: a stable
-- function sees what the statement sees that calls it, so whoever has locked before sees what
-- there is under the locks, and whoever has not sees one moment.
--
-- The look_at_… are sets of one row that become part of the statement that asks for them (they have
-- no settings). How they are written: docs/decisions/0003-one-plan-for-every-look-up.md.
create or replace function rowlock.look(
  p_commands rowlock.command[],
  p_policies rowlock.policies[],
  p_clock timestamptz,
  p_server_at timestamptz
) returns rowlock.look
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_look rowlock.look;
  v_command rowlock.command;
  v_policy rowlock.policies;
  v_chain rowlock.chain;
  v_request_shows bigint[];
  v_requests uuid[];
  v_chain_shows bigint[];
  v_chain_ids uuid[];
  v_seats bigint[];
  v_has_limits boolean := false;
  v_has_rows boolean := false;
begin
  foreach v_policy in array p_policies loop
    v_look.show_ids := array_append(v_look.show_ids, v_policy.show_id);
    v_has_rows := v_has_rows or v_policy.refuse_orphans;
  end loop;
  foreach v_command in array p_commands loop
    v_request_shows := array_append(v_request_shows, v_command.show_id);
    v_requests := array_append(v_requests, v_command.request_id);
    v_seats := rowlock.add_seats_asked(v_seats, v_command, v_has_rows);
    if v_command.kind not in ('hold', 'book', 'block') then
      v_chain_shows := array_append(v_chain_shows, v_command.show_id);
      v_chain_ids := array_append(v_chain_ids, v_command.hold_id);
    end if;
    if v_command.from_block is not null then
      v_chain_shows := array_append(v_chain_shows, v_command.show_id);
      v_chain_ids := array_append(v_chain_ids, v_command.from_block);
    end if;
    v_has_limits := v_has_limits or v_command.holder is not null
      or v_command.reacquire or v_command.held_seats_max is not null;
  end loop;

  select shows.versions, shows.times, shows.ahead
  into v_look.versions, v_look.times, v_look.ahead
  from rowlock.look_at_shows(v_look.show_ids, p_clock, p_server_at) as shows;
  if v_has_rows then
    v_look.joined := rowlock.look_at_rows(p_policies);
  end if;
  if v_chain_ids is not null then
    select known.keys, known.chains into v_look.chain_keys, v_look.chains
    from rowlock.look_at_chains(v_chain_shows, v_chain_ids) as known;
    foreach v_chain in array v_look.chains loop
      v_seats := rowlock.add_seats(v_seats, v_chain.show_id, v_chain.seats);
    end loop;
  end if;
  select seats.keys, seats.places into v_look.seat_keys, v_look.places
  from rowlock.look_at_seats(v_seats) as seats;
  select known.keys, known.recorded into v_look.request_keys, v_look.recorded
  from rowlock.look_at_requests(v_request_shows, v_requests) as known;
  if v_has_limits then
    select limited.keys, limited.counted into v_look.counted_keys, v_look.counted
    from rowlock.look_at_tallies(
      p_commands, p_policies, v_look.chains, v_look.times
    ) as limited;
  end if;
  return v_look;
end
$$;

-- Keys of seats, show * 2^24 + seat, behind p_keys. Numbers that no plan can have are left out.
create or replace function rowlock.add_seats(p_keys bigint[], p_show_id bigint, p_seats int[])
returns bigint[]
language plpgsql immutable
as $$
declare
  v_seat_no int;
begin
  if p_seats is not null then
    foreach v_seat_no in array p_seats loop
      if v_seat_no between 0 and (1 << 24) - 1 then
        p_keys := array_append(p_keys, (p_show_id << 24) + v_seat_no);
      end if;
    end loop;
  end if;
  return p_keys;
end
$$;

-- The seats that a command names; with their neighbours, two to each side, where it matters whether
-- single ones are left alone.
create or replace function rowlock.add_seats_asked(
  p_keys bigint[],
  p_command rowlock.command,
  p_with_neighbours boolean
) returns bigint[]
language plpgsql immutable
as $$
declare
  v_seat_no int;
begin
  p_keys := rowlock.add_seats(p_keys, p_command.show_id, p_command.seats);
  if p_command.to_seats is not null then
    p_keys := rowlock.add_seats(p_keys, p_command.show_id, p_command.to_seats);
  end if;
  if p_with_neighbours and p_command.seats is not null then
    foreach v_seat_no in array p_command.seats loop
      p_keys := rowlock.add_seats(
        p_keys, p_command.show_id,
        array[v_seat_no - 2, v_seat_no - 1, v_seat_no + 1, v_seat_no + 2]
      );
    end loop;
  end if;
  return p_keys;
end
$$;

-- The last version of each show, and its time: the clock's, but never before what the show has
-- recorded, so that a clock that jumps back cannot revive a hold whose seats somebody else has
-- taken since. A clock that is far beyond both what the show has recorded and the clock of the
-- server that asks has jumped: what it would record would stop the show until time has caught up.
create or replace function rowlock.look_at_shows(
  p_shows bigint[],
  p_clock timestamptz,
  p_server_at timestamptz
) returns table (versions bigint[], times timestamptz[], ahead boolean[])
language sql stable
as $$
  select
    array_agg(coalesce(newest.version, 0) order by show.place),
    array_agg(greatest(p_clock, newest.at) order by show.place),
    array_agg(rowlock.is_ahead(p_clock, newest.at, p_server_at) order by show.place)
  from unnest(p_shows) with ordinality as show (show_id, place)
  left join lateral (
    select entry.version, entry.at
    from rowlock.journal as entry
    where entry.show_id = show.show_id
    order by entry.version desc
    limit 1
  ) as newest on true
$$;

-- Which seats are side by side, of shows where single ones may not be left alone; else null.
create or replace function rowlock.look_at_rows(p_policies rowlock.policies[])
returns bit varying[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select array_agg(plan.joined << 0 order by policy.ordinality)
  from unnest(p_policies) with ordinality as policy
  left join rowlock.shows as show
    on policy.refuse_orphans
    and show.show_id = policy.show_id
  left join rowlock.plans as plan on plan.plan_id = show.plan_id
$$;

-- The chains that commands speak of; of an unknown one there is nothing but its name.
create or replace function rowlock.look_at_chains(p_shows bigint[], p_ids uuid[])
returns table (keys text[], chains rowlock.chain[])
language sql stable
as $$
  select
    array_agg(named.show_id || ' ' || named.hold_id),
    array_agg(
      row(
        named.show_id, newest.version, newest.at, newest.kind, named.hold_id, newest.step,
        newest.seats, newest.freed, newest.until, newest.booked_at, newest.holder,
        newest.reference, newest.details, newest.owner,
        coalesce(first.kind, newest.kind), coalesce(first.actor, newest.actor),
        coalesce(first.at, newest.at), coalesce(first.seats, newest.seats)
      )::rowlock.chain
    )
  from (
    select distinct asked.show_id, asked.hold_id
    from unnest(p_shows, p_ids) as asked (show_id, hold_id)
  ) as named
  left join lateral (
    select entry.*
    from rowlock.journal as entry
    where entry.show_id = named.show_id
      and entry.hold_id = named.hold_id
    order by entry.step desc
    limit 1
  ) as newest on true
  left join lateral (
    select entry.kind, entry.actor, entry.at, entry.seats
    from rowlock.journal as entry
    where entry.show_id = newest.show_id
      and entry.hold_id = newest.hold_id
    order by entry.step
    limit 1
  ) as first on newest.step > 0
$$;

-- Who has seats.
create or replace function rowlock.look_at_seats(p_keys bigint[])
returns table (keys bigint[], places rowlock.place[])
language sql stable
as $$
  select
    array_agg(wanted.key),
    array_agg(
      row(
        wanted.key >> 24, wanted.key & (1 << 24) - 1, claim.hold_id, claim.hold_id, claim.until,
        claim.booked_at, false, null
      )::rowlock.place
    )
  from (
    select distinct asked.key
    from unnest(p_keys) as asked (key)
    order by asked.key
  ) as wanted
  left join lateral (
    select taken.hold_id, taken.until, taken.booked_at
    from rowlock.claims as taken
    where taken.show_id = wanted.key >> 24
      and taken.seat_no = (wanted.key & (1 << 24) - 1)::int
    offset 0
  ) as claim on true
$$;

-- Which requests were answered before: by the entry `version`, or by what is remembered besides.
create or replace function rowlock.look_at_requests(p_shows bigint[], p_ids uuid[])
returns table (keys text[], recorded rowlock.recorded[])
language sql stable
as $$
  select
    array_agg(asked.show_id || ' ' || asked.request_id),
    array_agg(rowlock.recorded_answer(
      asked.show_id, known.fingerprint, known.code, known.obstacles, known.version
    ))
  from unnest(p_shows, p_ids) as asked (show_id, request_id)
  cross join lateral (
    (
      select seen.fingerprint, 'done' as code, null::jsonb as obstacles, seen.version
      from rowlock.journal as seen
      where seen.show_id = asked.show_id
        and seen.request_id between asked.request_id and asked.request_id
      order by seen.request_id
      limit 1
    )
    union all
    (
      select seen.fingerprint, seen.code, seen.obstacles, seen.version
      from rowlock.refusals as seen
      where seen.show_id = asked.show_id
        and seen.request_id = asked.request_id
      offset 0
    )
  ) as known
$$;

-- An answer as it was given the first time; its entry is `p_version`, where it has one.
create or replace function rowlock.recorded_answer(
  p_show_id bigint,
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
    p_fingerprint,
    row(
      null, p_code, true, v_entry.version, v_entry.at, v_entry.kind, v_entry.hold_id,
      v_entry.seats, v_entry.freed, v_entry.until, v_entry.booked_at, v_entry.holder,
      v_entry.reference, v_entry.details, p_obstacles, v_origin
    )::rowlock.outcome
  )::rowlock.recorded;
end
$$;

-- What those have whose seats or holds are limited, and their tallies without chains that ended.
create or replace function rowlock.look_at_tallies(
  p_commands rowlock.command[],
  p_policies rowlock.policies[],
  p_chains rowlock.chain[],
  p_times timestamptz[]
) returns table (keys text[], counted rowlock.counted[])
language sql stable
as $$
  select
    array_agg(counted.show_id || ' ' || counted.who),
    array_agg(
      row(
        counted.show_id, counted.who, live.hold_ids,
        coalesce(tally.begun_count, 0), coalesce(tally.begun_at, counted.now),
        live.seat_count, false
      )::rowlock.counted
    )
  from (
    select command.show_id, limited.who, p_times[policy.ordinality] as now
    from unnest(p_policies) with ordinality as policy
    join unnest(p_commands) as command on command.show_id = policy.show_id
    cross join lateral (
      values
        (policy.seats_per_holder_max, rowlock.holder_key(command.owner, command.holder)),
        (command.held_seats_max, rowlock.caller_key(command.actor))
    ) as limited (seats_max, who)
    where command.kind in ('hold', 'book')
      and limited.seats_max is not null
      and limited.who is not null
    union
    select chain.show_id, rowlock.holder_key(chain.owner, chain.holder),
      p_times[policy.ordinality]
    from unnest(p_policies) with ordinality as policy
    join unnest(p_chains) as chain on chain.show_id = policy.show_id
    where policy.seats_per_holder_max is not null
      and chain.holder is not null
  ) as counted
  left join lateral (
    -- What was begun counts for an hour, and then from nothing again.
    select
      known.hold_ids,
      case when known.begun_at > counted.now - interval '1 hour' then known.begun_count end
        as begun_count,
      case when known.begun_at > counted.now - interval '1 hour' then known.begun_at end
        as begun_at
    from rowlock.tallies as known
    where known.show_id = counted.show_id
      and known.who = counted.who
    offset 0
  ) as tally on true
  cross join lateral (
    select
      coalesce(array_agg(newest.hold_id), '{}') as hold_ids,
      coalesce(sum(cardinality(newest.seats)), 0)::int as seat_count
    from unnest(tally.hold_ids) as listed (hold_id)
    cross join lateral (
      select entry.hold_id, entry.seats, entry.until, entry.booked_at
      from rowlock.journal as entry
      where entry.show_id = counted.show_id
        and entry.hold_id = listed.hold_id
      order by entry.step desc
      limit 1
    ) as newest
    where newest.until > counted.now
      and (newest.booked_at is null or counted.who like 'holder %')
  ) as live
$$;
