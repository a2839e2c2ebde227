-- Venues, plans and shows. These are written rarely, one at a time. A request id makes each safe to
-- retry: the answer is kept in the very transaction that has the effect.

-- Waits until nobody else of the same kind has this name, up to the end of the transaction. A row
-- is locked and not a number, because numbers can be locked by anybody who may connect. Other names
-- may share the row: then they wait without need, and briefly.
create or replace function rowlock.take_turn(p_kind text, p_name text) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  perform
  from rowlock.locks as known
  where known.name = p_kind || ':' || (hashtext(p_name) & 255)
  for update;
end
$$;

-- The answer that a request got before: {"code", …}, `idempotency_key_reused` when the id was used
-- for another request, or null when it is new.
create or replace function rowlock.answered(p_request_id uuid, p_fingerprint uuid)
returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_request rowlock.requests;
begin
  -- One writer at a time per request id, so that the same request at once has one effect.
  perform rowlock.take_turn('request', p_request_id::text);
  select request.* into v_request
  from rowlock.requests as request
  where request.request_id = p_request_id;
  if not found then
    return null;
  end if;
  if v_request.fingerprint <> p_fingerprint then
    return '{"code": "idempotency_key_reused"}';
  end if;
  return v_request.answer || '{"replayed": true}';
end
$$;

-- Keeps an answer under its request id, and gives it back.
create or replace function rowlock.keep_answer(
  p_request_id uuid,
  p_fingerprint uuid,
  p_answer jsonb
) returns jsonb
language sql volatile
set search_path = rowlock, pg_temp
as $$
  insert into rowlock.requests (request_id, fingerprint, at, answer)
  values (p_request_id, p_fingerprint, rowlock.clock(), p_answer)
  returning answer
$$;

-- Outcomes: done {"venueId"}.
create or replace function rowlock.create_venue(
  p_request_id uuid,
  p_fingerprint uuid,
  p_venue_id uuid,
  p_name text,
  p_time_zone text,
  p_actor text default 'owner'
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
begin
  if v_answer is not null then
    return v_answer;
  end if;
  insert into rowlock.venues (venue_id, name, time_zone, created_at)
  values (p_venue_id, p_name, p_time_zone, rowlock.clock());
  perform rowlock.note_act(
    p_actor, null, 'createVenue', rowlock.public_id('venue', p_venue_id),
    jsonb_build_object('name', p_name)
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'venueId', p_venue_id)
  );
end
$$;

-- Tells whether a venue takes no new plans and shows. What has no venue is not retired with one.
create or replace function rowlock.is_retired(p_venue_id uuid) returns boolean
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
begin
  return exists (
    select
    from rowlock.venues as venue
    where venue.venue_id = p_venue_id
      and venue.retired_at is not null
  );
end
$$;

