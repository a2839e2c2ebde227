-- Sessions. Their refresh tokens are stored as hashes, each good for one use.

-- What a sign-in with an e-mail is checked against, or null. The one function that hands out a
-- password's hash by e-mail; whoever calls it does the same work for an answer of null.
create or replace function rowlock.credentials_of(p_email_key text) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'userId', known.user_id,
    'passwordHash', known.password_hash,
    'disabled', known.disabled_at is not null
  )
  from rowlock.users as known
  where known.email_key = p_email_key
$$;

-- The same for whoever is signed in: {"email", "passwordHash", "mayReplace"}, or null. A session
-- that began by link may replace a password that is older than it: the link stands for it.
create or replace function rowlock.password_of(p_user_id uuid, p_session_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'email', known.email,
    'passwordHash', known.password_hash,
    'mayReplace', session.began_by = 'link' and known.password_changed_at < session.created_at
  )
  from rowlock.users as known
  join rowlock.sessions as session on session.user_id = known.user_id
  where known.user_id = p_user_id
    and session.session_id = p_session_id
$$;

create or replace function rowlock.begin_session(
  p_session_id uuid,
  p_user rowlock.users,
  p_refresh_hash bytea,
  p_began_by text
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_expires_at timestamptz := v_now
    + case p_user.role when 'user' then interval '30 days' else interval '12 hours' end;
begin
  insert into rowlock.sessions (
    session_id, user_id, began_by, created_at, expires_at, idle_until
  )
  values (
    p_session_id, p_user.user_id, p_began_by, v_now, v_expires_at, v_now + interval '7 days'
  )
  on conflict (session_id) do nothing;
  insert into rowlock.refresh_tokens (hash, session_id, created_at)
  values (p_refresh_hash, p_session_id, v_now)
  on conflict (hash) do nothing;
  return jsonb_build_object(
    'code', 'done', 'userId', p_user.user_id, 'sessionId', p_session_id, 'role', p_user.role,
    'expiresAt', rowlock.ms(v_expires_at), 'now', rowlock.ms(v_now)
  );
end
$$;

-- Begins a session after the password was found right, if it is still the same. p_new_hash takes
-- its place where it was hashed with older parameters. Safe to retry: the session has an id.
-- Outcomes: credentials_wrong, done {"userId", "sessionId", "role", "expiresAt", "now"}.
create or replace function rowlock.create_session(
  p_session_id uuid,
  p_user_id uuid,
  p_password_hash text,
  p_new_hash text,
  p_refresh_hash bytea
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
  where known.user_id = p_user_id
    and known.disabled_at is null
    and known.password_hash in (p_password_hash, p_new_hash)
  for update;
  if not found then
    return '{"code": "credentials_wrong"}';
  end if;
  if p_new_hash is not null then
    update rowlock.users as known
    set password_hash = p_new_hash
    where known.user_id = p_user_id;
  end if;
  return rowlock.begin_session(p_session_id, v_user, p_refresh_hash, 'password');
end
$$;

-- Begins a session by a link, which is used up. Safe to retry: a link remembers its session.
-- Outcomes as above.
create or replace function rowlock.create_session_by_link(
  p_session_id uuid,
  p_link_hash bytea,
  p_refresh_hash bytea
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_link rowlock.sign_in_links;
  v_user rowlock.users;
begin
  select link.* into v_link
  from rowlock.sign_in_links as link
  where link.hash = p_link_hash
  for update;
  if not found or v_link.expires_at <= rowlock.clock()
    or (v_link.used_at is not null and v_link.session_id is distinct from p_session_id)
  then
    return '{"code": "credentials_wrong"}';
  end if;
  select known.* into v_user
  from rowlock.users as known
  where known.user_id = v_link.user_id
    and known.disabled_at is null
  for update;
  if not found then
    return '{"code": "credentials_wrong"}';
  end if;
  update rowlock.sign_in_links as link
  set used_at = rowlock.clock(),
      session_id = p_session_id
  where link.hash = p_link_hash;
  return rowlock.begin_session(p_session_id, v_user, p_refresh_hash, 'link');
end
$$;

-- Uses a refresh token up and puts a new one in its place. Used again within p_grace (an answer was
-- lost, or two tabs asked at once) it gives another new one; later it was stolen, by whoever came
-- first or second, and its session ends.
--
-- Discipline: the session is locked first, then the token is looked at. Safe to retry within
-- p_grace. Outcomes: session_ended, done {"userId", "sessionId", "role", "expiresAt", "now"}.
create or replace function rowlock.refresh_session(
  p_trace text,
  p_hash bytea,
  p_new_hash bytea,
  p_grace interval
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_session rowlock.sessions;
  v_user rowlock.users;
  v_used_at timestamptz;
  v_now timestamptz;
begin
  select session.* into v_session
  from rowlock.sessions as session
  where session.session_id = (
    select token.session_id from rowlock.refresh_tokens as token where token.hash = p_hash
  )
  for update;
  v_now := rowlock.clock();
  if not found or v_session.ended_at is not null
    or v_session.expires_at <= v_now or v_session.idle_until <= v_now
  then
    return '{"code": "session_ended"}';
  end if;
  select known.* into v_user
  from rowlock.users as known
  where known.user_id = v_session.user_id
    and known.disabled_at is null;
  if not found then
    return '{"code": "session_ended"}';
  end if;
  select token.used_at into v_used_at
  from rowlock.refresh_tokens as token
  where token.hash = p_hash;
  if v_used_at + p_grace < v_now then
    update rowlock.sessions as session
    set ended_at = v_now
    where session.session_id = v_session.session_id;
    perform rowlock.note_act(
      rowlock.public_id('user', v_user.user_id), p_trace, 'refresh_reused',
      rowlock.public_id('session', v_session.session_id), null
    );
    return '{"code": "session_ended"}';
  end if;
  update rowlock.refresh_tokens as token
  set used_at = coalesce(token.used_at, v_now)
  where token.hash = p_hash;
  insert into rowlock.refresh_tokens (hash, session_id, created_at)
  values (p_new_hash, v_session.session_id, v_now)
  on conflict (hash) do nothing;
  update rowlock.sessions as session
  set idle_until = v_now + interval '7 days'
  where session.session_id = v_session.session_id;
  return jsonb_build_object(
    'code', 'done', 'userId', v_user.user_id, 'sessionId', v_session.session_id,
    'role', v_user.role, 'expiresAt', rowlock.ms(v_session.expires_at), 'now', rowlock.ms(v_now)
  );
end
$$;

-- What there is to know of a session when its access token is sent: {"now", "userId", "role",
-- "expiresAt"}, only "now" when it has ended. Times in milliseconds.
create or replace function rowlock.session_of(p_session_id uuid) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
begin
  return jsonb_build_object('now', rowlock.ms(v_now)) || coalesce(
    (
      select jsonb_build_object(
        'userId', known.user_id, 'role', known.role, 'expiresAt', rowlock.ms(session.expires_at)
      )
      from rowlock.sessions as session
      join rowlock.users as known on known.user_id = session.user_id
      where session.session_id = p_session_id
        and session.ended_at is null
        and session.expires_at > v_now
        and session.idle_until > v_now
        and known.disabled_at is null
    ),
    '{}'
  );
end
$$;

-- Ends one session (p_session_id), or all of the user's. Outcome: done {"ended"}.
create or replace function rowlock.end_session(p_user_id uuid, p_session_id uuid) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_ended int;
begin
  if p_session_id is null then
    v_ended := rowlock.end_sessions(p_user_id, null);
  else
    update rowlock.sessions as session
    set ended_at = rowlock.clock()
    where session.session_id = p_session_id
      and session.user_id = p_user_id
      and session.ended_at is null;
    get diagnostics v_ended = row_count;
  end if;
  return jsonb_build_object('code', 'done', 'ended', v_ended);
end
$$;

-- Deletes what ended longer than p_keep ago, for size only: sessions with their tokens, links,
-- counts. Answers how many rows went.
create or replace function rowlock.prune_access(p_keep interval) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_before timestamptz := rowlock.clock() - p_keep;
  v_sessions bigint;
  v_links bigint;
  v_attempts bigint;
begin
  delete from rowlock.sessions as session
  where least(session.ended_at, session.expires_at, session.idle_until) < v_before;
  get diagnostics v_sessions = row_count;
  delete from rowlock.sign_in_links as link
  where least(link.used_at, link.expires_at) < v_before;
  get diagnostics v_links = row_count;
  delete from rowlock.attempts as known
  where known.until < v_before;
  get diagnostics v_attempts = row_count;
  return to_jsonb(v_sessions + v_links + v_attempts);
end
$$;
