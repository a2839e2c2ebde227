-- Passkeys. Whoever serves checks what they have signed; that each challenge is used once, that no
-- counter goes back, and whose passkey it is are decided here.

create or replace function rowlock.challenge_life() returns interval
language sql immutable as $$ select interval '5 minutes' $$;

create or replace function rowlock.passkeys_max() returns int
language sql immutable as $$ select 10 $$;

-- Keeps a challenge, by its hash, and drops a few that have ended: so those of strangers who never
-- sign in do not pile up. Doing it twice does no more than once.
create or replace function rowlock.add_challenge(p_hash bytea, p_session_id uuid) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
begin
  insert into rowlock.passkey_challenges (hash, session_id, expires_at)
  values (p_hash, p_session_id, v_now + rowlock.challenge_life())
  on conflict (hash) do nothing;
  delete from rowlock.passkey_challenges as known
  where known.hash in (
    select ended.hash
    from rowlock.passkey_challenges as ended
    where ended.expires_at <= v_now
    order by ended.expires_at
    limit 10
    for update skip locked
  );
end
$$;

-- Uses a challenge up: true once, while it lives, for what it was made for.
create or replace function rowlock.use_challenge(p_hash bytea, p_session_id uuid) returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  delete from rowlock.passkey_challenges as known
  where known.hash = p_hash
    and known.session_id is not distinct from p_session_id
    and known.expires_at > rowlock.clock();
  return found;
end
$$;

-- Makes a challenge to sign in with, or to prove a second factor. Safe to retry. Outcome: done.
create or replace function rowlock.create_passkey_challenge(p_hash bytea) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  perform rowlock.add_challenge(p_hash, null);
  return '{"code": "done"}';
end
$$;

-- Passkey to check a signature against: {"userId", "publicKey" (COSE, hexadecimal)}, or null.
create or replace function rowlock.passkey_of(p_credential_id bytea) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'userId', passkey.user_id, 'publicKey', encode(passkey.public_key, 'hex')
  )
  from rowlock.passkeys as passkey
  where passkey.credential_id = p_credential_id
$$;

-- The passkeys of a user, in the order in which they came: [{"passkeyId", "credentialId"
-- (hexadecimal), "name", "host", "isSynced", "createdAt", "usedAt"}], times in milliseconds.
create or replace function rowlock.passkeys_of(p_user_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'passkeyId', passkey.passkey_id,
        'credentialId', encode(passkey.credential_id, 'hex'),
        'name', passkey.name,
        'host', passkey.host,
        'isSynced', passkey.is_synced,
        'createdAt', rowlock.ms(passkey.created_at),
        'usedAt', rowlock.ms(passkey.used_at)
      )
      order by passkey.created_at, passkey.passkey_id
    ),
    '[]'
  )
  from rowlock.passkeys as passkey
  where passkey.user_id = p_user_id
$$;

-- Uses up what a passkey of this user has signed: {"credentialId", "challengeHash" (hexadecimal),
-- "counter"}. A counter has to go up, unless the authenticator counts nothing; one that does not
-- is that of a copy, or of the passkey that was copied: nobody can tell, so it is written down.
create or replace function rowlock.use_passkey(p_user_id uuid, p_passkey jsonb) returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_passkey rowlock.passkeys;
  v_counter bigint := (p_passkey ->> 'counter')::bigint;
begin
  if not rowlock.use_challenge(decode(p_passkey ->> 'challengeHash', 'hex'), null) then
    return false;
  end if;
  select passkey.* into v_passkey
  from rowlock.passkeys as passkey
  where passkey.credential_id = decode(p_passkey ->> 'credentialId', 'hex')
    and passkey.user_id = p_user_id
  for update;
  if not found then
    return false;
  end if;
  if v_counter <= v_passkey.counter and (v_counter > 0 or v_passkey.counter > 0) then
    perform rowlock.note_act(
      rowlock.public_id('user', p_user_id), null, 'passkey_copied',
      rowlock.public_id('passkey', v_passkey.passkey_id),
      jsonb_build_object('name', v_passkey.name, 'counter', v_counter, 'last', v_passkey.counter)
    );
    return false;
  end if;
  update rowlock.passkeys as passkey
  set counter = v_counter,
      used_at = rowlock.clock()
  where passkey.passkey_id = v_passkey.passkey_id;
  return true;
