-- Deliveries: who has something to be told of, who delivers it, and what became of it. A lease
-- says which server delivers a show to a webhook; a server that dies loses it after half a minute.

-- Shows that some webhook is to be told of, as far as that can be seen without looking at each of
-- them: new entries, ends that have come, retries that are due, leases that ran out. Null while
-- there is no webhook at all.
create or replace function rowlock.webhook_work(p_limit int) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
begin
  if not exists (select from rowlock.webhooks as known where known.disabled_at is null) then
    return null;
  end if;
  return (
    with newest as materialized (
      select moment.show_id, moment.version
      from rowlock.show_times as moment
    )
    select coalesce(json_agg(work.show_id), '[]')
    from (
      select ending.show_id
      from rowlock.hold_ends as ending
      where ending.until <= v_now
      union
      select cursor.show_id
      from rowlock.webhook_cursors as cursor
      where cursor.retry_at <= v_now
      union
      select cursor.show_id
      from rowlock.webhook_cursors as cursor
      where cursor.leased_until <= v_now
      union
      select newest.show_id
      from newest
      left join rowlock.event_shows as known on known.show_id = newest.show_id
      where known.show_id is null
        or newest.version > known.told_version
        or known.expiry_no > known.told_expiry_no
      limit p_limit
    ) as work
  );
end
$$;

-- One turn for a show: brings its expiries up to date, and gives p_server what is to be delivered:
-- {"more", "leases": [{"webhookId", "url", "events", "owner", "seesAll", "secrets", "version",
-- "expiryNo", "tries"}]}. Whatever is not given out now is leased to somebody, waits for its retry,
-- or is seen by webhook_work.
create or replace function rowlock.webhook_turn(p_show_id bigint, p_server uuid) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_has_more boolean := rowlock.note_show(p_show_id);
  v_known rowlock.event_shows;
  v_now timestamptz := rowlock.clock();
  v_leases json;
begin
  select known.* into v_known
  from rowlock.event_shows as known
  where known.show_id = p_show_id
  for update;
  perform rowlock.open_cursors(p_show_id);
  with wanted as materialized (
    select wanted.webhook_id, wanted.sees_all
    from rowlock.webhooks_of(p_show_id) as wanted
  ), free as (
    select cursor.webhook_id, wanted.sees_all
    from rowlock.webhook_cursors as cursor
    join wanted on wanted.webhook_id = cursor.webhook_id
    where cursor.show_id = p_show_id
      and (cursor.version < v_known.version or cursor.expiry_no < v_known.expiry_no)
      and (cursor.retry_at is null or cursor.retry_at <= v_now)
      and (cursor.leased_until is null or cursor.leased_until <= v_now)
    for update of cursor skip locked
  ), leased as (
    update rowlock.webhook_cursors as cursor
    set leased_by = p_server, leased_until = v_now + interval '30 seconds', retry_at = null
    from free
    where cursor.webhook_id = free.webhook_id
      and cursor.show_id = p_show_id
    returning cursor.webhook_id, cursor.version, cursor.expiry_no, cursor.tries, free.sees_all
  )
  select json_agg(json_build_object(
    'webhookId', known.webhook_id,
    'url', known.url,
    'events', known.events,
    'owner', known.owner,
    'seesAll', leased.sees_all,
    'secrets', rowlock.secrets_of(known.webhook_id),
    'version', leased.version,
    'expiryNo', leased.expiry_no,
    'tries', leased.tries
  )) into v_leases
  from leased
  join rowlock.webhooks as known on known.webhook_id = leased.webhook_id;
  update rowlock.event_shows as known
  set told_version = v_known.version, told_expiry_no = v_known.expiry_no
  where known.show_id = p_show_id
    and (known.told_version, known.told_expiry_no)
      is distinct from (v_known.version, v_known.expiry_no);
  perform rowlock.commit_later();
  return json_build_object('more', v_has_more, 'leases', coalesce(v_leases, '[]'));
end
$$;

-- Lets the commit of this transaction be written to disk with the next one, a moment later: what a
-- crash takes back is told once more, and nothing is lost, because what is written later is never
-- there without what was written before. So deliveries never make a sale wait for the disk.
create or replace function rowlock.commit_later() returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  perform set_config('synchronous_commit', 'off', true);
end
$$;

