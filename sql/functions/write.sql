-- write: what was decided for a batch, one statement for each table, and none that is not needed.
-- Every statement that takes or gives back seats says whose they must be and is counted: what is
-- not as it was decided is a mistake of ours, and aborts. (PostgreSQL's row counts are wrong on
-- tables that Citus distributes, but a kernel there writes to its own shard.)
create or replace function rowlock.write(p_decided rowlock.decided) returns rowlock.outcome[]
language plpgsql
as $$
declare
  v_from int := 1;
  v_to int;
begin
  if p_decided.entries is not null then
    foreach v_to in array p_decided.rounds || cardinality(p_decided.changes) loop
      v_from := rowlock.write_claims(
        p_decided.changes, v_from, v_to, p_decided.show_ids, p_decided.times
      );
    end loop;
    insert into rowlock.journal
    select entry.*
    from unnest(p_decided.entries) as entry;
  end if;
  if p_decided.refusals is not null then
    insert into rowlock.refusals
    select refusal.*
    from unnest(p_decided.refusals) as refusal;
  end if;
  if p_decided.counted is not null then
    insert into rowlock.tallies as tally (show_id, who, hold_ids, begun_count, begun_at)
    select counted.show_id, counted.who, counted.hold_ids, counted.begun_count, counted.begun_at
    from unnest(p_decided.counted) as counted
    where counted.changed
    on conflict (show_id, who) do update
    set hold_ids = excluded.hold_ids,
      begun_count = excluded.begun_count,
      begun_at = excluded.begun_at;
  end if;
  return p_decided.outcomes;
end
$$;

-- The claims of seats that have changed hands or whose end has moved, by the changes from p_from to
-- p_to, among which no chain has two. Given back first, so that somebody else may have them. Seats
-- that nobody has ever claimed are plainly inserted: the key is their guard. Answers where the next
-- changes begin.
create or replace function rowlock.write_claims(
  p_changes rowlock.change[],
  p_from int,
  p_to int,
  p_show_ids bigint[],
  p_times timestamptz[]
) returns int
language plpgsql
as $$
declare
  v_change rowlock.change;
  v_has_fresh boolean := false;
  v_has_others boolean := false;
  v_kept int;
  v_written bigint;
begin
  if p_to - p_from + 1 < cardinality(p_changes) then
    p_changes := p_changes[p_from:p_to];
  end if;
  foreach v_change in array p_changes loop
    if v_change.is_fresh then
      v_has_fresh := true;
    elsif v_change.seats_before = v_change.seats and v_change.until_before > v_change.at then
      if v_change.until <> v_change.until_before then
        v_kept := coalesce(v_kept, 0) + cardinality(v_change.seats);
      end if;
    else
      v_has_others := true;
    end if;
  end loop;
  if v_has_others then
    perform rowlock.give_back(p_changes);
    perform rowlock.take_over(p_changes, p_show_ids, p_times);
  end if;
  if v_has_fresh then
    insert into rowlock.claims (show_id, seat_no, hold_id, until, booked_at)
    select change.show_id, has.seat_no, change.hold_id, change.until, change.booked_at
    from unnest(p_changes) as change
    cross join lateral unnest(change.seats) as has (seat_no)
    where change.is_fresh;
  end if;
  if v_kept is not null then
    -- Only what its owner has: live chains whose end has moved.
    update rowlock.claims as claim
    set until = wanted.until, booked_at = wanted.booked_at
    from (
      select change.show_id, has.seat_no, change.hold_id, change.until, change.booked_at
      from unnest(p_changes) as change
      cross join lateral unnest(change.seats) as has (seat_no)
      where change.seats_before = change.seats
        and change.until_before > change.at
        and change.until <> change.until_before
      offset 0
    ) as wanted
    where claim.show_id = wanted.show_id
      and claim.seat_no = wanted.seat_no
      and claim.hold_id = wanted.hold_id;
    get diagnostics v_written = row_count;
    v_written := rowlock.check_written(v_kept, v_written);
  end if;
  return p_to + 1;
end
$$;

create or replace function rowlock.check_written(p_wanted bigint, p_written bigint)
returns bigint
language plpgsql
as $$
begin
  if p_wanted <> p_written then
    raise exception 'rowlock.write: % of % seats', p_written, p_wanted;
  end if;
  return p_written;
end
$$;

-- Only what its owner has: everything that a live chain has given back, and of one that ran out
-- what nobody has taken over.
create or replace function rowlock.give_back(p_changes rowlock.change[]) returns void
language plpgsql
as $$
declare
  v_wanted bigint;
  v_written bigint;
begin
  with gone as (
    select change.show_id, had.seat_no, change.hold_id, change.until_before > change.at as is_live
    from unnest(p_changes) as change
    cross join lateral unnest(change.seats_before) as had (seat_no)
    where had.seat_no <> all (change.seats)
  ),
  given as (
    delete from rowlock.claims as claim
    using gone
    where claim.show_id = gone.show_id
      and claim.seat_no = gone.seat_no
      and claim.hold_id = gone.hold_id
    returning gone.is_live
  )
  select (select count(*) from gone where is_live), (select count(*) from given where is_live)
  into v_wanted, v_written;
  v_written := rowlock.check_written(v_wanted, v_written);
end
$$;

-- Only what nobody has any more at the time of its show. Takes over claims that have run out.
create or replace function rowlock.take_over(
  p_changes rowlock.change[],
  p_show_ids bigint[],
  p_times timestamptz[]
) returns void
language plpgsql
as $$
declare
  v_wanted bigint;
  v_written bigint;
begin
  with wanted as (
    select change.show_id, has.seat_no, change.hold_id, change.until, change.booked_at, change.at
    from unnest(p_changes) as change
    cross join lateral unnest(change.seats) as has (seat_no)
    where change.is_fresh is not true
      and change.until > change.at
      and (
        change.seats_before is null
        or change.until_before <= change.at
        or has.seat_no <> all (change.seats_before)
      )
  ),
  taken as (
    insert into rowlock.claims as claim (show_id, seat_no, hold_id, until, booked_at)
    select wanted.show_id, wanted.seat_no, wanted.hold_id, wanted.until, wanted.booked_at
    from wanted
    on conflict (show_id, seat_no) do update
    set hold_id = excluded.hold_id,
      until = excluded.until,
      booked_at = excluded.booked_at
    where claim.until <= p_times[array_position(p_show_ids, claim.show_id)]
    returning claim.seat_no
  )
  select (select count(*) from wanted), (select count(*) from taken) into v_wanted, v_written;
  v_written := rowlock.check_written(v_wanted, v_written);
end
$$;
