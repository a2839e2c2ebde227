-- API keys of partner systems. A secret is stored as its hash, and shown by its prefix.

-- Creates a key: {"keyId", "name", "scopes", "shows", "expiresAt", "prefix"}. Safe to retry by
-- request id. Outcomes: idempotency_key_reused, done {"keyId"}.
create or replace function rowlock.create_api_key(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_trace text,
  p_key jsonb,
  p_hash bytea
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_now timestamptz := rowlock.clock();
  v_key_id uuid := (p_key ->> 'keyId')::uuid;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  if exists (select from rowlock.api_key_secrets as secret where secret.hash = p_hash) then
    -- The secret comes from the client's key, which was used so long ago that it is forgotten.
    return '{"code": "idempotency_key_reused"}';
  end if;
  insert into rowlock.api_keys (key_id, name, scopes, shows, created_at, created_by, expires_at)
  select
    v_key_id, wanted.name, wanted.scopes, wanted.shows, v_now, p_actor, wanted."expiresAt"
  from jsonb_to_record(p_key) as wanted (
    name text, scopes text[], shows text[], "expiresAt" timestamptz
  );
  insert into rowlock.api_key_secrets (hash, key_id, prefix, created_at)
  values (p_hash, v_key_id, p_key ->> 'prefix', v_now);
  perform rowlock.note_act(
    p_actor, p_trace, 'createApiKey', rowlock.public_id('key', v_key_id),
    jsonb_build_object('prefix', p_key -> 'prefix', 'scopes', p_key -> 'scopes')
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'keyId', v_key_id)
  );
end
$$;

-- Gives a key a new secret; those that it has end after p_overlap. Safe to retry by request id.
-- Outcomes: idempotency_key_reused, key_unknown (also one that was revoked), done {"keyId"}.
create or replace function rowlock.rotate_api_key(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_trace text,
  p_key_id uuid,
  p_prefix text,
  p_hash bytea,
  p_overlap interval
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_now timestamptz;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  perform
  from rowlock.api_keys as known
  where known.key_id = p_key_id
    and known.revoked_at is null
  for update;
  if not found then
    return '{"code": "key_unknown"}';
  end if;
  if exists (select from rowlock.api_key_secrets as secret where secret.hash = p_hash) then
    return '{"code": "idempotency_key_reused"}';
  end if;
  v_now := rowlock.clock();
  delete from rowlock.api_key_secrets as secret
  where secret.key_id = p_key_id
    and secret.expires_at <= v_now;
  update rowlock.api_key_secrets as secret
  set expires_at = least(secret.expires_at, v_now + p_overlap)
  where secret.key_id = p_key_id;
  insert into rowlock.api_key_secrets (hash, key_id, prefix, created_at)
  values (p_hash, p_key_id, p_prefix, v_now);
  perform rowlock.note_act(
    p_actor, p_trace, 'rotateApiKey', rowlock.public_id('key', p_key_id),
    jsonb_build_object('prefix', p_prefix, 'overlapSeconds', extract(epoch from p_overlap)::int)
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'keyId', p_key_id)
  );
end
$$;

-- Gives a key another name: {"name"}. Outcomes: key_unknown, already, done.
create or replace function rowlock.change_api_key(
  p_actor text,
  p_trace text,
  p_key_id uuid,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_name text;
begin
  select known.name into v_name
  from rowlock.api_keys as known
  where known.key_id = p_key_id
  for update;
  if not found then
    return '{"code": "key_unknown"}';
  end if;
  if v_name = p_changes ->> 'name' then
    return '{"code": "already"}';
  end if;
  update rowlock.api_keys as known
  set name = p_changes ->> 'name'
  where known.key_id = p_key_id;
  perform rowlock.note_act(
    p_actor, p_trace, 'changeApiKey', rowlock.public_id('key', p_key_id),
    p_changes || jsonb_build_object('nameBefore', v_name)
  );
  return '{"code": "done"}';
end
$$;

-- Ends a key with all its secrets, for ever. Outcomes: key_unknown, already, done.
create or replace function rowlock.revoke_api_key(p_actor text, p_trace text, p_key_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_revoked_at timestamptz;
begin
  select known.revoked_at into v_revoked_at
  from rowlock.api_keys as known
  where known.key_id = p_key_id
  for update;
  if not found then
    return '{"code": "key_unknown"}';
  end if;
  if v_revoked_at is not null then
    return '{"code": "already"}';
  end if;
  update rowlock.api_keys as known
  set revoked_at = rowlock.clock()
  where known.key_id = p_key_id;
  perform rowlock.note_act(
    p_actor, p_trace, 'revokeApiKey', rowlock.public_id('key', p_key_id), null
  );
  return '{"code": "done"}';
end
$$;

-- Facts about the key that has this secret: {"now", "keyId", "scopes", "shows", "expiresAt"}, only
-- "now" when it may not be used. The use is noted once a minute at most, and by nobody who would
-- have to wait for it.
create or replace function rowlock.api_key_of(p_hash bytea) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_key rowlock.api_keys;
  v_expires_at timestamptz;
begin
  select secret.expires_at into v_expires_at
  from rowlock.api_key_secrets as secret
  where secret.hash = p_hash
    and (secret.expires_at is null or secret.expires_at > v_now);
  if found then
    select known.* into v_key
    from rowlock.api_keys as known
    join rowlock.api_key_secrets as secret on secret.key_id = known.key_id
    where secret.hash = p_hash
      and known.revoked_at is null
      and (known.expires_at is null or known.expires_at > v_now);
  end if;
  if v_key.key_id is null then
    return jsonb_build_object('now', rowlock.ms(v_now));
  end if;
  update rowlock.api_keys as known
  set last_used_at = v_now
  where known.key_id = (
    select stale.key_id
    from rowlock.api_keys as stale
    where stale.key_id = v_key.key_id
      and (stale.last_used_at is null or stale.last_used_at <= v_now - interval '1 minute')
    for update skip locked
  );
  return jsonb_build_object(
    'now', rowlock.ms(v_now), 'keyId', v_key.key_id, 'scopes', v_key.scopes,
    'shows', v_key.shows, 'expiresAt', rowlock.ms(least(v_key.expires_at, v_expires_at))
  );
end
$$;
