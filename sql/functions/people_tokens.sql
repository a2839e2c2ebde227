-- The tokens of sessions: in pairs, stored as hashes.

-- Hands out a pair of tokens of a session, by their hashes. Doing it twice does no more than once.
create or replace function rowlock.add_pair(
  p_session_id uuid,
  p_refresh_hash bytea,
  p_access_hash bytea,
  p_now timestamptz
) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  insert into rowlock.refresh_tokens (hash, session_id, created_at, access_hash, access_until)
  values (p_refresh_hash, p_session_id, p_now, p_access_hash, p_now + rowlock.access_life())
  on conflict (hash) do nothing
$$;

-- Answer with the pair of this refresh token: {"code", "userId", "sessionId", "role", "expiresAt",
-- "accessExpiresAt", "now"}, times in milliseconds.
create or replace function rowlock.pair_answer(p_refresh_hash bytea, p_now timestamptz)
returns jsonb
language sql stable
set search_path = rowlock, pg_temp
as $$
  select jsonb_build_object(
    'code', 'done', 'userId', known.user_id, 'sessionId', session.session_id,
    'role', known.role, 'expiresAt', rowlock.ms(session.expires_at),
    'accessExpiresAt', rowlock.ms(pair.access_until), 'now', rowlock.ms(p_now)
  )
  from rowlock.refresh_tokens as pair
  join rowlock.sessions as session on session.session_id = pair.session_id
  join rowlock.users as known on known.user_id = session.user_id
  where pair.hash = p_refresh_hash
$$;

-- Uses a refresh token up and puts the next pair in its place. Used again within the grace (an
-- answer was lost, or two tabs asked at once) it gives the same pair, as long as nobody has gone on
-- with that; otherwise it was stolen, by whoever came first or second, and its session ends.
--
-- Discipline: the session is locked first, then the token is looked at. Safe to retry: the next
-- pair is made from the token, so it is the same each time.
-- Outcomes: session_ended, done {"userId", "sessionId", "role", "expiresAt", …}.
create or replace function rowlock.refresh_session(
  p_trace text,
  p_address text,
  p_hash bytea,
  p_new_hash bytea,
  p_new_access_hash bytea
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_session rowlock.sessions := rowlock.lock_session_of(p_hash);
  v_now timestamptz := rowlock.clock();
  v_pair rowlock.refresh_tokens;
begin
  select pair.* into v_pair from rowlock.refresh_tokens as pair where pair.hash = p_hash;
  if v_session.session_id is null or v_pair.revoked_at is not null then
    return '{"code": "session_ended"}';
  end if;
  -- Servers of the version before leave no successor behind.
  if v_pair.used_at is null
    or (v_pair.successor is null and v_pair.used_at + rowlock.refresh_grace() >= v_now)
  then
    update rowlock.refresh_tokens as pair
    set used_at = coalesce(pair.used_at, v_now),
        successor = p_new_hash
    where pair.hash = p_hash;
    perform rowlock.add_pair(v_session.session_id, p_new_hash, p_new_access_hash, v_now);
    update rowlock.sessions as session
    set idle_until = v_now + rowlock.idle_life()
    where session.session_id = v_session.session_id;
    perform rowlock.note_act(
      rowlock.public_id('user', v_session.user_id), p_trace, 'refreshSession',
      rowlock.public_id('session', v_session.session_id),
      jsonb_build_object('address', p_address)
    );
    return rowlock.pair_answer(p_new_hash, v_now);
  end if;
  update rowlock.refresh_tokens as pair
  set replayed_at = coalesce(pair.replayed_at, v_now)
  where pair.hash = v_pair.successor
    and pair.hash = p_new_hash
    and pair.used_at is null
    and pair.revoked_at is null
    and v_pair.used_at + rowlock.refresh_grace() >= v_now;
  if found then
    return rowlock.pair_answer(p_new_hash, v_now);
  end if;
  update rowlock.sessions as session
  set ended_at = v_now
  where session.session_id = v_session.session_id;
  perform rowlock.note_act(
    rowlock.public_id('user', v_session.user_id), p_trace, 'refresh_reused',
    rowlock.public_id('session', v_session.session_id), jsonb_build_object('address', p_address)
  );
  return '{"code": "session_ended"}';
end
$$;

-- The session of a refresh token, locked; null where it is no longer there, or its user may not.
create or replace function rowlock.lock_session_of(p_hash bytea) returns rowlock.sessions
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_session rowlock.sessions;
begin
  select session.* into v_session
  from rowlock.sessions as session
  where session.session_id = (
    select pair.session_id from rowlock.refresh_tokens as pair where pair.hash = p_hash
  )
  for update;
  -- The clock is read only now, after the lock.
  if not rowlock.is_live(v_session, rowlock.clock())
    or not exists (
      select
      from rowlock.users as known
      where known.user_id = v_session.user_id
        and known.disabled_at is null
    )
  then
    return null;
  end if;
  return v_session;
end
$$;

-- Sender of an access token, by its hash: {"now", "userId", "role", "sessionId", "expiresAt"}, only
-- "now" when there is no such token, or it has ended. Times in milliseconds.
create or replace function rowlock.access_of(p_hash bytea) returns jsonb
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
        'userId', known.user_id, 'role', known.role, 'sessionId', session.session_id,
        'expiresAt', rowlock.ms(least(pair.access_until, session.expires_at))
      )
      from rowlock.refresh_tokens as pair
      join rowlock.sessions as session on session.session_id = pair.session_id
      join rowlock.users as known on known.user_id = session.user_id
      where pair.access_hash = p_hash
        and pair.access_until > v_now
        and rowlock.is_live(session, v_now)
        and known.disabled_at is null
    ),
    '{}'
  );
end
$$;