-- The secrets that sign now, the newest first.
create or replace function rowlock.secrets_of(p_webhook_id uuid) returns json
language sql stable
set search_path = rowlock, pg_temp
as $$
  select json_agg(secret.secret order by secret.created_at desc)
  from rowlock.webhook_secrets as secret
  where secret.webhook_id = p_webhook_id
    and (secret.expires_at is null or secret.expires_at > rowlock.clock())
$$;

-- Target of a test event: {"url", "secrets"}; null when there is no such webhook.
create or replace function rowlock.webhook_target(p_owner text, p_webhook_id uuid) returns json
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select json_build_object('url', known.url, 'secrets', rowlock.secrets_of(known.webhook_id))
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner)
$$;

-- Settles leases of p_server, all in one commit: [{"webhookId", "showId", "version", "expiryNo",
-- "goesOn", "delivered", "failure"}]. Answers for each, in this order, whether the server still has
-- it.
create or replace function rowlock.settle_leases(p_server uuid, p_reports jsonb) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_report record;
  v_kept boolean[] := array_fill(false, array[jsonb_array_length(p_reports)]);
begin
  for v_report in
    select told.number, report.*
    from jsonb_array_elements(p_reports) with ordinality as told (report, number)
    cross join jsonb_to_record(told.report) as report (
      "webhookId" uuid, "showId" bigint, version bigint, "expiryNo" bigint, "goesOn" boolean,
      delivered jsonb, failure jsonb
    )
    -- In one order everywhere, so that no two of them wait for each other.
    order by report."showId", report."webhookId"
  loop
    v_kept[v_report.number] := rowlock.settle_lease(
      v_report."webhookId", v_report."showId", p_server, v_report.version, v_report."expiryNo",
      v_report."goesOn", nullif(v_report.delivered, 'null'), nullif(v_report.failure, 'null')
    );
  end loop;
  perform rowlock.commit_later();
  return to_json(v_kept);
end
$$;

-- Settles a lease. The cursor moves to p_version and p_expiry_no; p_goes_on keeps the lease for
-- more. p_failure is the event behind that place: {"eventId", "type", "version", "expiryNo",
-- "status", "answer", "error", "tookMs", "retryAfterMs", "isGone"}; p_delivered is the last that
-- arrived. A server whose lease ran out meanwhile changes nothing. Answers whether it still has it.
create or replace function rowlock.settle_lease(
  p_webhook_id uuid,
  p_show_id bigint,
  p_server uuid,
  p_version bigint,
  p_expiry_no bigint,
  p_goes_on boolean,
  p_delivered jsonb,
  p_failure jsonb
) returns boolean
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_cursor rowlock.webhook_cursors;
  v_now timestamptz := rowlock.clock();
begin
  if not p_goes_on then
    -- Whoever brings the show up to date just now sees this lease, or is seen below: else what came
    -- in between would wait for what comes next.
    perform
    from rowlock.event_shows as known
    where known.show_id = p_show_id
    for share;
  end if;
  select cursor.* into v_cursor
  from rowlock.webhook_cursors as cursor
  where cursor.webhook_id = p_webhook_id
    and cursor.show_id = p_show_id
    and cursor.leased_by = p_server
  for update;
  if not found then
    return false;
  end if;
  if p_delivered is not null then
    perform rowlock.note_delivery(p_webhook_id, p_show_id, 'delivered', 1, p_delivered, null);
    update rowlock.webhooks as known
    set failing_since = null
    where known.webhook_id = p_webhook_id
      and known.failing_since is not null;
    if v_cursor.tries > 0 then
      -- What was tried before has arrived by now, and what comes after it, too.
      update rowlock.webhook_attempts as attempt
      set state = 'delivered', tries = attempt.tries + 1, at = v_now
      where attempt.webhook_id = p_webhook_id
        and attempt.show_id = p_show_id
        and attempt.state = 'waiting'
        and attempt.next_at is null;
    end if;
    v_cursor.tries := 0;
  end if;
  p_goes_on := p_goes_on and exists (
    select
    from rowlock.webhooks as known
    where known.webhook_id = p_webhook_id
      and known.disabled_at is null
  );
  v_cursor.version := p_version;
  v_cursor.expiry_no := p_expiry_no;
  if p_failure is not null then
    v_cursor := rowlock.after_failure(v_cursor, p_failure);
  end if;
  update rowlock.webhook_cursors as cursor
  set version = v_cursor.version,
    expiry_no = v_cursor.expiry_no,
    tries = v_cursor.tries,
    -- Who stops before the end leaves it to whoever looks next, and may die before it looks itself.
    retry_at = case
      when p_goes_on or p_failure is not null then v_cursor.retry_at
      when exists (
        select
        from rowlock.event_shows as known
        where known.show_id = p_show_id
          and (known.version > v_cursor.version or known.expiry_no > v_cursor.expiry_no)
      ) then v_now
    end,
    leased_by = case when p_goes_on then p_server end,
    leased_until = case when p_goes_on then v_now + interval '30 seconds' end
  where cursor.webhook_id = p_webhook_id
    and cursor.show_id = p_show_id;
  return p_goes_on;
