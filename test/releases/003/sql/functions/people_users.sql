-- People. p_actor and p_trace name who asks, and the request, in the audit log.

-- Creates a user: {"userId", "name", "email", "emailKey", "phone", "role", "passwordHash"}.
-- Safe to retry by request id. Outcomes: idempotency_key_reused, email_taken, done {"userId"}.
create or replace function rowlock.create_user(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_trace text,
  p_user jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_now timestamptz := rowlock.clock();
  v_user_id uuid := (p_user ->> 'userId')::uuid;
begin
  if v_answer is not null then
    return v_answer;
  end if;
  insert into rowlock.users (
    user_id, name, email, email_key, phone, role, password_hash, password_changed_at, created_at
  )
  values (
    v_user_id, p_user ->> 'name', p_user ->> 'email', p_user ->> 'emailKey', p_user ->> 'phone',
    p_user ->> 'role', p_user ->> 'passwordHash',
    case when p_user ->> 'passwordHash' is not null then v_now end, v_now
  )
  on conflict (email_key) do nothing;
  if not found then
    return '{"code": "email_taken"}';
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, 'createUser', rowlock.public_id('user', v_user_id),
    jsonb_build_object('role', p_user ->> 'role')
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'userId', v_user_id)
  );
end
$$;

-- Ends the sessions of a user but one; says how many there were.
create or replace function rowlock.end_sessions(p_user_id uuid, p_but uuid) returns int
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_count int;
begin
  with ended as (
    update rowlock.sessions as session
    set ended_at = v_now
    where session.user_id = p_user_id
      and session.ended_at is null
      and session.session_id is distinct from p_but
    returning session.expires_at, session.idle_until
  )
  select count(*) into v_count
  from ended
  where ended.expires_at > v_now
    and ended.idle_until > v_now;
  return v_count;
end
$$;

-- Changes what p_changes names: {"name", "email" with "emailKey", "phone", "role", "disabled"}.
-- Another role, and disabling, end the user's sessions. Doing it twice does no more than once.
--
-- Discipline: first the lock of operators, so that two of them cannot take each other's role away
-- at once, then the user. Outcomes: user_unknown, last_operator, email_taken, done.
create or replace function rowlock.change_user(
  p_actor text,
  p_trace text,
  p_action text,
  p_user_id uuid,
  p_changes jsonb
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_user rowlock.users;
  v_role text;
  v_disabled_at timestamptz;
  v_ended int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('rowlock.operators'));
  select known.* into v_user
  from rowlock.users as known
  where known.user_id = p_user_id
  for update;
  if not found then
    return '{"code": "user_unknown"}';
  end if;
  v_role := coalesce(p_changes ->> 'role', v_user.role);
  v_disabled_at := case (p_changes ->> 'disabled')::boolean
    when true then coalesce(v_user.disabled_at, rowlock.clock())
    when false then null
    else v_user.disabled_at
  end;
  if v_user.role = 'operator' and v_user.disabled_at is null
    and (v_role <> 'operator' or v_disabled_at is not null)
    and not exists (
      select
      from rowlock.users as other
      where other.role = 'operator'
        and other.disabled_at is null
        and other.user_id <> p_user_id
    )
  then
    return '{"code": "last_operator"}';
  end if;
  begin
    update rowlock.users as known
    set name = coalesce(p_changes ->> 'name', known.name),
        email = coalesce(p_changes ->> 'email', known.email),
        email_key = coalesce(p_changes ->> 'emailKey', known.email_key),
        phone = case when p_changes ? 'phone' then p_changes ->> 'phone' else known.phone end,
        role = v_role,
        disabled_at = v_disabled_at
    where known.user_id = p_user_id;
  exception
    when unique_violation then
      return '{"code": "email_taken"}';
  end;
  if v_role <> v_user.role or (v_disabled_at is not null and v_user.disabled_at is null) then
    v_ended := rowlock.end_sessions(p_user_id, null);
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, p_action, rowlock.public_id('user', p_user_id),
    jsonb_build_object(
      'fields', (
        select jsonb_agg(field order by field)
        from jsonb_object_keys(p_changes) as field
        where field <> 'emailKey'
      ),
      'sessionsEnded', v_ended
    ) || jsonb_strip_nulls(
      jsonb_build_object('role', p_changes -> 'role', 'disabled', p_changes -> 'disabled')
    )
  );
  return '{"code": "done"}';
end
$$;

-- Sets a password, if the old one still is what it was when it was looked at, and ends all other
-- sessions of the user. Outcomes: credentials_wrong, done {"ended"}.
create or replace function rowlock.change_password(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_session_id uuid,
  p_old_hash text,
  p_new_hash text
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_hash text;
  v_ended int;
begin
  select known.password_hash into v_hash
  from rowlock.users as known
  where known.user_id = p_user_id
    and known.disabled_at is null
  for update;
  -- Sent again after a lost answer: it is done.
  if v_hash = p_new_hash then
    return '{"code": "done", "ended": 0}';
  end if;
  if not found or v_hash is distinct from p_old_hash then
    return '{"code": "credentials_wrong"}';
  end if;
  update rowlock.users as known
  set password_hash = p_new_hash,
      password_changed_at = rowlock.clock()
  where known.user_id = p_user_id;
  v_ended := rowlock.end_sessions(p_user_id, p_session_id);
  -- Links that were made before are for somebody who could not sign in otherwise.
  delete from rowlock.sign_in_links as link
  where link.user_id = p_user_id
    and link.used_at is null;
  perform rowlock.note_act(
    p_actor, p_trace, 'changePassword', rowlock.public_id('user', p_user_id),
    jsonb_build_object('sessionsEnded', v_ended)
  );
  return jsonb_build_object('code', 'done', 'ended', v_ended);
end
$$;