-- Inserts seats from p_first_seat_no on, in their order. p_seats: [{"key", "label", …}], named like
-- the columns.
create or replace function rowlock.insert_seats(
  p_plan_id uuid,
  p_first_seat_no int,
  p_seats json
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.seats
  select
    p_plan_id,
    p_first_seat_no + (seat.ordinality - 1)::int,
    seat.key, seat.label, seat.section, seat.row_label, seat.number, seat.category,
    seat.x, seat.y, seat.joined, seat.accessible, seat.companion, seat.restricted_view,
    seat.external_id
  from rows from (
    json_to_recordset(p_seats) as (
      key text, label text, section text, row_label text, number text, category text,
      x float8, y float8, joined boolean, accessible boolean, companion boolean,
      restricted_view boolean, external_id text
    )
  ) with ordinality as seat;
end
$$;

-- The lines of a plan instead of those that it had: [{"round", "seats": [number]}].
create or replace function rowlock.set_lines(p_plan_id uuid, p_lines jsonb) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  delete from rowlock.lines as line
  where line.plan_id = p_plan_id;
  insert into rowlock.lines (plan_id, line_no, is_round, seats)
  select p_plan_id, given.ordinality - 1, (given.line ->> 'round')::boolean,
    array(
      select seat_no::int
      from jsonb_array_elements_text(given.line -> 'seats') as seat_no
    )
  from jsonb_array_elements(p_lines) with ordinality as given (line);
end
$$;

-- Makes a plan of these seats: p_lines are rows along which numbers jump, as set_lines() takes
-- them. A null venue is for a plan that belongs to one show.
create or replace function rowlock.insert_plan(
  p_plan_id uuid,
  p_venue_id uuid,
  p_name text,
  p_drawing jsonb,
  p_seats json,
  p_lines jsonb
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.plans (plan_id, venue_id, name, seat_count, drawing, created_at)
  values (
    p_plan_id, p_venue_id, p_name, json_array_length(p_seats), p_drawing, rowlock.clock()
  );
  perform rowlock.insert_seats(p_plan_id, 0, p_seats);
  perform rowlock.set_lines(p_plan_id, p_lines);
  perform rowlock.index_plan(p_plan_id);
end
$$;

-- Refusal of a new show on a plan: its venue is retired, or the plan itself; null where it may be.
create or replace function rowlock.retired_refusal(p_plan rowlock.plans) returns text
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
begin
  return case
    when rowlock.is_retired(p_plan.venue_id) then 'venue_retired'
    when p_plan.retired_at is not null then 'plan_retired'
  end;
end
$$;

-- Outcomes: venue_unknown, venue_retired, done {"planId"}. See insert_plan().
create or replace function rowlock.create_plan(
  p_request_id uuid,
  p_fingerprint uuid,
  p_plan_id uuid,
  p_venue_id uuid,
  p_name text,
  p_drawing jsonb,
  p_seats json,
  p_actor text default 'owner',
  p_lines jsonb default '[]'
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
begin
  if v_answer is not null then
    return v_answer;
  end if;
  if p_venue_id is not null
    and not exists (select from rowlock.venues where venue_id = p_venue_id)
  then
    return '{"code": "venue_unknown"}';
  end if;
  if rowlock.is_retired(p_venue_id) then
    return '{"code": "venue_retired"}';
  end if;
  perform rowlock.insert_plan(p_plan_id, p_venue_id, p_name, p_drawing, p_seats, p_lines);
  perform rowlock.note_act(
    p_actor, null, 'createPlan', rowlock.public_id('plan', p_plan_id),
    jsonb_build_object('name', p_name, 'seatCount', json_array_length(p_seats))
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'planId', p_plan_id)
  );
end
$$;

-- Creates a show on a venue's plan (p_plan_id), or on a plan of its own that p_own_plan describes:
-- {"planId", "name", "drawing"} with p_own_seats. p_policy: {"holdSeconds", …}.
-- Outcomes: already (the same show is there), show_exists (another is), plan_unknown,
-- venue_retired, plan_retired, done.
create or replace function rowlock.create_show(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_body_fingerprint uuid,
  p_key text,
  p_title text,
  p_starts_at timestamptz,
  p_plan_id uuid,
  p_policy jsonb,
  p_own_plan jsonb,
  p_own_seats json
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_plan_id uuid := coalesce(p_plan_id, (p_own_plan ->> 'planId')::uuid);
  v_plan rowlock.plans;
  v_refusal text;
  v_show rowlock.shows;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  -- Two callers that create the same show at once take turns here, not at the unique key.
  perform rowlock.take_turn('show', p_key);
  select show.* into v_show
  from rowlock.shows as show
  where show.key = p_key;
  if found then
    return jsonb_build_object(
      'code', case
        when v_show.fingerprint = p_body_fingerprint then 'already'
        else 'show_exists'
      end
    );
  end if;

  if p_own_plan is not null then
    perform rowlock.insert_plan(
      v_plan_id, null, p_own_plan ->> 'name', p_own_plan -> 'drawing', p_own_seats, '[]'
    );
  end if;
  select plan.* into v_plan
  from rowlock.plans as plan
  where plan.plan_id = v_plan_id
    and (plan.venue_id is not null or p_own_plan is not null)
  for key share;
  if not found then
    return '{"code": "plan_unknown"}';
  end if;
  v_refusal := rowlock.retired_refusal(v_plan);
  if v_refusal is not null then
    return jsonb_build_object('code', v_refusal);
  end if;
  insert into rowlock.shows (key, title, plan_id, starts_at, fingerprint, created_at)
  values (p_key, p_title, v_plan_id, p_starts_at, p_body_fingerprint, rowlock.clock())
  returning * into v_show;
  insert into rowlock.policies (
    show_id, seat_count, sales_from, sales_until, over_at, hold_seconds, hold_seconds_max,
    hold_life_seconds_max, seats_per_hold_max, seats_per_holder_max, refuse_orphans,
    cancellable, confirm_by
  )
  select
    v_show.show_id, v_plan.seat_count, policy."salesFrom", policy."salesUntil",
    case when policy."sellAfterStart" then null else p_starts_at end,
    policy."holdSeconds", policy."holdSecondsMax", policy."holdLifeSecondsMax",
    policy."maxSeatsPerHold", policy."maxSeatsPerHolder",
    policy."refuseOrphans", policy.cancellable, policy."confirmBy"
  from jsonb_to_record(p_policy) as policy (
    "salesFrom" timestamptz, "salesUntil" timestamptz, "sellAfterStart" boolean,
    "holdSeconds" int, "holdSecondsMax" int, "holdLifeSecondsMax" int, "maxSeatsPerHold" int,
    "maxSeatsPerHolder" int, "refuseOrphans" boolean, cancellable boolean,
    "confirmBy" text
  );
  perform rowlock.append_entry(
    v_show.show_id, 'create', p_actor, p_request_id, p_fingerprint,
    p_policy || jsonb_build_object('title', p_title, 'startsAt', p_starts_at)
      || rowlock.terms_of(v_show.show_id)
  );
  perform rowlock.note_act(
    p_actor, null, 'createShow', p_key, jsonb_build_object('title', p_title)
  );
  return rowlock.keep_answer(p_request_id, p_fingerprint, '{"code": "done"}');
end
$$;
