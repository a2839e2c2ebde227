-- People. p_actor and p_trace name who asks, and the request, in the audit log.

-- Creates a user: {"userId", "name", "email", "emailKey", "phone", "role", "passwordHash",
-- "verified"}. Verified is an e-mail that one of the staff vouches for.
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
    user_id, name, email, email_key, phone, role, password_hash, password_changed_at, created_at,
    email_verified_at
  )
  values (
    v_user_id, p_user ->> 'name', p_user ->> 'email', p_user ->> 'emailKey', p_user ->> 'phone',
    p_user ->> 'role', p_user ->> 'passwordHash',
    case when p_user ->> 'passwordHash' is not null then v_now end, v_now,
    case when (p_user ->> 'verified')::boolean then v_now end
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
-- Another role, and disabling, end the user's sessions; so do the unused links then, and after
-- another e-mail and enabling.
--
-- Whoever gets a role under an e-mail that nobody has proven may be somebody else, who registered
-- it beforehand: their password goes, and the link of "linkHash" is made instead. It is what lets
-- in the one whom the operator means.
--
-- Discipline: first the lock of operators, so that two of them cannot take each other's role away
-- at once, then the user. Safe to retry by request id; servers of the version before name none.
-- With p_proof, whoever has a second factor proves it; staff, and servers of the version before,
-- give none.
-- Outcomes: idempotency_key_reused, user_unknown, last_operator, credentials_wrong, email_taken,
-- done, with {"linkExpiresAt" in milliseconds} where the link was made.
create or replace function rowlock.change_user(
  p_actor text,
  p_trace text,
  p_action text,
  p_user_id uuid,
  p_changes jsonb,
  p_request_id uuid default null,
  p_fingerprint uuid default null,
  p_proof jsonb default null
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb;
  v_now timestamptz;
  v_old rowlock.users;
  v_new rowlock.users;
  v_ended int := 0;
  v_is_doubtful boolean;
begin
  if p_request_id is not null then
    v_answer := rowlock.answered(p_request_id, p_fingerprint);
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  perform from rowlock.locks as known where known.name = 'operators' for update;
  v_now := rowlock.clock();
  select known.* into v_old
  from rowlock.users as known
  where known.user_id = p_user_id
  for update;
  if not found then
    return '{"code": "user_unknown"}';
  end if;
  v_new := rowlock.changed_user(v_old, p_action, p_changes, v_now);
  if rowlock.is_last_operator(v_old, v_new) then
    return '{"code": "last_operator"}';
  end if;
  v_is_doubtful := v_new.role <> v_old.role and v_new.role <> 'user'
    and v_old.password_hash is not null and v_new.email_verified_at is null;
  if v_is_doubtful then
    v_new.password_hash := null;
    v_new.password_changed_at := null;
  end if;
  begin
    -- In here, so that a code is not used up where the address is taken.
    if p_proof is not null and not rowlock.use_second_factor(p_user_id, p_proof) then
      return '{"code": "credentials_wrong"}';
    end if;
    update rowlock.users as known
    set (
      name, email, email_key, phone, role, disabled_at, email_verified_at, password_hash,
      password_changed_at
    ) = row (
      v_new.name, v_new.email, v_new.email_key, v_new.phone, v_new.role, v_new.disabled_at,
      v_new.email_verified_at, v_new.password_hash, v_new.password_changed_at
    )
    where known.user_id = p_user_id;
  exception
    when unique_violation then
      return '{"code": "email_taken"}';
  end;
  if v_new.role <> v_old.role or (v_new.disabled_at is not null and v_old.disabled_at is null) then
    v_ended := rowlock.end_sessions(p_user_id, null);
  end if;
  if (v_new.role, v_new.disabled_at, v_new.email_key)
    is distinct from (v_old.role, v_old.disabled_at, v_old.email_key)
  then
    perform rowlock.drop_links(p_user_id);
  end if;
  if v_is_doubtful then
    perform rowlock.remove_second_factor(p_user_id);
    insert into rowlock.sign_in_links (hash, user_id, created_at, expires_at)
    select
      decode(p_changes ->> 'linkHash', 'hex'), p_user_id, v_now, v_now + rowlock.link_life()
    where p_changes ? 'linkHash';
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, p_action, rowlock.public_id('user', p_user_id),
    jsonb_build_object(
      'fields', (
        select jsonb_agg(field order by field)
        from jsonb_object_keys(p_changes) as field
        where field not in ('emailKey', 'linkHash')
      ),
      'sessionsEnded', v_ended
    ) || jsonb_strip_nulls(
      jsonb_build_object(
        'role', p_changes -> 'role', 'disabled', p_changes -> 'disabled',
        'passwordCleared', case when v_is_doubtful then true end
      )
    )
  );
  v_answer := jsonb_strip_nulls(
    jsonb_build_object(
      'code', 'done',
      'linkExpiresAt', case
        when v_is_doubtful then rowlock.ms(v_now + rowlock.link_life())
      end
    )
  );
  if p_request_id is null then
    return v_answer;
  end if;
  return rowlock.keep_answer(p_request_id, p_fingerprint, v_answer);
end
$$;

-- The user as the changes make them. An e-mail is as proven as whoever gives it: what people say
-- of themselves is not.
create or replace function rowlock.changed_user(
  p_user rowlock.users,
  p_action text,
  p_changes jsonb,
  p_now timestamptz
) returns rowlock.users
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_user rowlock.users := p_user;
begin
  v_user.name := coalesce(p_changes ->> 'name', p_user.name);
  v_user.email := coalesce(p_changes ->> 'email', p_user.email);
  v_user.email_key := coalesce(p_changes ->> 'emailKey', p_user.email_key);
  v_user.role := coalesce(p_changes ->> 'role', p_user.role);
  if p_changes ? 'phone' then
    v_user.phone := p_changes ->> 'phone';
  end if;
  if p_changes ? 'disabled' then
    v_user.disabled_at := case
      when (p_changes ->> 'disabled')::boolean then coalesce(p_user.disabled_at, p_now)
    end;
  end if;
  if v_user.email_key is distinct from p_user.email_key then
    v_user.email_verified_at := case when p_action = 'changeUser' then p_now end;
  end if;
  return v_user;
end
$$;

-- Tells whether a change would leave nobody who runs the system. Under the lock of operators.
create or replace function rowlock.is_last_operator(p_old rowlock.users, p_new rowlock.users)
returns boolean
language sql stable
set search_path = rowlock, pg_temp
as $$
  select p_old.role = 'operator'
    and p_old.disabled_at is null
    and (p_new.role <> 'operator' or p_new.disabled_at is not null)
    and not exists (
      select
      from rowlock.users as other
      where other.role = 'operator'
        and other.disabled_at is null
        and other.user_id <> p_old.user_id
    )
$$;

-- Sets a password, if the old one still is what it was when it was looked at, and ends all other
-- sessions of the user. The session that asks goes on with a new pair of tokens, and with none of
-- its old refresh tokens: whoever has stolen one is out. The access token that asks
-- (p_access_hash) lasts its few minutes, unless it was handed out twice. A second factor is proven
-- with p_proof; servers of the version before ask for none, and give none.
-- Outcomes: credentials_wrong, done {"ended", "userId", "sessionId", …}.
create or replace function rowlock.change_password(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_session_id uuid,
  p_old_hash text,
  p_new_hash text,
  p_access_hash bytea,
  p_next_hash bytea,
  p_next_access_hash bytea,
  p_proof jsonb default null
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_hash text;
  v_ended int := 0;
begin
  select known.password_hash into v_hash
  from rowlock.users as known
  where known.user_id = p_user_id
    and known.disabled_at is null
  for update;
  if not found then
    return '{"code": "credentials_wrong"}';
  end if;
  v_now := rowlock.clock();
  -- Where it is the new one already, a lost answer is asked for again.
  if v_hash is distinct from p_new_hash then
    if v_hash is distinct from p_old_hash then
      return '{"code": "credentials_wrong"}';
    end if;
    if p_proof is not null and not rowlock.use_second_factor(p_user_id, p_proof) then
      return '{"code": "credentials_wrong"}';
    end if;
    update rowlock.users as known
    set password_hash = p_new_hash,
        password_changed_at = v_now
    where known.user_id = p_user_id;
    v_ended := rowlock.end_sessions(p_user_id, p_session_id);
    perform rowlock.drop_links(p_user_id);
    update rowlock.refresh_tokens as pair
    set revoked_at = v_now,
        access_until = case
          when pair.access_hash = p_access_hash and pair.replayed_at is null
          then pair.access_until
          else v_now
        end
    where pair.session_id = p_session_id;
    if p_next_hash is not null then
      perform rowlock.add_pair(p_session_id, p_next_hash, p_next_access_hash, v_now);
    end if;
    perform rowlock.note_act(
      p_actor, p_trace, 'changePassword', rowlock.public_id('user', p_user_id),
      jsonb_build_object('sessionsEnded', v_ended)
    );
  end if;
  return coalesce(rowlock.pair_answer(p_next_hash, v_now), '{"code": "done"}')
    || jsonb_build_object('ended', v_ended);
end
$$;

-- One user as those who may ask are told of them, or null.
create or replace function rowlock.user_of(p_user_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select to_jsonb(person)
  from rowlock.people_with_email as person
  where person.user_id = p_user_id
$$;

-- A page of them in the order of their ids, after p_after: those who have this e-mail, this role.
create or replace function rowlock.users_of(
  p_after uuid,
  p_email_key text,
  p_role text,
  p_limit int
) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select coalesce(jsonb_agg(to_jsonb(person) order by person.user_id), '[]')
  from (
    select known.*
    from rowlock.people_with_email as known
    where (p_after is null or known.user_id > p_after)
      and (p_email_key is null or known.email_key = p_email_key)
      and (p_role is null or known.role = p_role)
    order by known.user_id
    limit least(p_limit, 1001)
  ) as person
$$;
