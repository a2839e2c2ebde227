-- apply: the one way to change a show. Takes a batch of commands, for any number of shows, and
-- answers each: done, or refused for reasons of its own. One transaction, one round trip.
--
-- Order:
--   0. Glance: without any lock, refuse holds on seats that are plainly taken. A crowd on one seat
--      never queues for the lock, and a refusal writes nothing. Only where some seat is taken at
--      all: looking for one costs a third of looking at everything.
--   1. Lock the policy rows of the shows, ascending, so that no two batches can deadlock.
--   2. Read the clock only now: waiting for a lock must not age a hold.
--   3. The usual commands as sets: whole live holds confirmed or released, then seats held or
--      booked, first come first served, then the best seats for whoever asked for them: looked for
--      once for all of them.
--   4. Whatever is left, one at a time in order: the rare kinds, the replays, two commands on one
--      hold.
-- Commands of one batch were all under way at once, so any order among them is a fair one.
--
-- Retry: safe; commands that had committed answer from the journal.
-- The settings make the planner plan once per connection, never compile, and use the one right key
-- whatever its statistics say: while a table is young, the keys that begin with show_id cost the
-- same to it, and a plan that reads a whole show for one row stays for as long as the connection
-- (measured: holds 20 times slower). So look-ups ask for the order of their key, and sorting is
-- off: only that key can serve. `offset 0` keeps a look-up from being turned into a join.
create or replace function rowlock.apply(p_commands json) returns setof rowlock.outcome
language plpgsql
security definer
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
declare
  v_open rowlock.command[];
  v_usual rowlock.command[];
  v_answers rowlock.outcome[];
  v_done rowlock.outcome[] := '{}';
  v_shows bigint[];
  v_number_count int;
  v_has_new boolean;
  v_has_known boolean;
  v_has_choices boolean;
  v_has_twins boolean;
  v_has_budgets boolean;
  v_command rowlock.command;
  v_outcome rowlock.outcome;
  v_replayed boolean := false;
  v_now timestamptz;
begin
  select
    coalesce(array_agg(command order by command.n), '{}'),
    count(distinct command.n),
    array_agg(distinct command.show_id),
    bool_or(command.kind in ('hold', 'book')),
    bool_or(command.kind in ('confirm', 'release')),
    bool_or(command.best is not null or command.places is not null),
    least(count(distinct command.request_id), count(distinct command.hold_id)) < count(*),
    bool_or(command.kind = 'hold' and command.held_seats_max is not null)
  into
    v_open, v_number_count, v_shows, v_has_new, v_has_known, v_has_choices, v_has_twins,
    v_has_budgets
  from json_populate_recordset(null::rowlock.command, p_commands) as command;
  if v_number_count <> cardinality(v_open) then
    raise exception 'rowlock.apply: the commands of a batch have numbers, and no two the same';
  end if;

  if rowlock.is_any_taken(v_open, rowlock.clock()) then
    v_answers := rowlock.apply_new(v_open, rowlock.show_time(v_shows), false);
    return query select * from unnest(v_answers);
    v_open := rowlock.unanswered(v_open, v_answers);
    v_shows := array(select distinct command.show_id from unnest(v_open) as command);
  end if;
  if v_open = '{}' then
    return;
  end if;

  perform
  from rowlock.policies as policy
  where policy.show_id = any (v_shows)
  order by policy.show_id
  for update;
  v_now := rowlock.show_time(v_shows);

  v_usual := case when v_has_twins then rowlock.without_twins(v_open) else v_open end;
  if v_has_budgets and cardinality(v_usual) > 1 then
    v_usual := rowlock.within_budget(v_usual, v_now);
  end if;
  if v_has_known and cardinality(v_usual) > 1 then
    v_answers := rowlock.apply_known(v_usual, v_now);
    v_done := v_answers;
    v_usual := rowlock.unanswered(v_usual, v_answers);
  end if;
  -- Each round answers at least one command or ends the loop.
  while v_has_new and cardinality(v_usual) > 1 loop
    v_answers := rowlock.apply_new(v_usual, v_now, true);
    exit when v_answers = '{}';
    v_done := v_done || v_answers;
    v_usual := rowlock.unanswered(v_usual, v_answers);
  end loop;
  if v_has_choices and cardinality(v_usual) > 1 then
    v_done := v_done || rowlock.apply_new(
      rowlock.choose_all(v_usual, v_now, true), v_now, true, true
    );
  end if;
  if v_done <> '{}' then
    return query select * from unnest(v_done);
    v_open := rowlock.unanswered(v_open, v_done);
  end if;

  foreach v_command in array v_open loop
    v_outcome := rowlock.apply_one(v_command, v_now);
    v_replayed := v_replayed or v_outcome.replayed;
    return next v_outcome;
  end loop;

  -- A replayed answer is as durable as a first one: a record of its own makes this commit wait
  -- for the disk and the synchronous standbys, should the first one's wait have been cut short.
  if v_replayed then
    perform pg_logical_emit_message(true, 'rowlock', 'replay');
  end if;
