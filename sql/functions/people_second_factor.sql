-- The second factor of a user. Codes are worked out by whoever serves, from the secret; that each
-- is used once is decided here.

-- What there is to check a code against: {"secret" (hexadecimal), "isConfirmed", "now"}, or null
-- where the user has no second factor. Codes are of the database's time, in milliseconds.
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

-- The same for whom a link is for, with {"userId"}; null where the link is none.
create or replace function rowlock.link_factor_of(p_link_hash bytea) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.second_factor_of(link.user_id) || jsonb_build_object('userId', link.user_id)
  from rowlock.sign_in_links as link
  where link.hash = p_link_hash
    and link.used_at is null
    and link.expires_at > rowlock.clock()
$$;

-- Uses up what somebody proves themselves with: {"step"} of a code that was found right, or
-- {"recoveryHash"} in hexadecimal. True where the user has no second factor, or this is good; a
-- step is, when it is later than the last one.
create or replace function rowlock.use_second_factor(p_user_id uuid, p_proof jsonb)
returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_factor rowlock.second_factors;
begin
  select factor.* into v_factor
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id
    and factor.confirmed_at is not null
  for update;
  if not found then
    return true;
  end if;
  if p_proof ? 'step' then
    update rowlock.second_factors as factor
    set last_step = (p_proof ->> 'step')::bigint
    where factor.user_id = p_user_id
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

-- Takes a second factor away with its recovery codes; says whether there was one.
create or replace function rowlock.remove_second_factor(p_user_id uuid) returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  delete from rowlock.second_factors as factor
  where factor.user_id = p_user_id;
  return found;
end
$$;

-- Begins a second factor: it counts once a code of it was told (confirm_second_factor). One that
-- was begun and not confirmed is replaced. Outcomes: second_factor_exists, done.
create or replace function rowlock.begin_second_factor(p_user_id uuid, p_secret bytea)
returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.second_factors as factor (user_id, secret, created_at)
  values (p_user_id, p_secret, rowlock.clock())
  on conflict (user_id) do update
  set secret = excluded.secret,
      created_at = excluded.created_at
  where factor.confirmed_at is null;
  if not found then
    return '{"code": "second_factor_exists"}';
  end if;
  return '{"code": "done"}';
end
$$;

-- Makes the one count that was begun with p_secret, after the code of p_step was found right, and
-- keeps the hashes of its recovery codes. Ends all other sessions: they began without it. Asked
-- again with the same code, after a lost answer, the codes of this answer count instead.
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
  v_ended int;
begin
  select factor.* into v_factor
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id
  for update;
  v_now := rowlock.clock();
  if v_factor.confirmed_at is not null and v_factor.secret = p_secret
    and v_factor.last_step = p_step
  then
    delete from rowlock.recovery_codes as known
    where known.user_id = p_user_id;
    insert into rowlock.recovery_codes (hash, user_id, created_at)
    select hash, p_user_id, v_now
    from unnest(p_recovery_hashes) as hash;
    return '{"code": "done", "ended": 0}';
  end if;
  if v_factor.confirmed_at is not null then
    return '{"code": "second_factor_exists"}';
  end if;
  if v_factor.secret is distinct from p_secret then
    return '{"code": "second_factor_unknown"}';
  end if;
  update rowlock.second_factors as factor
  set confirmed_at = v_now,
      last_step = p_step
  where factor.user_id = p_user_id;
  insert into rowlock.recovery_codes (hash, user_id, created_at)
  select hash, p_user_id, v_now
  from unnest(p_recovery_hashes) as hash;
  v_ended := rowlock.end_sessions(p_user_id, p_session_id);
  perform rowlock.drop_links(p_user_id);
  perform rowlock.note_act(
    p_actor, p_trace, 'confirmSecondFactor', rowlock.public_id('user', p_user_id),
    jsonb_build_object('sessionsEnded', v_ended)
  );
  return jsonb_build_object('code', 'done', 'ended', v_ended);
end
$$;

-- Takes the second factor of a user away: by themselves, with a proof of it, or by an operator
-- (p_proof null), because what shows the codes was lost.
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
begin
  perform
  from rowlock.second_factors as factor
  where factor.user_id = p_user_id
    and factor.confirmed_at is not null
  for update;
  if not found then
    return '{"code": "second_factor_unknown"}';
  end if;
  if p_proof is not null and not rowlock.use_second_factor(p_user_id, p_proof) then
    return '{"code": "credentials_wrong"}';
  end if;
  perform rowlock.remove_second_factor(p_user_id);
  perform rowlock.note_act(
    p_actor, p_trace, p_action, rowlock.public_id('user', p_user_id), null
  );
  return '{"code": "done"}';
end
$$;
