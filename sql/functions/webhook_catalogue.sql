-- Webhooks as their owners see them. Made, changed and ended rarely; safe to retry by request id
-- where something is made.

-- Creates one with its first secret. p_webhook: {"webhookId", "url", "events", "shows",
-- "description", "owner"}. Outcomes: idempotency_key_reused, show_unknown, done {"webhookId"}.
create or replace function rowlock.create_webhook(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_webhook jsonb,
  p_secret text
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_webhook_id uuid := (p_webhook ->> 'webhookId')::uuid;
  v_now timestamptz := rowlock.clock();
begin
  if v_answer is not null then
    return v_answer
      || rowlock.secret_of_request((v_answer ->> 'webhookId')::uuid, p_request_id);
  end if;
  insert into rowlock.webhooks (
    webhook_id, url, events, shows, description, owner, created_at, created_by
  )
  select v_webhook_id, wanted.url, wanted.events, wanted.shows, wanted.description, wanted.owner,
    v_now, p_actor
  from jsonb_to_record(p_webhook) as wanted (
    url text, events text[], shows text[], description text, owner text
  );
  insert into rowlock.webhook_secrets (webhook_id, secret, request_id, created_at)
  values (v_webhook_id, p_secret, p_request_id, v_now);
  perform rowlock.note_act(
    p_actor, null, 'createWebhook', rowlock.public_id('webhook', v_webhook_id),
    jsonb_build_object('url', p_webhook -> 'url')
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'webhookId', v_webhook_id)
  ) || rowlock.secret_of_request(v_webhook_id, p_request_id);
end
$$;

-- The secret that a request made: {"secret"}, null when it has ended. Kept beside the webhook
-- alone, and not with the answers of requests, which every server reads.
create or replace function rowlock.secret_of_request(p_webhook_id uuid, p_request_id uuid)
returns jsonb
language sql stable
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object('secret', (
    select secret.secret
    from rowlock.webhook_secrets as secret
    where secret.webhook_id = p_webhook_id
      and secret.request_id = p_request_id
  ))
$$;

-- Changes what p_changes names: "url", "events", "shows", "description", "disabled". Enabling
-- forgives what failed. Outcomes: webhook_unknown, done.
create or replace function rowlock.change_webhook(
  p_actor text,
  p_owner text,
  p_webhook_id uuid,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_webhook rowlock.webhooks;
begin
  select known.* into v_webhook
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner)
  for update;
  if not found then
    return '{"code": "webhook_unknown"}';
  end if;
  update rowlock.webhooks as known
  set url = coalesce(p_changes ->> 'url', known.url),
    description = case
      when p_changes ? 'description' then p_changes ->> 'description' else known.description
    end,
    events = case
      when p_changes ? 'events' then rowlock.texts_of(p_changes -> 'events') else known.events
    end,
    shows = case
      when p_changes ? 'shows' then rowlock.texts_of(p_changes -> 'shows') else known.shows
    end
  where known.webhook_id = p_webhook_id;
  if (p_changes ->> 'disabled')::boolean then
    perform rowlock.disable_webhook(p_webhook_id, 'by hand');
  elsif not (p_changes ->> 'disabled')::boolean and v_webhook.disabled_at is not null then
    update rowlock.webhooks as known
    set disabled_at = null, disabled_why = null, failing_since = null
    where known.webhook_id = p_webhook_id;
    update rowlock.webhook_cursors as cursor
    set tries = 0, retry_at = rowlock.clock(), leased_by = null, leased_until = null
    where cursor.webhook_id = p_webhook_id;
    -- Shows that it had not been told of before are to be looked at once more.
    update rowlock.event_shows as known
    set told_version = 0
    where known.told_version > 0;
  end if;
  perform rowlock.note_act(
    p_actor, null, 'changeWebhook', rowlock.public_id('webhook', p_webhook_id), p_changes
  );
  return '{"code": "done"}';
end
$$;

