-- The second factor of a user: codes of an app, passkeys (people_passkeys.sql), and recovery codes,
-- which go with the last of the others. Codes are worked out by whoever serves, from the secret;
-- that each is used once is decided here.

-- Locks a user before anything of theirs is looked at, as everywhere: so nobody signs in without a
-- factor that is confirmed at the same time.
create or replace function rowlock.lock_user(p_user_id uuid) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select from rowlock.users as known where known.user_id = p_user_id for update
$$;

create or replace function rowlock.has_passkeys(p_user_id uuid) returns boolean
language sql stable
set search_path = rowlock, pg_temp
as $$
  select exists (select from rowlock.passkeys as passkey where passkey.user_id = p_user_id)
$$;

-- Tells whether signing in takes more than a password or a link.
create or replace function rowlock.has_second_factor(p_user_id uuid) returns boolean
language sql stable
set search_path = rowlock, pg_temp
as $$
  select rowlock.has_passkeys(p_user_id) or exists (
    select
    from rowlock.second_factors as factor
    where factor.user_id = p_user_id
      and factor.confirmed_at is not null
  )
$$;

-- Secret to check a code against: {"secret" (hexadecimal), "isConfirmed", "now"}, or null where the
-- user has no app. Codes are of the database's time, in milliseconds.
create or replace function rowlock.second_factor_of(p_user_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'secret', encode(factor.secret, 'hex'), 'isConfirmed', factor.confirmed_at is not null,
    'now', rowlock.ms(rowlock.clock())
  )
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id
$$;

-- Factors that the user of a link has to prove: {"secondFactor", "hasPasskeys"}; null where it is
-- none.
create or replace function rowlock.link_factors_of(p_link_hash bytea) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'secondFactor', rowlock.second_factor_of(link.user_id),
    'hasPasskeys', rowlock.has_passkeys(link.user_id)
  )
  from rowlock.sign_in_links as link
  where link.hash = p_link_hash
    and link.used_at is null
    and link.expires_at > rowlock.clock()
$$;

-- Uses up what somebody proves themselves with: {"step"} of a code that was found right,
-- {"recoveryHash"} in hexadecimal, or {"passkey"}, see use_passkey(). True where the user has no
-- second factor, or this is good; a step is, when it is later than the last one. The caller has
-- locked the user.
create or replace function rowlock.use_second_factor(p_user_id uuid, p_proof jsonb)
returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  if not rowlock.has_second_factor(p_user_id) then
    return true;
  end if;
  if p_proof ? 'passkey' then
    return rowlock.use_passkey(p_user_id, p_proof -> 'passkey');
  end if;
  if p_proof ? 'step' then
    update rowlock.second_factors as factor
    set last_step = (p_proof ->> 'step')::bigint
    where factor.user_id = p_user_id
      and factor.confirmed_at is not null
      and (factor.last_step is null or factor.last_step < (p_proof ->> 'step')::bigint);
    return found;
  end if;
  update rowlock.recovery_codes as recovery
  set used_at = rowlock.clock()
  where recovery.user_id = p_user_id
    and recovery.hash = decode(p_proof ->> 'recoveryHash', 'hex')
    and recovery.used_at is null;
  return found;
end
$$;

-- Kind of factor that a proof is of, for the audit log: {"second"}; nothing where none was needed.
create or replace function rowlock.proof_kind(p_proof jsonb) returns jsonb
language sql immutable
as $$
  select case
    when p_proof ? 'passkey' then '{"second": "passkey"}'::jsonb
    when p_proof ? 'step' then '{"second": "code"}'
    when p_proof ? 'recoveryHash' then '{"second": "recovery code"}'
    else '{}'
  end
$$;

-- Keeps the hashes of recovery codes in the place of those that there were.
create or replace function rowlock.keep_recovery_codes(
  p_user_id uuid,
  p_hashes bytea[],
  p_now timestamptz
) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  delete from rowlock.recovery_codes as known
  where known.user_id = p_user_id;
  insert into rowlock.recovery_codes (hash, user_id, created_at)
  select hash, p_user_id, p_now
  from unnest(p_hashes) as hash
$$;

-- Recovery codes stand for a factor: where none is left, they are good for nothing.
create or replace function rowlock.drop_idle_recovery_codes(p_user_id uuid) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  delete from rowlock.recovery_codes as known
  where known.user_id = p_user_id
    and not rowlock.has_second_factor(p_user_id)
$$;

-- Takes all factors of a user away, with the recovery codes; says whether there was one.
create or replace function rowlock.remove_second_factor(p_user_id uuid) returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_had boolean := rowlock.has_second_factor(p_user_id);
begin
  delete from rowlock.passkeys as passkey
  where passkey.user_id = p_user_id;
  delete from rowlock.second_factors as factor
  where factor.user_id = p_user_id;
  delete from rowlock.recovery_codes as known
  where known.user_id = p_user_id;
  return v_had;
