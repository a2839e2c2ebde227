-- write: what was decided for a batch, one statement for each table, and none that is not needed.
-- Every statement that takes or gives back seats says whose they must be and is counted: what is
-- not as it was decided is a mistake of ours, and aborts. Rows are counted from what `returning`
-- gives: row counts are wrong on distributed tables.
create or replace function rowlock.write(p_decided rowlock.decided) returns void
language plpgsql
set search_path = rowlock, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  if p_decided.entries is not null then
    perform rowlock.write_claims(p_decided.places, p_decided.show_ids, p_decided.times);
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

-- The claims of seats that have changed: given back, kept with another end, or taken. A seat that
-- its owner gave back and somebody took is both.
create or replace function rowlock.write_claims(
  p_places rowlock.place[],
  p_show_ids bigint[],
  p_times timestamptz[]
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_given rowlock.place[];
  v_kept rowlock.place[];
  v_taken rowlock.place[];
  v_place rowlock.place;
begin
  foreach v_place in array p_places loop
    if v_place.changed_at is null then
      continue;
    elsif v_place.hold_id = v_place.owner_before then
      v_kept := array_append(v_kept, v_place);
    else
      if v_place.freed and v_place.owner_before is not null then
        v_given := array_append(v_given, v_place);
      end if;
      if v_place.hold_id is not null then
        v_taken := array_append(v_taken, v_place);
      end if;
    end if;
  end loop;
  perform rowlock.give_back(v_given);
  perform rowlock.keep(v_kept);
  perform rowlock.take(v_taken, p_show_ids, p_times);
end
$$;

create or replace function rowlock.check_written(p_places rowlock.place[], p_count bigint)
returns void
language plpgsql
as $$
begin
  if p_count <> cardinality(p_places) then
    raise exception 'rowlock.write: % of % seats', p_count, cardinality(p_places);
  end if;
end
$$;

-- Only what its owner has.
create or replace function rowlock.give_back(p_places rowlock.place[]) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_places is null then
    return;
  end if;
  with given as (
    delete from rowlock.claims as claim
    using unnest(p_places) as place
    where claim.show_id = place.show_id
      and claim.seat_no = place.seat_no
      and claim.hold_id = place.owner_before
    returning claim.seat_no
  )
  select count(*) into v_count from given;
  perform rowlock.check_written(p_places, v_count);
end
$$;

create or replace function rowlock.keep(p_places rowlock.place[]) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_places is null then
    return;
  end if;
  with kept as (
    update rowlock.claims as claim
    set until = place.until, booked_at = place.booked_at
    from unnest(p_places) as place
    where claim.show_id = place.show_id
      and claim.seat_no = place.seat_no
      and claim.hold_id = place.hold_id
    returning claim.seat_no
  )
  select count(*) into v_count from kept;
  perform rowlock.check_written(p_places, v_count);
end
$$;

-- Only what nobody has any more at the time of its show. Takes over claims that have run out.
create or replace function rowlock.take(
  p_places rowlock.place[],
  p_show_ids bigint[],
  p_times timestamptz[]
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_places is null then
    return;
  end if;
  with taken as (
    insert into rowlock.claims as claim (show_id, seat_no, hold_id, until, booked_at)
    select place.show_id, place.seat_no, place.hold_id, place.until, place.booked_at
    from unnest(p_places) as place
    on conflict (show_id, seat_no) do update
    set hold_id = excluded.hold_id,
      until = excluded.until,
      booked_at = excluded.booked_at
    where claim.until <= p_times[array_position(p_show_ids, claim.show_id)]
    returning claim.seat_no
  )
  select count(*) into v_count from taken;
  perform rowlock.check_written(p_places, v_count);
end
$$;
