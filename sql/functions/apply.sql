-- apply: the one way to change a show. Takes a batch of commands, for any number of shows, and
-- answers each: done, or refused for reasons of its own. One transaction, one round trip; a single
-- command is a batch of one.
--
-- Order:
--   1. Glance: without any lock, refuse holds on seats that are plainly taken. A crowd on one seat
--      never queues for the lock, and a refusal writes nothing.
--   2. Lock the policy rows of the shows, ascending, so that no two batches can deadlock. Where a
--      batch need not wait, a show that somebody else has locked is passed over: its commands are
--      answered not_now, and its neighbours do not wait for it.
--   3. Read the clock only now: waiting for a lock must not age a hold.
--   4. Look and decide (decide.sql) in the order in which they are listed, then write (write.sql).
--
-- Retry: safe; commands that had committed answer from what they recorded.
-- The settings make the planner plan once per connection, never compile, and use the one right key
-- whatever its statistics say: docs/decisions/0003-one-plan-for-every-look-up.md.

-- Entry point of servers. All shows of a batch are in one bucket, p_show is one of them. A batch
-- about one show waits for it; of several it takes those that nobody else has locked. p_server_ms
-- is the server's clock (milliseconds since 1970). Answers an array with an outcome for each
-- command, and the database's clock in each. A batch without commands makes the connection ready:
-- warm_up.sql.
create or replace function rowlock.apply_at(
  p_show bigint,
  p_commands json,
  p_server_ms bigint default null
) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_bitmapscan = off
set enable_memoize = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
begin
  return array_to_json(
    rowlock.apply_batch(p_commands, false, to_timestamp(p_server_ms / 1000.0))
  );
end
$$;

-- Entry point of servers of the version before: waits for every show.
create or replace function rowlock.apply(p_commands json) returns setof rowlock.outcome
language plpgsql
security definer
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_bitmapscan = off
set enable_memoize = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
begin
  return query
  select outcome.*
  from unnest(rowlock.apply_batch(p_commands, true, null)) as outcome;
end
$$;

-- The bucket of a show: shows of one bucket may stand in one batch.
create or replace function rowlock.bucket_of(p_show_id bigint) returns int
language sql immutable
as $$
  select 0
$$;

create or replace function rowlock.apply_batch(
  p_commands json,
  p_waits boolean,
  p_server_at timestamptz
) returns rowlock.outcome[]
language plpgsql
as $$
declare
  v_clock timestamptz := rowlock.clock();
  v_open rowlock.command[];
  v_taken rowlock.command[];
  v_shows bigint[];
  v_asked rowlock.asked;
  v_numbers int[];
  v_policies rowlock.policies[];
  v_outcomes rowlock.outcome[] := '{}';
begin
  select
    array_agg(command),
    array_agg(command.n),
    array_agg(command.show_id),
    array_agg(command.request_id),
    array_agg(case when not rowlock.begins(command) then command.hold_id end),
    bit_or(rowlock.needs(command)),
    array_agg(command) filter (
      where command.kind = 'hold' and exists (
        select
        from unnest(command.seats) as seat (seat_no)
        cross join lateral (
          select
          from rowlock.claims as claim
          where claim.show_id = command.show_id
            and claim.seat_no = seat.seat_no
            and claim.until > v_clock
          offset 0
        ) as claim
      )
    )
  into v_open, v_numbers, v_shows, v_asked.requests, v_asked.chains, v_asked.needs, v_taken
  from json_populate_recordset(null::rowlock.command, p_commands) as command;
  if v_open is null then
    return rowlock.warm_up();
  end if;
  if not rowlock.are_distinct(v_numbers) then
    raise exception 'rowlock.apply: the commands of a batch have numbers, and no two the same';
  end if;
  v_asked.shows := v_shows;

  if v_taken is not null then
    v_outcomes := rowlock.glance(v_taken, v_asked);
    v_open := array(
      select command
      from unnest(v_open) as command
      where command.n <> all (array(select outcome.n from unnest(v_outcomes) as outcome))
    );
    v_shows := array(select command.show_id from unnest(v_open) as command);
  end if;
  if cardinality(v_open) > 0 then
    v_policies := rowlock.lock_shows(v_shows, p_waits);
    v_outcomes := v_outcomes || rowlock.write(
      rowlock.decide(v_open, v_asked, v_policies, rowlock.clock(), p_server_at)
    );
  end if;
  return v_outcomes;
end
$$;

-- Tells whether the commands of a batch have numbers, and no two the same.
create or replace function rowlock.are_distinct(p_numbers int[]) returns boolean
language sql immutable
as $$
  select case
    when cardinality(p_numbers) > 1
      then rowlock.distinct_count(p_numbers) = cardinality(p_numbers)
    else p_numbers[1] is not null
  end
$$;

create or replace function rowlock.distinct_count(p_numbers int[]) returns bigint
language plpgsql immutable
as $$
begin
  return (select count(distinct n) from unnest(p_numbers) as n);
end
$$;

-- Sum of what has to be looked at for a command besides its show and its request:
--   1  the chain that it speaks of
--   2  seats that it would take
--   4  what its holder has, if the show limits that
--   8  what its caller has, which the command limits
--  16  the block that it takes seats out of
create or replace function rowlock.needs(p_command rowlock.command) returns int
language sql immutable
as $$
  select case
      when rowlock.begins(p_command) then 2
      when (p_command).to_seats is not null or (p_command).reacquire then 1 + 2
      else 1
    end
    + case
      when (p_command).holder is not null or (p_command).reacquire or (p_command).kind = 'change'
        then 4
      else 0
    end
    + case when (p_command).held_seats_max is not null then 8 else 0 end
    + case when (p_command).from_block is not null then 16 else 0 end
$$;

-- Holds on taken seats as they are decided without the lock: of what they are told, only that their
-- seats are taken is good enough. Where one of them would get its seats after all, nothing is: the
-- others would be refused for what it has not got.
create or replace function rowlock.glance(
  p_commands rowlock.command[],
  p_asked rowlock.asked
) returns rowlock.outcome[]
language plpgsql stable
as $$
declare
  v_policies rowlock.policies[] := array(
    select policy
    from rowlock.policies as policy
    where policy.show_id = any (
      array(select command.show_id from unnest(p_commands) as command)
    )
  );
  v_decided rowlock.decided := rowlock.decide(
    p_commands, p_asked, v_policies, rowlock.clock(), null
  );
begin
  return array(
    select outcome
    from unnest(v_decided.outcomes) as outcome
    where v_decided.entries is null
      and outcome.code = 'seats_unavailable'
      and not outcome.replayed
  );
end
$$;

-- Locks shows, and gives back what is locked, as it is then: all of them, or those that nobody else
-- has locked.
create or replace function rowlock.lock_shows(p_shows bigint[], p_waits boolean)
returns rowlock.policies[]
language plpgsql
as $$
begin
  if p_waits or p_shows[1] = all (p_shows) then
    return array(
      select policy
      from rowlock.policies as policy
      where policy.show_id = any (p_shows)
      order by policy.show_id
      for update
    );
  end if;
  return array(
    select policy
    from rowlock.policies as policy
    where policy.show_id = any (p_shows)
    order by policy.show_id
    for update skip locked
  );
end
$$;
