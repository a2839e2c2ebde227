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
--   4. Look and decide (decide.sql), then write (write.sql).
--
-- Retry: safe; commands that had committed answer from what they recorded.
-- The settings make the planner plan once per connection, never compile, and use the one right key
-- whatever its statistics say: docs/decisions/0003-one-plan-for-every-look-up.md.

-- What servers call. All shows of a batch are in one bucket, p_show is one of them. A batch about
-- one show waits for it; of several it takes those that nobody else has locked. p_server_ms is the
-- server's clock (milliseconds since 1970). Answers an array with an outcome for each command, and
-- the database's clock in each.
create or replace function rowlock.apply_at(
  p_show bigint,
  p_commands json,
  p_server_ms bigint default null
) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_outcomes rowlock.outcome[] := rowlock.apply_batch(
    p_commands, false, to_timestamp(p_server_ms / 1000.0)
  );
begin
  return (
    select json_agg(answer)
    from (
      select outcome.*, clock.now
      from unnest(v_outcomes) as outcome
      cross join (select rowlock.ms(rowlock.clock()) as now offset 0) as clock
    ) as answer
  );
end
$$;

-- The same for servers of the version before: waits for every show.
create or replace function rowlock.apply(p_commands json) returns setof rowlock.outcome
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_outcomes rowlock.outcome[] := rowlock.apply_batch(p_commands, true, null);
begin
  return query select outcome.* from unnest(v_outcomes) as outcome;
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
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  v_open rowlock.command[];
  v_taken rowlock.command[];
  v_number_count int;
  v_policies rowlock.policies[];
  v_decided rowlock.decided;
  v_outcomes rowlock.outcome[] := '{}';
begin
  select
    array_agg(command order by command.n),
    array_agg(command order by command.n) filter (where seen.is_taken),
    count(distinct command.n)
  into v_open, v_taken, v_number_count
  from json_populate_recordset(null::rowlock.command, p_commands) as command
  cross join (select rowlock.clock() as now offset 0) as clock
  cross join lateral (
    select command.kind = 'hold' and exists (
      select
      from unnest(command.seats) as seat (seat_no)
      cross join lateral (
        select
        from rowlock.claims as claim
        where claim.show_id = command.show_id
          and claim.seat_no = seat.seat_no
          and claim.until > clock.now
        offset 0
      ) as claim
    ) as is_taken
  ) as seen;
  if v_number_count <> cardinality(v_open) then
    raise exception 'rowlock.apply: the commands of a batch have numbers, and no two the same';
  end if;

  if v_taken is not null then
    v_outcomes := rowlock.glance(v_taken);
    v_open := rowlock.unanswered(v_open, v_outcomes);
  end if;
  if cardinality(v_open) > 0 then
    v_policies := rowlock.lock_shows(v_open, p_waits);
    v_outcomes := v_outcomes || rowlock.passed_over(v_open, v_policies);
    v_open := rowlock.unanswered(v_open, v_outcomes);
  end if;
  if cardinality(v_open) > 0 then
    v_decided := rowlock.decide(v_open, v_policies, rowlock.clock(), p_server_at);
    perform rowlock.write(v_decided);
    v_outcomes := v_outcomes || v_decided.outcomes;
  end if;
  return v_outcomes;
end
$$;

-- Holds on taken seats as they are decided without the lock: of what they are told, only that their
-- seats are taken is good enough. Where one of them would get its seats after all, nothing is: the
-- others would be refused for what it has not got.
create or replace function rowlock.glance(p_commands rowlock.command[])
returns rowlock.outcome[]
language plpgsql stable
set search_path = rowlock, pg_temp
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
    p_commands, v_policies, rowlock.clock(), null
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

-- Locks the shows that commands are about, and gives back what is locked, as it is then: all of
-- them, or those that nobody else has locked.
create or replace function rowlock.lock_shows(p_commands rowlock.command[], p_waits boolean)
returns rowlock.policies[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_command rowlock.command;
  v_shows bigint[] := '{}';
begin
  foreach v_command in array p_commands loop
    if array_position(v_shows, v_command.show_id) is null then
      v_shows := array_append(v_shows, v_command.show_id);
    end if;
  end loop;
  if p_waits or cardinality(v_shows) = 1 then
    return array(
      select policy
      from rowlock.policies as policy
      where policy.show_id = any (v_shows)
      order by policy.show_id
      for update
    );
  end if;
  return array(
    select policy
    from rowlock.policies as policy
    where policy.show_id = any (v_shows)
    order by policy.show_id
    for update skip locked
  );
end
$$;

-- Commands whose show was not locked, as outcomes: there is no such show, or somebody else has it.
create or replace function rowlock.passed_over(
  p_commands rowlock.command[],
  p_policies rowlock.policies[]
) returns rowlock.outcome[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_command rowlock.command;
  v_policy rowlock.policies;
  v_locked bigint[] := '{}';
  v_outcome rowlock.outcome;
  v_outcomes rowlock.outcome[] := '{}';
begin
  foreach v_policy in array p_policies loop
    v_locked := array_append(v_locked, v_policy.show_id);
  end loop;
  foreach v_command in array p_commands loop
    if v_command.show_id = any (v_locked) then
      continue;
    end if;
    v_outcome := rowlock.refused(
      case
        when exists (
          select
          from rowlock.policies as policy
          where policy.show_id = v_command.show_id
        ) then 'not_now'
        else 'show_unknown'
      end
    );
    v_outcome.n := v_command.n;
    v_outcomes := array_append(v_outcomes, v_outcome);
  end loop;
  return v_outcomes;
end
$$;

-- Those of p_commands that have no outcome among p_answers.
create or replace function rowlock.unanswered(
  p_commands rowlock.command[],
  p_answers rowlock.outcome[]
) returns rowlock.command[]
language plpgsql immutable
as $$
begin
  if p_answers = '{}' then
    return p_commands;
  end if;
  return array(
    select command
    from unnest(p_commands) as command
    where command.n <> all (array(select outcome.n from unnest(p_answers) as outcome))
  );
end
$$;
