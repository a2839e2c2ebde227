-- Events that failed more than their first tries, and go on alone until they arrive or three days
-- are over.

-- Seconds until the next try, by how many there were, with a fifth of chance so that not all come
-- back at once. The first two keep their place in the order of the show; null: no more.
create or replace function rowlock.retry_pause(p_tries int) returns interval
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select make_interval(secs => pause * (0.9 + 0.2 * random()))
  from (
    select (array[
      5, 30, 120, 600, 1800, 7200, 14400, 28800, 43200, 57600, 72000, 86400
    ])[p_tries] as pause
  ) as planned
$$;

-- Events that go on alone and are due: at most p_limit of them, each given to one server for a
-- minute. [{"webhookId", "url", "secrets", "showId", "version", "expiryNo", "tries", "eventId"}].
create or replace function rowlock.lease_attempts(p_limit int) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_due json;
begin
  with due as (
    select attempt.webhook_id, attempt.event_id
    from rowlock.webhook_attempts as attempt
    join rowlock.webhooks as known
      on known.webhook_id = attempt.webhook_id
      and known.disabled_at is null
    where attempt.next_at <= v_now
    order by attempt.next_at
    limit p_limit
    for update of attempt skip locked
  ), leased as (
    update rowlock.webhook_attempts as attempt
    set next_at = v_now + interval '1 minute'
    from due
    where attempt.webhook_id = due.webhook_id
      and attempt.event_id = due.event_id
    returning attempt.*
  )
  select json_agg(json_build_object(
    'webhookId', leased.webhook_id, 'url', known.url,
    'secrets', rowlock.secrets_of(known.webhook_id), 'showId', leased.show_id,
    'version', leased.version, 'expiryNo', leased.expiry_no, 'tries', leased.tries,
    'eventId', leased.event_id
  )) into v_due
  from leased
  join rowlock.webhooks as known on known.webhook_id = leased.webhook_id;
  return coalesce(v_due, '[]');
end
$$;

-- Settles one of them: delivered, to be tried again, or given up after the last try.
create or replace function rowlock.settle_attempt(
  p_webhook_id uuid,
  p_show_id bigint,
  p_event jsonb,
  p_is_delivered boolean
) returns void
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_tries int;
  v_pause interval;
  v_asked interval;
begin
  select attempt.tries + 1 into v_tries
  from rowlock.webhook_attempts as attempt
  where attempt.webhook_id = p_webhook_id
    and attempt.event_id = p_event ->> 'eventId'
  for update;
  if not found then
    return;
  end if;
  if p_is_delivered then
    update rowlock.webhooks as known
    set failing_since = null
    where known.webhook_id = p_webhook_id;
    perform rowlock.note_delivery(p_webhook_id, p_show_id, 'delivered', v_tries, p_event, null);
    return;
  end if;
  perform rowlock.note_failure(p_webhook_id, p_event);
  -- Null when there is no further try.
  v_pause := rowlock.retry_pause(v_tries);
  v_asked := make_interval(secs => coalesce((p_event ->> 'retryAfterMs')::float8, 0) / 1000);
  perform rowlock.note_delivery(
    p_webhook_id, p_show_id, case when v_pause is null then 'failed' else 'waiting' end,
    v_tries, p_event, v_now + case when v_pause is not null then greatest(v_pause, v_asked) end
  );
end
$$;
