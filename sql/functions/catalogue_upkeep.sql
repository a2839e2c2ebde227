-- Venues, plans and shows are looked after: renamed, put away, repeated, deleted. Safe to retry by
-- request id, like everything in the catalogue.

-- Since when something is retired, once p_changes were made: {"retired": true} keeps the first
-- time, false brings it back, and without the field it stays as it is.
create or replace function rowlock.retired_since(
  p_retired_at timestamptz,
  p_changes jsonb,
  p_now timestamptz
) returns timestamptz
language sql immutable
as $$
  select case (p_changes ->> 'retired')::boolean
    when true then coalesce(p_retired_at, p_now)
    when false then null
    else p_retired_at
  end
$$;

-- p_changes has only the fields to change: {"name", "timeZone", "retired"}.
-- Outcomes: idempotency_key_reused, venue_unknown, done.
create or replace function rowlock.change_venue(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_venue_id uuid,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_retired_at timestamptz;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  -- Apart from the update: every node of a sharded database makes that, and knows no functions.
  select venue.retired_at into v_retired_at
  from rowlock.venues as venue
  where venue.venue_id = p_venue_id
  for no key update;
  if not found then
    return '{"code": "venue_unknown"}';
  end if;
  v_retired_at := rowlock.retired_since(v_retired_at, p_changes, rowlock.clock());
  update rowlock.venues as venue
  set name = coalesce(p_changes ->> 'name', venue.name),
    time_zone = coalesce(p_changes ->> 'timeZone', venue.time_zone),
    retired_at = v_retired_at
  where venue.venue_id = p_venue_id;
  perform rowlock.note_act(
    p_actor, null, 'changeVenue', rowlock.public_id('venue', p_venue_id), p_changes
  );
  return rowlock.keep_answer(p_request_id, p_fingerprint, '{"code": "done"}');
end
$$;

-- p_changes: {"name", "retired"}.
-- Outcomes: idempotency_key_reused, plan_unknown, done.
create or replace function rowlock.change_plan(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_plan_id uuid,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_retired_at timestamptz;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  -- Apart from the update: every node of a sharded database makes that, and knows no functions.
  select plan.retired_at into v_retired_at
  from rowlock.plans as plan
  where plan.plan_id = p_plan_id
  for no key update;
  if not found then
    return '{"code": "plan_unknown"}';
  end if;
  v_retired_at := rowlock.retired_since(v_retired_at, p_changes, rowlock.clock());
  update rowlock.plans as plan
  set name = coalesce(p_changes ->> 'name', plan.name),
    retired_at = v_retired_at
  where plan.plan_id = p_plan_id;
  perform rowlock.note_act(
    p_actor, null, 'changePlan', rowlock.public_id('plan', p_plan_id), p_changes
  );
  return rowlock.keep_answer(p_request_id, p_fingerprint, '{"code": "done"}');
end
$$;

-- Deletes a show, and its own plan, as long as nothing was ever sold for it and nobody holds seats
-- of it. Its journal stays, as every journal does, under a number that nothing else ever gets; its
-- last entry says who deleted it. Found by its key, because a retry finds no show any more.
-- Outcomes: idempotency_key_reused, show_unknown, show_in_use {"why": "sold" | "held"},
-- done {"key", "deletedAt"}.
create or replace function rowlock.delete_show(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_key text
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_show rowlock.shows;
  v_now timestamptz;
  v_why text;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  perform rowlock.take_turn('show', p_key);
  select show.* into v_show
  from rowlock.shows as show
  where show.key = p_key;
  if not found then
    return '{"code": "show_unknown"}';
  end if;
  -- Whoever sells waits here, and then finds no show.
  perform
  from rowlock.policies as policy
  where policy.show_id = v_show.show_id
  for update;
  v_now := rowlock.show_time(v_show.show_id);
  if exists (
    select
    from rowlock.journal as entry
    where entry.show_id = v_show.show_id
      and entry.kind in ('confirm', 'book')
  ) then
    v_why := 'sold';
  elsif exists (
    select
    from rowlock.claims as claim
    where claim.show_id = v_show.show_id
      and claim.until > v_now
      and claim.until < 'infinity'
  ) then
    v_why := 'held';
  end if;
  if v_why is not null then
    return jsonb_build_object('code', 'show_in_use', 'why', v_why);
  end if;
  perform rowlock.append_entry(
    v_show.show_id, 'change', p_actor, p_request_id, p_fingerprint,
    jsonb_build_object('deleted', true, 'key', p_key)
  );
  perform rowlock.delete_rows_of_show(v_show.show_id, v_show.plan_id);
  perform rowlock.note_act(
    p_actor, null, 'deleteShow', p_key,
    jsonb_build_object('title', v_show.title, 'startsAt', v_show.starts_at)
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint,
    jsonb_build_object('code', 'done', 'key', p_key, 'deletedAt', rowlock.ms(rowlock.clock()))
  );
end
$$;

-- Every row of a show but its journal, and of its plan where that is its own.
create or replace function rowlock.delete_rows_of_show(p_show_id bigint, p_plan_id uuid)
returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  delete from rowlock.claims as gone where gone.show_id = p_show_id;
  delete from rowlock.refusals as gone where gone.show_id = p_show_id;
  delete from rowlock.tallies as gone where gone.show_id = p_show_id;
  delete from rowlock.webhook_attempts as gone where gone.show_id = p_show_id;
  delete from rowlock.webhook_cursors as gone where gone.show_id = p_show_id;
  delete from rowlock.expiries as gone where gone.show_id = p_show_id;
  delete from rowlock.hold_ends as gone where gone.show_id = p_show_id;
  delete from rowlock.event_shows as gone where gone.show_id = p_show_id;
  delete from rowlock.policies as gone where gone.show_id = p_show_id;
  delete from rowlock.shows as gone where gone.show_id = p_show_id;
  perform
  from rowlock.plans as plan
  where plan.plan_id = p_plan_id
    and plan.venue_id is null
  for update;
  if found then
    delete from rowlock.lines as gone where gone.plan_id = p_plan_id;
    delete from rowlock.plan_parts as gone where gone.plan_id = p_plan_id;
    delete from rowlock.seats as gone where gone.plan_id = p_plan_id;
    delete from rowlock.plans as gone where gone.plan_id = p_plan_id;
  end if;
end
$$;

-- Creates shows like one that is there: on the same plan, or a copy of its own, and on the same
-- terms. The end of sales keeps its distance to the start; their beginning stays. All or none.
-- p_shows: [{"key", "title", "startsAt", "fingerprint", "planId"}], titles and plans being null
-- where they are those of the show.
-- Outcomes: idempotency_key_reused, show_unknown, show_exists {"keys"} (of shows that are others),
-- venue_retired, plan_retired, invalid_request {"keys"} (sales would end before they begin), done
-- {"created"}.
create or replace function rowlock.repeat_show(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_show_id bigint,
  p_shows jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_show rowlock.shows;
  v_plan rowlock.plans;
  v_policy rowlock.policies;
  v_refusal text;
  v_wanted record;
  v_taken jsonb;
  v_created bigint := 0;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  select show.* into v_show from rowlock.shows as show where show.show_id = p_show_id;
  select policy.* into v_policy from rowlock.policies as policy where policy.show_id = p_show_id;
  if not found then
    return '{"code": "show_unknown"}';
  end if;
  select plan.* into v_plan
  from rowlock.plans as plan
  where plan.plan_id = v_show.plan_id
  for key share;
  -- In one order, so that two who ask for the same keys do not wait for each other.
  perform rowlock.take_turn('show', turn.key)
  from (
    select distinct on (hashtext(wanted.key) & 255) wanted.key
    from jsonb_to_recordset(p_shows) as wanted (key text)
    order by hashtext(wanted.key) & 255
  ) as turn;
  select jsonb_agg(wanted.key) into v_taken
  from jsonb_to_recordset(p_shows) as wanted (key text, fingerprint uuid)
  join rowlock.shows as known on known.key = wanted.key
  where known.fingerprint <> wanted.fingerprint;
  if v_taken is not null then
    return jsonb_build_object('code', 'show_exists', 'keys', v_taken);
  end if;
  -- Only shows that are not there yet need a plan and a venue that take new ones.
  if exists (
    select
    from jsonb_to_recordset(p_shows) as wanted (key text)
    where not exists (select from rowlock.shows as known where known.key = wanted.key)
  ) then
    v_refusal := rowlock.retired_refusal(v_plan);
    if v_refusal is not null then
      return jsonb_build_object('code', v_refusal);
    end if;
  end if;
  select jsonb_agg(wanted.key) into v_taken
  from jsonb_to_recordset(p_shows) as wanted (key text, "startsAt" timestamptz)
  where v_policy.sales_from >= v_policy.sales_until + (wanted."startsAt" - v_show.starts_at);
  if v_taken is not null then
    return jsonb_build_object('code', 'invalid_request', 'keys', v_taken);
  end if;
  for v_wanted in
    select wanted.*
    from jsonb_to_recordset(p_shows) as wanted (
      key text, title text, "startsAt" timestamptz, fingerprint uuid, "planId" uuid
    )
    where not exists (select from rowlock.shows as known where known.key = wanted.key)
  loop
    if v_plan.venue_id is null then
      perform rowlock.copy_plan(v_plan.plan_id, v_wanted."planId");
    end if;
    perform rowlock.repeat_once(
      v_show, v_policy, v_wanted.key, coalesce(v_wanted.title, v_show.title),
      v_wanted."startsAt", case when v_plan.venue_id is null then v_wanted."planId" end,
      v_wanted.fingerprint, p_actor, p_request_id, p_fingerprint
    );
    v_created := v_created + 1;
  end loop;
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'created', v_created)
  );
end
$$;

-- A plan with all its seats under another id.
create or replace function rowlock.copy_plan(p_plan_id uuid, p_copy_id uuid) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.plans
  select (jsonb_populate_record(plan, jsonb_build_object('plan_id', p_copy_id))).*
  from rowlock.plans as plan
  where plan.plan_id = p_plan_id;
  insert into rowlock.seats
  select (jsonb_populate_record(seat, jsonb_build_object('plan_id', p_copy_id))).*
  from rowlock.seats as seat
  where seat.plan_id = p_plan_id;
  insert into rowlock.plan_parts
  select (jsonb_populate_record(part, jsonb_build_object('plan_id', p_copy_id))).*
  from rowlock.plan_parts as part
  where part.plan_id = p_plan_id;
  insert into rowlock.lines
  select (jsonb_populate_record(line, jsonb_build_object('plan_id', p_copy_id))).*
  from rowlock.lines as line
  where line.plan_id = p_plan_id;
end
$$;

-- One show like p_show. Its terms are those of p_policy, whichever there are.
create or replace function rowlock.repeat_once(
  p_show rowlock.shows,
  p_policy rowlock.policies,
  p_key text,
  p_title text,
  p_starts_at timestamptz,
  p_plan_id uuid,
  p_show_fingerprint uuid,
  p_actor text,
  p_request_id uuid,
  p_fingerprint uuid
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_show_id bigint;
begin
  insert into rowlock.shows (key, title, plan_id, starts_at, fingerprint, created_at)
  values (
    p_key, p_title, coalesce(p_plan_id, p_show.plan_id), p_starts_at, p_show_fingerprint,
    rowlock.clock()
  )
  returning show_id into v_show_id;
  insert into rowlock.policies
  select (
    jsonb_populate_record(
      p_policy,
      jsonb_build_object(
        'show_id', v_show_id,
        'sales_until', p_policy.sales_until + (p_starts_at - p_show.starts_at),
        'over_at', case when p_policy.over_at is not null then p_starts_at end,
        'cancelled_at', null
      )
    )
  ).*;
  perform rowlock.append_entry(
    v_show_id, 'create', p_actor, p_request_id, p_fingerprint,
    jsonb_build_object('title', p_title, 'startsAt', p_starts_at, 'repeats', p_show.key)
      || rowlock.terms_of(v_show_id)
  );
  perform rowlock.note_act(
    p_actor, null, 'repeatShow', p_key,
    jsonb_build_object('title', p_title, 'repeats', p_show.key)
  );
end
$$;
