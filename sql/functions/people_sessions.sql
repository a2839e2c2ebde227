-- Sessions. Their refresh tokens are stored as hashes, each good for one use.

-- Credentials to check a sign-in with an e-mail against, or null. The one function that hands out a
-- password's hash by e-mail; a caller does the same work for an answer of null.
create or replace function rowlock.credentials_of(p_email_key text) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'userId', known.user_id,
    'passwordHash', known.password_hash,
    'disabled', known.disabled_at is not null,
    'secondFactor', rowlock.second_factor_of(known.user_id),
    'hasPasskeys', rowlock.has_passkeys(known.user_id)
  )
  from rowlock.users as known
  where known.email_key = p_email_key
$$;

-- Credentials of a user who is signed in: {"email", "name", "passwordHash", "secondFactor",
-- "hasPasskeys", "mayReplace"}, or null. A session that began by link may replace a password that
-- is older than it: the link stands for it.
create or replace function rowlock.password_of(p_user_id uuid, p_session_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'email', known.email,
    'name', known.name,
    'passwordHash', known.password_hash,
    'secondFactor', rowlock.second_factor_of(known.user_id),
    'hasPasskeys', rowlock.has_passkeys(known.user_id),
    'mayReplace', session.began_by = 'link' and known.password_changed_at < session.created_at
  )
  from rowlock.users as known
  join rowlock.sessions as session on session.user_id = known.user_id
  where known.user_id = p_user_id
    and session.session_id = p_session_id
$$;

-- Times for which the two tokens of a pair are good, how often one may be asked for again, and how
-- many sessions a user may have. Constants, so that callers cannot choose them.
create or replace function rowlock.access_life() returns interval
language sql immutable as $$ select interval '5 minutes' $$;

create or replace function rowlock.idle_life() returns interval
language sql immutable as $$ select interval '7 days' $$;

create or replace function rowlock.refresh_grace() returns interval
language sql immutable as $$ select interval '10 seconds' $$;

create or replace function rowlock.sessions_max() returns int
language sql immutable as $$ select 20 $$;

-- Tells whether a session still counts: it has neither been ended nor run out nor lain idle for too
-- long. An expression without settings, so that it becomes part of the queries that ask.
create or replace function rowlock.is_live(p_session rowlock.sessions, p_now timestamptz)
returns boolean
language sql immutable
as $$
  select (p_session).ended_at is null
    and (p_session).expires_at > p_now
    and (p_session).idle_until > p_now
$$;

-- Begins the session that p_begin describes: {"sessionId", "refreshHash", "accessHash", "agent",
-- "address", "replaces", "second"}, hashes in hexadecimal; the last one is the factor that was
-- proven. It takes the place of the session to which the token `replaces` belongs, and of the
-- oldest ones of a user who has too many. The caller has locked the user.
create or replace function rowlock.begin_session(
  p_user rowlock.users,
  p_began_by text,
  p_trace text,
  p_begin jsonb
) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_session_id uuid := (p_begin ->> 'sessionId')::uuid;
  v_refresh_hash bytea := decode(p_begin ->> 'refreshHash', 'hex');
  v_replaces bytea := decode(p_begin ->> 'replaces', 'hex');
begin
  insert into rowlock.sessions (
    session_id, user_id, began_by, created_at, expires_at, idle_until, agent
  )
  values (
    v_session_id, p_user.user_id, p_began_by, v_now,
    v_now + case p_user.role when 'user' then interval '30 days' else interval '12 hours' end,
    v_now + rowlock.idle_life(), p_begin ->> 'agent'
  )
  on conflict (session_id) do nothing;
  if found then
    perform rowlock.add_pair(
      v_session_id, v_refresh_hash, decode(p_begin ->> 'accessHash', 'hex'), v_now
    );
    update rowlock.sessions as session
    set ended_at = v_now
    where session.ended_at is null
      and session.session_id in (
        select pair.session_id
        from rowlock.refresh_tokens as pair
        where pair.hash = v_replaces or pair.access_hash = v_replaces
      );
    update rowlock.sessions as session
    set ended_at = v_now
    where session.session_id in (
      select live.session_id
      from rowlock.sessions as live
      where live.user_id = p_user.user_id
        and rowlock.is_live(live, v_now)
      order by live.idle_until desc, (live.session_id = v_session_id) desc, live.session_id
      offset rowlock.sessions_max()
    );
    perform rowlock.note_act(
      rowlock.public_id('user', p_user.user_id), p_trace, 'createSession',
      rowlock.public_id('session', v_session_id),
      jsonb_build_object(
        'by', p_began_by, 'second', p_begin -> 'second', 'address', p_begin -> 'address'
      )
    );
  end if;
  return rowlock.pair_answer(v_refresh_hash, v_now);
end
$$;

-- Tells whether the session has begun already: then this is a repeat, and everything was proven
-- before.
create or replace function rowlock.is_begun(p_user_id uuid, p_begin jsonb) returns boolean
language sql stable
set search_path = rowlock, pg_temp
as $$
  select exists (
    select
    from rowlock.sessions as session
    where session.session_id = (p_begin ->> 'sessionId')::uuid
      and session.user_id = p_user_id
  )
$$;