end
$$;

-- Begins a passkey: makes the challenge for it, that only this session can use. Who has a second
-- factor proves it, or whoever came by a password could bring one of their own. Safe to retry.
-- Outcomes: credentials_wrong, too_many_passkeys, done.
create or replace function rowlock.begin_passkey(
  p_user_id uuid,
  p_session_id uuid,
  p_hash bytea,
  p_proof jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  perform rowlock.lock_user(p_user_id);
  if exists (select from rowlock.passkey_challenges as known where known.hash = p_hash) then
    return '{"code": "done"}';
  end if;
  if not rowlock.use_second_factor(p_user_id, p_proof) then
    return '{"code": "credentials_wrong"}';
  end if;
  if rowlock.count_passkeys(p_user_id) >= rowlock.passkeys_max() then
    return '{"code": "too_many_passkeys"}';
  end if;
  perform rowlock.add_challenge(p_hash, p_session_id);
  return '{"code": "done"}';
end
$$;

create or replace function rowlock.count_passkeys(p_user_id uuid) returns bigint
language sql stable
set search_path = rowlock, pg_temp
as $$
  select count(*)
  from rowlock.passkeys as passkey
  where passkey.user_id = p_user_id
$$;

-- Keeps a passkey whose signature was found right: {"passkeyId", "credentialId", "publicKey",
-- "challengeHash" (all three hexadecimal), "counter", "host", "name", "isSynced"}. The first second
-- factor of a user ends all other sessions, which began without it. Recovery codes are kept where
-- no good one is left. Asked again after a lost answer, the codes of this answer count instead.
--
-- Outcomes: passkey_exists, passkey_invalid (the challenge was used, or has ended),
-- too_many_passkeys, done {"passkeyId", "ended", "hasCodes": whether p_recovery_hashes count}.
create or replace function rowlock.confirm_passkey(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_session_id uuid,
  p_passkey jsonb,
  p_recovery_hashes bytea[]
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_hash bytea := decode(p_passkey ->> 'challengeHash', 'hex');
  v_known rowlock.passkeys;
  v_is_first boolean;
  v_has_codes boolean;
  v_ended int := 0;
begin
  perform rowlock.lock_user(p_user_id);
  v_now := rowlock.clock();
  select passkey.* into v_known
  from rowlock.passkeys as passkey
  where passkey.credential_id = decode(p_passkey ->> 'credentialId', 'hex');
  if found then
    return rowlock.confirmed_passkey(v_known, p_user_id, v_hash, p_recovery_hashes, v_now);
  end if;
  if not rowlock.use_challenge(v_hash, p_session_id) then
    return '{"code": "passkey_invalid"}';
  end if;
  if rowlock.count_passkeys(p_user_id) >= rowlock.passkeys_max() then
    return '{"code": "too_many_passkeys"}';
  end if;
  v_is_first := not rowlock.has_second_factor(p_user_id);
  insert into rowlock.passkeys (
    passkey_id, user_id, credential_id, public_key, counter, host, name, is_synced, challenge_hash,
    created_at
  )
  values (
    (p_passkey ->> 'passkeyId')::uuid, p_user_id, decode(p_passkey ->> 'credentialId', 'hex'),
    decode(p_passkey ->> 'publicKey', 'hex'), (p_passkey ->> 'counter')::bigint,
    p_passkey ->> 'host', p_passkey ->> 'name', (p_passkey ->> 'isSynced')::boolean, v_hash, v_now
  )
  on conflict (credential_id) do nothing;
  if not found then
    return '{"code": "passkey_exists"}';
  end if;
  v_has_codes := not exists (
    select
    from rowlock.recovery_codes as recovery
    where recovery.user_id = p_user_id
      and recovery.used_at is null
  );
  if v_has_codes then
    perform rowlock.keep_recovery_codes(p_user_id, p_recovery_hashes, v_now);
  end if;
  if v_is_first then
    v_ended := rowlock.end_sessions(p_user_id, p_session_id);
    perform rowlock.drop_links(p_user_id);
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, 'confirmPasskey', rowlock.public_id('user', p_user_id),
    jsonb_build_object(
      'name', p_passkey -> 'name', 'host', p_passkey -> 'host', 'sessionsEnded', v_ended
    )
  );
  return jsonb_build_object(
    'code', 'done', 'passkeyId', p_passkey -> 'passkeyId', 'ended', v_ended,
    'hasCodes', v_has_codes
  );
end
$$;

-- The answer for a passkey that is there: done, where its own challenge comes again from its own
-- user soon after. The codes that were kept with it give way to those of this answer, unless one
-- was used.
create or replace function rowlock.confirmed_passkey(
  p_known rowlock.passkeys,
  p_user_id uuid,
  p_hash bytea,
  p_recovery_hashes bytea[],
  p_now timestamptz
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_has_codes boolean;
begin
  if p_known.user_id <> p_user_id or p_known.challenge_hash <> p_hash
    or p_known.used_at is not null
    or p_known.created_at <= p_now - rowlock.challenge_life()
  then
    return '{"code": "passkey_exists"}';
  end if;
  select coalesce(bool_and(recovery.created_at = p_known.created_at), false)
    and coalesce(bool_and(recovery.used_at is null), false)
  into v_has_codes
  from rowlock.recovery_codes as recovery
  where recovery.user_id = p_user_id;
  if v_has_codes then
    perform rowlock.keep_recovery_codes(p_user_id, p_recovery_hashes, p_known.created_at);
  end if;
  return jsonb_build_object(
    'code', 'done', 'passkeyId', p_known.passkey_id, 'ended', 0, 'hasCodes', v_has_codes
  );
end
$$;

-- Takes a passkey of a user away, who proves a second factor: this one or another. With the last
-- factor go the recovery codes. Outcomes: passkey_unknown, credentials_wrong, done.
create or replace function rowlock.end_passkey(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_passkey_id uuid,
  p_proof jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_passkey rowlock.passkeys;
begin
  perform rowlock.lock_user(p_user_id);
  select passkey.* into v_passkey
  from rowlock.passkeys as passkey
  where passkey.passkey_id = p_passkey_id
    and passkey.user_id = p_user_id;
  if not found then
    return '{"code": "passkey_unknown"}';
  end if;
  if not rowlock.use_second_factor(p_user_id, p_proof) then
    return '{"code": "credentials_wrong"}';
  end if;
  delete from rowlock.passkeys as passkey
  where passkey.passkey_id = p_passkey_id;
  perform rowlock.drop_idle_recovery_codes(p_user_id);
  perform rowlock.note_act(
    p_actor, p_trace, 'removePasskey', rowlock.public_id('user', p_user_id),
    jsonb_build_object('name', v_passkey.name, 'host', v_passkey.host)
  );
  return '{"code": "done"}';
end
$$;

-- Begins a session by a passkey alone: it has checked who is there (PIN, fingerprint, face), so it
-- is two factors at once. Safe to retry: the session has an id. Outcomes: credentials_wrong, done
-- {"userId", "sessionId", …}.
create or replace function rowlock.create_session_by_passkey(
  p_trace text,
  p_proof jsonb,
  p_begin jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_user rowlock.users;
begin
  select known.* into v_user
  from rowlock.users as known
  where known.disabled_at is null
    and known.user_id = (
      select passkey.user_id
      from rowlock.passkeys as passkey
      where passkey.credential_id = decode(p_proof -> 'passkey' ->> 'credentialId', 'hex')
    )
  for update;
  if not found
    or (p_proof -> 'passkey' ->> 'isVerified')::boolean is not true
    or not (
      rowlock.is_begun(v_user.user_id, p_begin)
      or rowlock.use_passkey(v_user.user_id, p_proof -> 'passkey')
    )
  then
    return '{"code": "credentials_wrong"}';
  end if;
  return rowlock.begin_session(v_user, 'passkey', p_trace, p_begin);
end
$$;
