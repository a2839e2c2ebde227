-- Changes to a show itself, under its lock and in its journal like every other.

-- Terms of a show that may change, as they are now, for the entry that changes them: an event tells
-- of the show as of its version, however much later it is sent. Named as the columns are.
create or replace function rowlock.terms_of(p_show_id bigint) returns jsonb
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_show rowlock.shows;
  v_policy rowlock.policies;
  v_time_zone text;
begin
  -- One table after the other: where shows are in shards, those that this transaction has changed
  -- on several connections cannot be joined.
  select show.* into v_show
  from rowlock.shows as show
  where show.show_id = p_show_id;
  select policy.* into v_policy
  from rowlock.policies as policy
  where policy.show_id = p_show_id;
  select venue.time_zone into v_time_zone
  from rowlock.venues as venue
  where venue.venue_id = (
    select plan.venue_id from rowlock.plans as plan where plan.plan_id = v_show.plan_id
  );
  return jsonb_build_object('terms', to_jsonb(v_policy) - 'show_id' || jsonb_build_object(
    'title', v_show.title,
    'starts_at', v_show.starts_at,
    'archived_at', v_show.archived_at,
    'time_zone', v_time_zone
  ));
end
$$;

-- The next entry of a show that is about no hold; its creation is the first.
create or replace function rowlock.append_entry(
  p_show_id bigint,
  p_kind text,
  p_actor text,
  p_request_id uuid,
  p_fingerprint uuid,
  p_details jsonb
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.show_time(p_show_id);
begin
  insert into rowlock.journal (
    show_id, version, at, kind, seats, freed, actor, request_id, fingerprint, details
  )
  select
    p_show_id, 1 + coalesce(max(entry.version), 0), v_now, p_kind, '{}', '{}',
    p_actor, p_request_id, p_fingerprint, p_details
  from rowlock.journal as entry
  where entry.show_id = p_show_id;
end
$$;

-- Records a change of a show in its journal and in the log of administrative acts. Called when
-- everything has been changed.
create or replace function rowlock.record_change(
  p_show_id bigint,
  p_kind text,
  p_actor text,
  p_request_id uuid,
  p_fingerprint uuid,
  p_details jsonb
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  perform rowlock.append_entry(
    p_show_id, p_kind, p_actor, p_request_id, p_fingerprint,
    p_details || rowlock.terms_of(p_show_id)
  );
  perform rowlock.note_act(
    p_actor, null, case p_kind when 'add_seats' then 'addSeats' else 'changeShow' end,
    (select show.key from rowlock.shows as show where show.show_id = p_show_id), p_details
  );
end
$$;

-- Locks a show, and says what is known of the request id: null when it is new, otherwise
-- {"code": "done", "replayed": true} or {"code": "idempotency_key_reused"}, also where a refused
-- sale is remembered under it. It is the look-up of commands (look_at_requests) for one request,
-- spelt out because a show in a shard is asked by a query that names it.
create or replace function rowlock.lock_show(
  p_show_id bigint,
  p_request_id uuid,
  p_fingerprint uuid
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_fingerprint uuid;
begin
  perform
  from rowlock.policies as policy
  where policy.show_id = p_show_id
  for update;
  if not found then
    return '{"code": "show_unknown"}';
  end if;
  select known.fingerprint into v_fingerprint
  from (
    select seen.fingerprint
    from rowlock.journal as seen
    where seen.show_id = p_show_id
      and seen.request_id = p_request_id
    union all
    select seen.fingerprint
    from rowlock.refusals as seen
    where seen.show_id = p_show_id
      and seen.request_id = p_request_id
  ) as known;
  if not found then
    return null;
  end if;
  if v_fingerprint is distinct from p_fingerprint then
    return '{"code": "idempotency_key_reused"}';
  end if;
  return '{"code": "done", "replayed": true}';
end
$$;

-- Counts the seats of every holder of a show. Nothing is counted while there is no limit, so a show
-- that gets one is counted once, under its lock.
create or replace function rowlock.count_holders(p_show_id bigint) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.tallies (show_id, who, hold_ids, begun_count, begun_at)
  select
    p_show_id, rowlock.holder_key(chain.owner, chain.holder), array_agg(chain.hold_id), 0,
    moment.now
  from rowlock.show_times as moment
  join rowlock.chains as chain on chain.show_id = moment.show_id
  where moment.show_id = p_show_id
    and chain.until > moment.now
    and chain.holder is not null
    and chain.origin <> 'block'
  group by rowlock.holder_key(chain.owner, chain.holder), moment.now
  on conflict (show_id, who) do update
  set hold_ids = excluded.hold_ids;
end
$$;

-- p_changes has only the fields to change, named as on the wire; a null clears what may be empty.
-- Outcomes: show_unknown, idempotency_key_reused, invalid_request (the bounds of hold durations
-- contradict each other), done.
create or replace function rowlock.change_show(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_show_id bigint,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.lock_show(p_show_id, p_request_id, p_fingerprint);
  v_policy rowlock.policies;
  v_show rowlock.shows;
  v_now timestamptz := rowlock.clock();
begin
  if v_answer is not null then
    return v_answer;
  end if;
  select policy.* into v_policy
  from rowlock.policies as policy
  where policy.show_id = p_show_id;
  select show.* into v_show
  from rowlock.shows as show
  where show.show_id = p_show_id;
  select
    case when p_changes ? 'salesFrom' then change."salesFrom" else v_policy.sales_from end,
    case when p_changes ? 'salesUntil' then change."salesUntil" else v_policy.sales_until end,
    case
      when not coalesce(change."sellAfterStart", v_policy.over_at is null)
        then coalesce(change."startsAt", v_show.starts_at)
    end,
    coalesce(change."holdSeconds", v_policy.hold_seconds),
    coalesce(change."holdSecondsMax", v_policy.hold_seconds_max),
    coalesce(change."holdLifeSecondsMax", v_policy.hold_life_seconds_max),
    coalesce(change."maxSeatsPerHold", v_policy.seats_per_hold_max),
    case
      when p_changes ? 'maxSeatsPerHolder' then change."maxSeatsPerHolder"
      else v_policy.seats_per_holder_max
    end,
    coalesce(change."refuseOrphans", v_policy.refuse_orphans),
    coalesce(change.cancellable, v_policy.cancellable),
    coalesce(change."confirmBy", v_policy.confirm_by),
    case change.cancelled
      when true then coalesce(v_policy.cancelled_at, v_now)
      when false then null
      else v_policy.cancelled_at
    end,
    coalesce(change.title, v_show.title),
    coalesce(change."startsAt", v_show.starts_at),
    case change.archived
      when true then coalesce(v_show.archived_at, v_now)
      when false then null
      else v_show.archived_at
    end
  into
    v_policy.sales_from, v_policy.sales_until, v_policy.over_at, v_policy.hold_seconds,
    v_policy.hold_seconds_max, v_policy.hold_life_seconds_max, v_policy.seats_per_hold_max,
    v_policy.seats_per_holder_max, v_policy.refuse_orphans, v_policy.cancellable,
    v_policy.confirm_by, v_policy.cancelled_at, v_show.title, v_show.starts_at,
    v_show.archived_at
  from jsonb_to_record(p_changes) as change (
    "startsAt" timestamptz, "salesFrom" timestamptz, "salesUntil" timestamptz,
    "sellAfterStart" boolean, "holdSeconds" int,
    "holdSecondsMax" int, "holdLifeSecondsMax" int, "maxSeatsPerHold" int,
    "maxSeatsPerHolder" int, "refuseOrphans" boolean, cancellable boolean, "confirmBy" text,
    cancelled boolean, title text, archived boolean
  );
  if v_policy.hold_seconds > v_policy.hold_seconds_max
    or v_policy.hold_seconds_max > v_policy.hold_life_seconds_max
    or v_policy.sales_from >= v_policy.sales_until
  then
    return '{"code": "invalid_request"}';
  end if;

  update rowlock.policies as policy
  set sales_from = v_policy.sales_from,
    sales_until = v_policy.sales_until,
    over_at = v_policy.over_at,
    hold_seconds = v_policy.hold_seconds,
    hold_seconds_max = v_policy.hold_seconds_max,
    hold_life_seconds_max = v_policy.hold_life_seconds_max,
    seats_per_hold_max = v_policy.seats_per_hold_max,
    seats_per_holder_max = v_policy.seats_per_holder_max,
    refuse_orphans = v_policy.refuse_orphans,
    cancellable = v_policy.cancellable,
    confirm_by = v_policy.confirm_by,
    cancelled_at = v_policy.cancelled_at
  where policy.show_id = p_show_id;
  update rowlock.shows as show
  set title = v_show.title, starts_at = v_show.starts_at, archived_at = v_show.archived_at
  where show.show_id = p_show_id;
  if p_changes ? 'maxSeatsPerHolder' then
    perform rowlock.count_holders(p_show_id);
  end if;
  perform rowlock.record_change(
    p_show_id, 'change', p_actor, p_request_id, p_fingerprint, p_changes
  );
  return '{"code": "done"}';
end
$$;

-- Appends seats to the plan that belongs to this one show. p_expected_count is the number of seats
-- that the caller saw; p_lines: the rows along which numbers jump with the new seats, as
-- set_lines() takes them, or null where they stay as they are.
-- Outcomes: show_unknown, idempotency_key_reused, plan_shared, seats_exist {"labels"},
-- plan_changed (look again and repeat), done.
create or replace function rowlock.add_seats(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_show_id bigint,
  p_expected_count int,
  p_seats json,
  p_lines jsonb default null
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.lock_show(p_show_id, p_request_id, p_fingerprint);
  v_plan rowlock.plans;
  v_labels jsonb;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  select plan.* into v_plan
  from rowlock.plans as plan
  join rowlock.shows as show on show.plan_id = plan.plan_id
  where show.show_id = p_show_id;
  if v_plan.venue_id is not null then
    return '{"code": "plan_shared"}';
  end if;
  select jsonb_agg(added.label order by added.ordinality) into v_labels
  from rows from (
    json_to_recordset(p_seats) as (key text, label text)
  ) with ordinality as added
  where exists (
    select
    from rowlock.seats as seat
    where seat.plan_id = v_plan.plan_id
      and seat.key = added.key
  );
  if v_labels is not null then
    return jsonb_build_object('code', 'seats_exist', 'labels', v_labels);
  end if;
  if v_plan.seat_count <> p_expected_count then
    return '{"code": "plan_changed"}';
  end if;

  perform rowlock.insert_seats(v_plan.plan_id, v_plan.seat_count, p_seats);
  if p_lines is not null then
    perform rowlock.set_lines(v_plan.plan_id, p_lines);
  end if;
  update rowlock.plans as plan
  set seat_count = v_plan.seat_count + json_array_length(p_seats)
  where plan.plan_id = v_plan.plan_id;
  perform rowlock.index_plan(v_plan.plan_id);
  update rowlock.policies as policy
  set seat_count = v_plan.seat_count + json_array_length(p_seats)
  where policy.show_id = p_show_id;
  perform rowlock.record_change(
    p_show_id, 'add_seats', p_actor, p_request_id, p_fingerprint,
    jsonb_build_object('from', v_plan.seat_count, 'count', json_array_length(p_seats))
  );
  return '{"code": "done"}';
end
$$;