-- A JSON list of texts as an array; null for null.
create or replace function rowlock.texts_of(p_list jsonb) returns text[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select case
    when jsonb_typeof(p_list) = 'array' then array(select jsonb_array_elements_text(p_list))
  end
$$;

-- Stops deliveries, and says why: "by hand", "gone" or "failing". What is not delivered yet stays
-- where it is until the webhook is enabled again.
create or replace function rowlock.disable_webhook(p_webhook_id uuid, p_why text) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  update rowlock.webhooks as known
  set disabled_at = rowlock.clock(), disabled_why = p_why
  where known.webhook_id = p_webhook_id
    and known.disabled_at is null;
  if found and p_why <> 'by hand' then
    perform rowlock.note_act(
      'system', null, 'disableWebhook', rowlock.public_id('webhook', p_webhook_id),
      jsonb_build_object('why', p_why)
    );
  end if;
end
$$;

-- Deletes one, with its secrets and what is known of its deliveries; p_webhook is what is answered,
-- whenever the request is sent again. Safe to retry by request id. Outcomes:
-- idempotency_key_reused, webhook_unknown, done {"webhook"}.
create or replace function rowlock.delete_webhook(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_owner text,
  p_webhook_id uuid,
  p_webhook jsonb
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
  delete from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner);
  if not found then
    return '{"code": "webhook_unknown"}';
  end if;
  perform rowlock.note_act(
    p_actor, null, 'deleteWebhook', rowlock.public_id('webhook', p_webhook_id), null
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'webhook', p_webhook)
  );
end
$$;

-- Gives a webhook another secret; those that it has sign along for p_overlap. Safe to retry by
-- request id. Outcomes: idempotency_key_reused, webhook_unknown, done {"webhookId"}.
create or replace function rowlock.rotate_webhook_secret(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_owner text,
  p_webhook_id uuid,
  p_secret text,
  p_overlap interval
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_now timestamptz := rowlock.clock();
begin
  if v_answer is not null then
    return v_answer || rowlock.secret_of_request(p_webhook_id, p_request_id);
  end if;
  perform
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner)
  for update;
  if not found then
    return '{"code": "webhook_unknown"}';
  end if;
  delete from rowlock.webhook_secrets as secret
  where secret.webhook_id = p_webhook_id
    and secret.expires_at <= v_now;
  update rowlock.webhook_secrets as secret
  set expires_at = least(secret.expires_at, v_now + p_overlap)
  where secret.webhook_id = p_webhook_id;
  insert into rowlock.webhook_secrets (webhook_id, secret, request_id, created_at)
  values (p_webhook_id, p_secret, p_request_id, v_now);
  perform rowlock.note_act(
    p_actor, null, 'rotateWebhookSecret', rowlock.public_id('webhook', p_webhook_id),
    jsonb_build_object('overlapSeconds', extract(epoch from p_overlap)::int)
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'webhookId', p_webhook_id)
  ) || rowlock.secret_of_request(p_webhook_id, p_request_id);
end
$$;

-- Sets a webhook back to a version of a show, so that everything after it is delivered once more.
-- Outcomes: webhook_unknown, done.
create or replace function rowlock.replay_webhook(
  p_actor text,
  p_owner text,
  p_webhook_id uuid,
  p_show_id bigint,
  p_after bigint
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  perform
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner)
  for key share;
  if not found then
    return '{"code": "webhook_unknown"}';
  end if;
  perform rowlock.note_show(p_show_id);
  insert into rowlock.webhook_cursors as cursor (webhook_id, show_id, version, expiry_no)
  select p_webhook_id, p_show_id, p_after, coalesce(max(expiry.expiry_no), 0)
  from rowlock.expiries as expiry
  where expiry.show_id = p_show_id
    and expiry.version <= p_after
  on conflict (webhook_id, show_id) do update
  set version = excluded.version,
    expiry_no = excluded.expiry_no,
    tries = 0,
    retry_at = rowlock.clock(),
    leased_by = null,
    leased_until = null;
  update rowlock.event_shows as known
  set told_version = least(known.told_version, p_after)
  where known.show_id = p_show_id;
  perform rowlock.note_act(
    p_actor, null, 'replayWebhook', rowlock.public_id('webhook', p_webhook_id),
    jsonb_build_object('after', p_after)
  );
  return '{"code": "done"}';
end
$$;
