-- look: everything that the commands of a batch ask of their shows, in one statement for each
-- table, which a batch that does not need it leaves out. All of it is of one snapshot: a stable
-- function sees what the statement sees that calls it, so whoever has locked before sees what
-- there is under the locks, and whoever has not sees one moment.
--
-- The look_at_… are sets of one row that become part of the statement that asks for them (they have
-- no settings). How they are written: docs/decisions/0003-one-plan-for-every-look-up.md.
create or replace function rowlock.look(
  p_commands rowlock.command[],
  p_asked rowlock.asked,
  p_policies rowlock.policies[],
  p_clock timestamptz,
  p_server_at timestamptz
) returns rowlock.look
language plpgsql stable
as $$
declare
  v_look rowlock.look;
  v_has_rows boolean;
  v_has_limits boolean;
begin
  select shows.show_ids, shows.versions, shows.times, shows.has_rows, shows.has_limits,
    array(
      select rowlock.recorded_answer(
        known.show_id, known.request_id, known.fingerprint, known.code, known.obstacles,
        known.version
      )
      from rowlock.look_at_requests(p_asked.shows, p_asked.requests) as known
    )
  into v_look.show_ids, v_look.versions, v_look.times, v_has_rows, v_has_limits,
    v_look.recorded
  from rowlock.look_at_shows(p_policies, p_clock, p_server_at) as shows;
  if v_look.recorded <> '{}' then
    v_look.answered := array(
      select recorded.request_id from unnest(v_look.recorded) as recorded
    );
  end if;
  if p_asked.needs & 16 <> 0 then
    select p_asked.shows || array_agg(command.show_id),
      p_asked.chains || array_agg(command.from_block)
    into p_asked.shows, p_asked.chains
    from unnest(p_commands) as command;
  end if;
  if p_asked.needs & (1 + 16) <> 0 then
    select known.ids, known.chains into v_look.chain_ids, v_look.chains
    from rowlock.look_at_chains(p_asked.shows, p_asked.chains) as known;
  end if;
  if p_asked.needs & 2 <> 0 then
    select seats.keys, seats.places, seats.claimed
    into v_look.seat_keys, v_look.places, v_look.claimed
    from rowlock.look_at_seats(p_commands, v_look.chains, v_has_rows) as seats;
  end if;
  if v_has_rows then
    v_look.joined := rowlock.look_at_rows(p_policies);
  end if;
  if p_asked.needs & 8 <> 0 or (v_has_limits and p_asked.needs & 4 <> 0) then
    select limited.keys, limited.counted into v_look.counted_keys, v_look.counted
    from rowlock.look_at_tallies(
      p_commands, p_policies, v_look.chains, v_look.times
    ) as limited;
  end if;
  return v_look;
end
$$;

-- The last version of each show, and its time: the clock's, but never before what the show has
-- recorded, so that a clock that jumps back cannot revive a hold whose seats somebody else has
-- taken since. A clock that is far beyond both what the show has recorded and the clock of the
-- server that asks has jumped: what it would record would stop the show until time has caught up.
create or replace function rowlock.look_at_shows(
  p_policies rowlock.policies[],
  p_clock timestamptz,
  p_server_at timestamptz
) returns table (
  show_ids bigint[],
  versions bigint[],
  times timestamptz[],
  has_rows boolean,
  has_limits boolean
)
language sql stable
as $$
  select
    array_agg(policy.show_id),
    array_agg(coalesce(newest.version, 0)),
    array_agg(
      case
        when rowlock.is_ahead(p_clock, newest.at, p_server_at) then null
        else greatest(p_clock, newest.at)
      end
    ),
    bool_or(policy.refuse_orphans),
    bool_or(policy.seats_per_holder_max is not null)
  from unnest(p_policies) as policy
  left join lateral (
    select entry.version, entry.at
    from rowlock.journal as entry
    where entry.show_id = policy.show_id
    order by entry.version desc
    limit 1
  ) as newest on true
$$;

-- Rows of shows where single seats may not be left alone: the seats that are side by side; else
-- null.
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

-- The chains that commands speak of; of an unknown one there is nothing but its name. What a hold
-- was begun with, and what changes brought it, are the seats that it ever had.
create or replace function rowlock.look_at_chains(p_shows bigint[], p_ids uuid[])
returns table (ids uuid[], chains rowlock.chain[])
language sql stable
as $$
  select
    array_agg(named.hold_id),
    array_agg(
      row(
        named.show_id, newest.version, newest.at, newest.kind, named.hold_id, newest.step,
        newest.seats, newest.freed, newest.until, newest.booked_at, newest.holder,
        newest.reference, newest.details, newest.owner,
        coalesce(first.kind, newest.kind), coalesce(first.actor, newest.actor),
        coalesce(first.at, newest.at), coalesce(first.seats, newest.seats) || changed.seats,
        newest.metadata, newest.own_reference
      )::rowlock.chain
    )
  from unnest(p_shows, p_ids) as named (show_id, hold_id)
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
    where newest.step > 0
      and entry.show_id = newest.show_id
      and entry.hold_id = newest.hold_id
    order by entry.step
    limit 1
  ) as first on true
  left join lateral (
    select array_agg(had.seat_no) as seats
    from rowlock.journal as entry
    cross join lateral unnest(entry.seats) as had (seat_no)
    where newest.step > 0
      and newest.booked_at is null
      and entry.show_id = newest.show_id
      and entry.hold_id = newest.hold_id
      and entry.kind = 'change'
  ) as changed on true
  where named.hold_id is not null
$$;

