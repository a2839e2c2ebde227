-- write: what was decided for a batch, one statement for each table, and none that is not needed.
-- Every statement that takes or gives back seats says whose they must be and is counted: what is
-- not as it was decided is a mistake of ours, and aborts. Rows are counted from what `returning`
-- gives: row counts are wrong on distributed tables.
create or replace function rowlock.write(p_decided rowlock.decided) returns void
language plpgsql
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if p_decided.entries is not null then
    perform rowlock.write_claims(p_decided.changes, p_decided.show_ids, p_decided.times);
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
end
$$;

-- The claims of seats that have changed: given back first, so that somebody else may have them.
create or replace function rowlock.write_claims(
  p_changes rowlock.change[],
  p_show_ids bigint[],
  p_times timestamptz[]
) returns void
language plpgsql
as $$
declare
  v_change rowlock.change;
  v_gives boolean := false;
  v_keeps boolean := false;
  v_takes boolean := false;
  v_again boolean := false;
begin
  foreach v_change in array p_changes loop
    v_again := v_again or v_change.again is true;
    if v_change.seats_before is null then
      v_takes := true;
    elsif v_change.seats_before = v_change.seats and v_change.until_before > v_change.at then
      v_keeps := true;
    else
      v_gives := true;
      v_keeps := true;
      v_takes := true;
    end if;
  end loop;
  if v_again then
    p_changes := rowlock.one_for_each_chain(p_changes);
  end if;
  if v_gives then
    perform rowlock.give_back(p_changes);
  end if;
  if v_keeps then
    perform rowlock.keep(p_changes);
  end if;
  if v_takes then
    perform rowlock.take(p_changes, p_show_ids, p_times);
  end if;
end
$$;

-- Several changes of one chain as one: from what it had before the batch to what it has after it.
create or replace function rowlock.one_for_each_chain(p_changes rowlock.change[])
returns rowlock.change[]
language plpgsql immutable
as $$
declare
  v_change rowlock.change;
  v_before rowlock.change;
  v_changes rowlock.change[] := '{}';
begin
  foreach v_change in array p_changes loop
    for v_i in 1 .. case when v_change.again then cardinality(v_changes) else 0 end loop
      v_before := v_changes[v_i];
      if v_before.show_id = v_change.show_id and v_before.hold_id = v_change.hold_id then
        v_before.seats := v_change.seats;
        v_before.until := v_change.until;
        v_before.booked_at := v_change.booked_at;
        v_changes[v_i] := v_before;
      end if;
    end loop;
    if v_change.again is not true then
      v_changes := array_append(v_changes, v_change);
    end if;
  end loop;
  return v_changes;
end
$$;

create or replace function rowlock.check_written(p_wanted bigint, p_written bigint)
returns void
language plpgsql
as $$
begin
  if p_wanted <> p_written then
    raise exception 'rowlock.write: % of % seats', p_written, p_wanted;
  end if;
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
  perform rowlock.check_written(v_wanted, v_written);
end
$$;

-- Only what its owner has: live chains whose end has moved.
create or replace function rowlock.keep(p_changes rowlock.change[]) returns void
language plpgsql
as $$
declare
  v_wanted bigint;
  v_written bigint;
begin
  with wanted as (
    select change.show_id, has.seat_no, change.hold_id, change.until, change.booked_at
    from unnest(p_changes) as change
    cross join lateral unnest(change.seats) as has (seat_no)
    where change.until_before > change.at
      and change.until <> change.until_before
      and has.seat_no = any (change.seats_before)
  ),
  kept as (
    update rowlock.claims as claim
    set until = wanted.until, booked_at = wanted.booked_at
    from wanted
    where claim.show_id = wanted.show_id
      and claim.seat_no = wanted.seat_no
      and claim.hold_id = wanted.hold_id
    returning claim.seat_no
  )
  select (select count(*) from wanted), (select count(*) from kept) into v_wanted, v_written;
  perform rowlock.check_written(v_wanted, v_written);
end
$$;

-- Only what nobody has any more at the time of its show. Takes over claims that have run out.
create or replace function rowlock.take(
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
    where change.until > change.at
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
  perform rowlock.check_written(v_wanted, v_written);
end
$$;