end
$$;

-- Whether some hold names a seat that is taken at p_now. Reads no more than it takes to say yes.
create or replace function rowlock.is_any_taken(
  p_commands rowlock.command[],
  p_now timestamptz
) returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  return exists (
    select
    from unnest(p_commands) as command
    cross join lateral unnest(command.seats) as seat (seat_no)
    where command.kind = 'hold'
      and exists (
        select
        from rowlock.claims as claim
        where claim.show_id = command.show_id
          and claim.seat_no = seat.seat_no
          and claim.until > p_now
        offset 0
      )
  );
end
$$;

-- Those of p_commands that share neither their request nor their hold with another of them. Between
-- twins the order decides what each means, so they are left to apply_one.
create or replace function rowlock.without_twins(p_commands rowlock.command[])
returns rowlock.command[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
begin
  return array(
    select counted.command
    from (
      select
        command,
        count(*) over (partition by command.show_id, command.request_id) as on_request,
        count(*) over (partition by command.show_id, command.hold_id) as on_hold
      from unnest(p_commands) as command
    ) as counted
    where counted.on_request = 1
      and counted.on_hold = 1
    order by (counted.command).n
  );
end
$$;

-- p_commands without the holds that may pass the budget of their address: those for which what the
-- address holds, and what it and those before it ask for, is too much together. Whatever becomes of
-- the rest, none of it passes; the others are counted one by one in apply_one.
create or replace function rowlock.within_budget(
  p_commands rowlock.command[],
  p_now timestamptz
) returns rowlock.command[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  return array(
    select counted.command
    from (
      select
        numbered.command,
        numbered.is_bound,
        sum(
          -- Spelled out for named seats: as a function call it would cost more than the rest.
          case
            when (numbered.command).best is null and (numbered.command).places is null
              then coalesce(cardinality((numbered.command).seats), 0)
            else rowlock.asked(numbered.command)
          end
          -- The first of an address brings what the address holds already.
          + case
            when numbered.is_bound and numbered.place = 1 then (
              select held.seat_count
              from rowlock.seats_held_by(
                (numbered.command).show_id, (numbered.command).actor, p_now
              ) as held
            )
            else 0
          end
        ) over (
          partition by
            (numbered.command).show_id, (numbered.command).actor, numbered.is_bound
          order by numbered.place
        ) as seat_count
      from (
        select
          command,
          bound.is_bound,
          row_number() over (
            partition by command.show_id, command.actor, bound.is_bound
            order by command.n
          ) as place
        from unnest(p_commands) as command
        cross join lateral (
          select command.kind = 'hold' and command.held_seats_max is not null as is_bound
        ) as bound
      ) as numbered
    ) as counted
    where not counted.is_bound
      or counted.seat_count <= (counted.command).held_seats_max
    order by (counted.command).n
  );
end
$$;

-- Those of p_commands that have no outcome among p_answers.
create or replace function rowlock.unanswered(
  p_commands rowlock.command[],
  p_answers rowlock.outcome[]
) returns rowlock.command[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_answered int[];
begin
  if p_answers = '{}' then
    return p_commands;
  end if;
  if cardinality(p_answers) = cardinality(p_commands) then
    return '{}';
  end if;
  v_answered := array(select answer.n from unnest(p_answers) as answer);
  return array(
    select command
    from unnest(p_commands) as command
    where command.n <> all (v_answered)
  );
end
$$;