-- Claims on the seats that commands would take: those that they name (where single ones may not be
-- left alone, with those near them), and those of holds that may be acquired again. Numbers that no
-- plan can have are left out.
create or replace function rowlock.look_at_seats(
  p_commands rowlock.command[],
  p_chains rowlock.chain[],
  p_with_sides boolean
) returns table (keys bigint[], places rowlock.place[], claimed int[])
language sql stable
as $$
  select
    array_agg(wanted.key),
    array_agg(row(claim.hold_id, claim.until, claim.booked_at)::rowlock.place),
    array_agg(claim.seat_no) filter (where claim.seat_no is not null)
  from (
    select distinct (command.show_id << 24) + named.seat_no as key
    from unnest(p_commands) as command
    cross join lateral unnest(
      case
        when command.reacquire then rowlock.seats_of(p_chains, command.hold_id)
        when p_with_sides
          then rowlock.with_sides(command.show_id, command.seats || command.to_seats)
        else command.seats || command.to_seats
      end
    ) as named (seat_no)
    where command.show_id is not null
      and named.seat_no between 0 and (1 << 24) - 1
    order by 1
  ) as wanted
  left join lateral (
    select taken.seat_no, taken.hold_id, taken.until, taken.booked_at
    from rowlock.claims as taken
    where taken.show_id = wanted.key >> 24
      and taken.seat_no = (wanted.key & (1 << 24) - 1)::int
    offset 0
  ) as claim on true
$$;

-- The seats of all chains of this name.
create or replace function rowlock.seats_of(p_chains rowlock.chain[], p_hold_id uuid)
returns int[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select array(
    select had.seat_no
    from unnest(p_chains) as chain
    cross join lateral unnest(chain.seats) as had (seat_no)
    where chain.hold_id = p_hold_id
  )
$$;

-- Seats with those near them, by which it is seen who would be left alone: two to each side, and
-- the lines that they are in.
create or replace function rowlock.with_sides(p_show_id bigint, p_seats int[]) returns int[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select array(
    select named.seat_no + beside.side
    from unnest(p_seats) as named (seat_no)
    cross join generate_series(-2, 2) as beside (side)
    where named.seat_no between 0 and (1 << 24) - 1
    union
    select along.seat_no
    from rowlock.shows as show
    join rowlock.lines as line on line.plan_id = show.plan_id
    cross join lateral unnest(line.seats) as along (seat_no)
    where show.show_id = p_show_id
      and line.seats && p_seats
  )
$$;

-- Requests that were answered before: by the entry `version`, or by what is remembered besides.
create or replace function rowlock.look_at_requests(p_shows bigint[], p_ids uuid[])
returns table (
  show_id bigint,
  request_id uuid,
  fingerprint uuid,
  code text,
  obstacles jsonb,
  version bigint
)
language sql stable
as $$
  select asked.show_id, asked.request_id, known.*
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

-- Holders and callers whose seats or holds are limited and who may have something to do with these
-- commands, once each, with the time of the show.
create or replace function rowlock.who_counts(
  p_commands rowlock.command[],
  p_policies rowlock.policies[],
  p_chains rowlock.chain[],
  p_times timestamptz[]
) returns table (show_id bigint, who text, now timestamptz)
language sql stable
as $$
  select command.show_id, limited.who, p_times[policy.ordinality] as now
  from unnest(p_policies) with ordinality as policy
  join unnest(p_commands) as command on command.show_id = policy.show_id
  cross join lateral (
    values
      (policy.seats_per_holder_max, rowlock.holder_key(command.owner, command.holder)),
      (command.held_seats_max, rowlock.caller_key(command.actor))
  ) as limited (seats_max, who)
  where command.kind in ('hold', 'book', 'transfer')
    and limited.seats_max is not null
    and limited.who is not null
  union
  select chain.show_id, rowlock.holder_key(chain.owner, chain.holder),
    p_times[policy.ordinality]
  from unnest(p_policies) with ordinality as policy
  join unnest(p_chains) as chain on chain.show_id = policy.show_id
  where policy.seats_per_holder_max is not null
    and chain.holder is not null
  union
  select command.show_id, limited.who, p_times[policy.ordinality]
  from unnest(p_policies) with ordinality as policy
  join unnest(p_commands) as command
    on command.show_id = policy.show_id
    and command.kind in ('change', 'transfer')
  -- Whose chain it is, be it begun by a command before.
  cross join lateral (
    select chain.owner, chain.begun_by
    from unnest(p_chains) as chain
    where chain.show_id = command.show_id
      and chain.hold_id = command.hold_id
    union all
    select begun.owner, null
    from unnest(p_commands) as begun
    where begun.show_id = command.show_id
      and begun.hold_id = command.hold_id
      and rowlock.begins(begun)
  ) as chain
  cross join lateral (
    values
      (policy.seats_per_holder_max, rowlock.holder_key(chain.owner, command.holder)),
      (
        case command.kind when 'change' then command.held_seats_max end,
        rowlock.caller_key(chain.begun_by)
      )
  ) as limited (seats_max, who)
  where limited.seats_max is not null
    and limited.who is not null
$$;

-- Tallies of those whose seats or holds are limited, without chains that ended.
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
  from rowlock.who_counts(p_commands, p_policies, p_chains, p_times) as counted
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
      select entry.hold_id, entry.seats, entry.until, entry.booked_at, entry.owner, entry.holder
      from rowlock.journal as entry
      where entry.show_id = counted.show_id
        and entry.hold_id = listed.hold_id
      order by entry.step desc
      limit 1
    ) as newest
    -- A holder has no more what has another one now, and a caller what was booked.
    where newest.until > counted.now
      and case
        when counted.who like 'caller %' then newest.booked_at is null
        else rowlock.holder_key(newest.owner, newest.holder) = counted.who
      end
  ) as live
$$;