end
$$;

-- Begins codes of an app: they count once one of them was told (confirm_second_factor). Those that
-- were begun and not confirmed are replaced. Who has passkeys proves one, or whoever came by a
-- password could bring an app of their own. Servers of the version before prove nothing.
-- Outcomes: second_factor_exists, credentials_wrong, done.
create or replace function rowlock.begin_second_factor(
  p_user_id uuid,
  p_secret bytea,
  p_proof jsonb default null
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_factor rowlock.second_factors;
begin
  perform rowlock.lock_user(p_user_id);
  select factor.* into v_factor
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id;
  if v_factor.confirmed_at is not null then
    return '{"code": "second_factor_exists"}';
  end if;
  if v_factor.secret = p_secret then
    return '{"code": "done"}';
  end if;
  if not rowlock.use_second_factor(p_user_id, p_proof) then
    return '{"code": "credentials_wrong"}';
  end if;
  insert into rowlock.second_factors as factor (user_id, secret, created_at)
  values (p_user_id, p_secret, rowlock.clock())
  on conflict (user_id) do update
  set secret = excluded.secret,
      created_at = excluded.created_at;
  return '{"code": "done"}';
end
$$;

-- Makes the one count that was begun with p_secret, after the code of p_step was found right, and
-- keeps the hashes of its recovery codes instead of those that there were. The first factor of a
-- user ends all other sessions: they began without it. Asked again with the same code, after a lost
-- answer, the codes of this answer count instead.
-- Outcomes: second_factor_exists, second_factor_unknown, done {"ended"}.
create or replace function rowlock.confirm_second_factor(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_session_id uuid,
  p_secret bytea,
  p_step bigint,
  p_recovery_hashes bytea[]
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_factor rowlock.second_factors;
  v_ended int := 0;
begin
  perform rowlock.lock_user(p_user_id);
  select factor.* into v_factor
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id;
  v_now := rowlock.clock();
  if v_factor.confirmed_at is not null and v_factor.secret = p_secret
    and v_factor.last_step = p_step
  then
    perform rowlock.keep_recovery_codes(p_user_id, p_recovery_hashes, v_now);
    return '{"code": "done", "ended": 0}';
  end if;
  if v_factor.confirmed_at is not null then
    return '{"code": "second_factor_exists"}';
  end if;
  if v_factor.secret is distinct from p_secret then
    return '{"code": "second_factor_unknown"}';
  end if;
  if not rowlock.has_second_factor(p_user_id) then
    v_ended := rowlock.end_sessions(p_user_id, p_session_id);
    perform rowlock.drop_links(p_user_id);
  end if;
  update rowlock.second_factors as factor
  set confirmed_at = v_now,
      last_step = p_step
  where factor.user_id = p_user_id;
  perform rowlock.keep_recovery_codes(p_user_id, p_recovery_hashes, v_now);
  perform rowlock.note_act(
    p_actor, p_trace, 'confirmSecondFactor', rowlock.public_id('user', p_user_id),
    jsonb_build_object('sessionsEnded', v_ended)
  );
  return jsonb_build_object('code', 'done', 'ended', v_ended);
end
$$;

-- Takes the codes of an app away from a user, with a proof of a second factor; or, by an operator
-- (p_proof null), because it was lost, everything that is one, passkeys too.
-- Outcomes: second_factor_unknown, credentials_wrong, done.
create or replace function rowlock.end_second_factor(
  p_actor text,
  p_trace text,
  p_action text,
  p_user_id uuid,
  p_proof jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_passkeys bigint;
begin
  perform rowlock.lock_user(p_user_id);
  if p_proof is null then
    v_passkeys := rowlock.count_passkeys(p_user_id);
    if not rowlock.remove_second_factor(p_user_id) then
      return '{"code": "second_factor_unknown"}';
    end if;
  else
    if not exists (
      select
      from rowlock.second_factors as factor
      where factor.user_id = p_user_id
        and factor.confirmed_at is not null
    ) then
      return '{"code": "second_factor_unknown"}';
    end if;
    if not rowlock.use_second_factor(p_user_id, p_proof) then
      return '{"code": "credentials_wrong"}';
    end if;
    delete from rowlock.second_factors as factor
    where factor.user_id = p_user_id;
    perform rowlock.drop_idle_recovery_codes(p_user_id);
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, p_action, rowlock.public_id('user', p_user_id),
    case when v_passkeys > 0 then jsonb_build_object('passkeys', v_passkeys) end
  );
  return '{"code": "done"}';
end
$$;