end
$$;

-- A cursor after its next event failed. The first two failures keep it where it is; then the event
-- goes on alone, and the rest is not held back by it any longer.
create or replace function rowlock.after_failure(
  p_cursor rowlock.webhook_cursors,
  p_failure jsonb
) returns rowlock.webhook_cursors
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_pause interval;
begin
  perform rowlock.note_failure(p_cursor.webhook_id, p_failure);
  p_cursor.tries := p_cursor.tries + 1;
  v_pause := greatest(
    rowlock.retry_pause(p_cursor.tries),
    make_interval(secs => coalesce((p_failure ->> 'retryAfterMs')::float8, 0) / 1000)
  );
  if p_cursor.tries <= 2 then
    p_cursor.retry_at := v_now + v_pause;
    perform rowlock.note_delivery(
      p_cursor.webhook_id, p_cursor.show_id, 'waiting', p_cursor.tries, p_failure, null
    );
    return p_cursor;
  end if;
  perform rowlock.note_delivery(
    p_cursor.webhook_id, p_cursor.show_id, 'waiting', p_cursor.tries, p_failure, v_now + v_pause
  );
  p_cursor.tries := 0;
  p_cursor.retry_at := v_now;
  p_cursor.version := greatest(p_cursor.version, (p_failure ->> 'version')::bigint);
  p_cursor.expiry_no := greatest(p_cursor.expiry_no, (p_failure ->> 'expiryNo')::bigint);
  return p_cursor;
end
$$;

-- Since when a webhook fails; 410 ends it at once, five days of nothing but failures do too.
create or replace function rowlock.note_failure(p_webhook_id uuid, p_failure jsonb) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_since timestamptz;
begin
  update rowlock.webhooks as known
  set failing_since = coalesce(known.failing_since, v_now)
  where known.webhook_id = p_webhook_id
  returning known.failing_since into v_since;
  if (p_failure ->> 'isGone')::boolean then
    perform rowlock.disable_webhook(p_webhook_id, 'gone');
  elsif v_since < v_now - interval '5 days' then
    perform rowlock.disable_webhook(p_webhook_id, 'failing');
  end if;
end
$$;

-- Keeps what is known of one event's delivery, and of those that arrived the last hundred.
create or replace function rowlock.note_delivery(
  p_webhook_id uuid,
  p_show_id bigint,
  p_state text,
  p_tries int,
  p_event jsonb,
  p_next_at timestamptz
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.webhook_attempts as attempt (
    webhook_id, event_id, show_id, version, expiry_no, type, state, tries, at, next_at, status,
    answer, error, took_ms
  )
  select p_webhook_id, told."eventId", p_show_id, told.version, told."expiryNo", told.type,
    p_state, p_tries, rowlock.clock(), p_next_at, told.status, left(told.answer, 1000),
    left(told.error, 300), told."tookMs"
  from jsonb_to_record(p_event) as told (
    "eventId" text, version bigint, "expiryNo" bigint, type text, status int, answer text,
    error text, "tookMs" int
  )
  on conflict (webhook_id, event_id) do update
  set state = excluded.state,
    tries = excluded.tries,
    at = excluded.at,
    next_at = excluded.next_at,
    status = excluded.status,
    answer = excluded.answer,
    error = excluded.error,
    took_ms = excluded.took_ms;
  if p_state = 'delivered' and random() < 0.05 then
    delete from rowlock.webhook_attempts as attempt
    where attempt.webhook_id = p_webhook_id
      and attempt.state <> 'waiting'
      and attempt.at < (
        select old.at
        from rowlock.webhook_attempts as old
        where old.webhook_id = p_webhook_id
          and old.state <> 'waiting'
        order by old.at desc
        offset 100
        limit 1
      );
  end if;
end
$$;