-- Begins a session after the password was found right, if it is still the same. p_new_hash takes
-- its place where it was hashed with older parameters. Safe to retry: the session has an id.
-- Outcomes: credentials_wrong, done {"userId", "sessionId", "role", "expiresAt", …}.
create or replace function rowlock.create_session(
  p_trace text,
  p_user_id uuid,
  p_password_hash text,
  p_new_hash text,
  p_second jsonb,
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
  where known.user_id = p_user_id
    and known.disabled_at is null
    and known.password_hash in (p_password_hash, p_new_hash)
  for update;
  if not found or not (
    rowlock.is_begun(p_user_id, p_begin) or rowlock.use_second_factor(p_user_id, p_second)
  ) then
    return '{"code": "credentials_wrong"}';
  end if;
  if p_new_hash is not null then
    update rowlock.users as known
    set password_hash = p_new_hash
    where known.user_id = p_user_id;
  end if;
  return rowlock.begin_session(
    v_user, 'password', p_trace, p_begin || rowlock.proof_kind(p_second)
  );
end
$$;

-- Begins a session by a link, which is used up. Whoever was given the link by an operator is who
-- they say, so their e-mail counts as theirs. Safe to retry: a link remembers its session.
-- Outcomes as above.
create or replace function rowlock.create_session_by_link(
  p_trace text,
  p_link_hash bytea,
  p_second jsonb,
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
  from rowlock.use_link(p_link_hash, (p_begin ->> 'sessionId')::uuid, p_second) as known;
  if v_user.user_id is null then
    return '{"code": "credentials_wrong"}';
  end if;
  return rowlock.begin_session(
    v_user, 'link', p_trace, p_begin || rowlock.proof_kind(p_second)
  );
end
$$;

-- Uses a link up for a session, and answers whom it is for, locked; null where it is none.
create or replace function rowlock.use_link(
  p_link_hash bytea,
  p_session_id uuid,
  p_second jsonb
) returns rowlock.users
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_link rowlock.sign_in_links;
  v_user rowlock.users;
begin
  -- The user first, as everywhere.
  select known.* into v_user
  from rowlock.users as known
  where known.disabled_at is null
    and known.user_id = (
      select link.user_id from rowlock.sign_in_links as link where link.hash = p_link_hash
    )
  for update;
  select link.* into v_link
  from rowlock.sign_in_links as link
  where link.hash = p_link_hash
  for update;
  if not found or v_user.user_id is null or v_link.expires_at <= rowlock.clock()
    or (v_link.used_at is not null and v_link.session_id is distinct from p_session_id)
    or (v_link.used_at is null and not rowlock.use_second_factor(v_user.user_id, p_second))
  then
    return null;
  end if;
  update rowlock.sign_in_links as link
  set used_at = rowlock.clock(),
      session_id = p_session_id
  where link.hash = p_link_hash;
  update rowlock.users as known
  set email_verified_at = coalesce(known.email_verified_at, rowlock.clock())
  where known.user_id = v_user.user_id
    and known.email is not null;
  return v_user;
end
$$;

-- Facts about a session when its access token is sent: {"now", "userId", "role", "expiresAt"}, only
-- "now" when it has ended. Times in milliseconds.
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
        and rowlock.is_live(session, v_now)
        and known.disabled_at is null
    ),
    '{}'
  );
end
$$;

-- Ends one session (p_session_id), or all of the user's; with all of them go the links that nobody
-- has used. Outcomes: session_unknown (only where one is named that was never theirs), done
-- {"ended"}.
create or replace function rowlock.end_session(
  p_actor text,
  p_trace text,
  p_action text,
  p_user_id uuid,
  p_session_id uuid
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_ended int;
begin
  if p_session_id is null then
    if not exists (select from rowlock.users as known where known.user_id = p_user_id) then
      return '{"code": "user_unknown"}';
    end if;
    v_ended := rowlock.end_sessions(p_user_id, null);
    perform rowlock.drop_links(p_user_id);
  else
    if not exists (
      select
      from rowlock.sessions as session
      where session.session_id = p_session_id
        and session.user_id = p_user_id
    ) then
      return '{"code": "session_unknown"}';
    end if;
    update rowlock.sessions as session
    set ended_at = rowlock.clock()
    where session.session_id = p_session_id
      and session.ended_at is null;
    get diagnostics v_ended = row_count;
  end if;
  if p_session_id is null or v_ended > 0 then
    perform rowlock.note_act(
      p_actor, p_trace, p_action,
      case
        when p_session_id is null then rowlock.public_id('user', p_user_id)
        else rowlock.public_id('session', p_session_id)
      end,
      jsonb_build_object('sessionsEnded', v_ended)
    );
  end if;
  return jsonb_build_object('code', 'done', 'ended', v_ended);
end
$$;

-- The live sessions of a user, the one that was used last first: [{"sessionId", "createdAt",
-- "usedAt", "expiresAt", "agent", "signedInBy"}], times in milliseconds. Servers of the version
-- before read "beganBy", and know no passkeys.
create or replace function rowlock.sessions_of(p_user_id uuid) returns jsonb
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'sessionId', session.session_id,
        'createdAt', rowlock.ms(session.created_at),
        'usedAt', rowlock.ms(session.idle_until - rowlock.idle_life()),
        'expiresAt', rowlock.ms(session.expires_at),
        'agent', session.agent,
        'signedInBy', session.began_by,
        'beganBy', case session.began_by when 'link' then 'link' else 'password' end
      )
      order by session.idle_until desc, session.session_id
    ),
    '[]'
  )
  from rowlock.sessions as session
  cross join rowlock.clock() as clock (now)
  where session.user_id = p_user_id
    and rowlock.is_live(session, clock.now)
$$;

-- Deletes what ended longer than p_keep ago, for size only: sessions with their tokens, links,
-- counts, challenges. Answers how many rows went.
create or replace function rowlock.prune_access(p_keep interval) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_before timestamptz := rowlock.clock() - greatest(p_keep, interval '0');
  v_sessions bigint;
  v_links bigint;
  v_attempts bigint;
  v_challenges bigint;
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
  delete from rowlock.passkey_challenges as known
  where known.expires_at < v_before;
  get diagnostics v_challenges = row_count;
  return to_jsonb(v_sessions + v_links + v_attempts + v_challenges);
end
$$;
