-- Deliveries: what became of what a server was to deliver. Whose turn it is: webhook_turns.

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
