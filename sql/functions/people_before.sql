-- Functions that servers of the version before call: they go on selling while they are replaced,
-- and go away with the version after this one. What they pass as policy counts for nothing.

-- Their access tokens are signed. The server of today reads none of them, so these keys let nobody
-- in but to servers of the version before.
create or replace function rowlock.signing_keys_of(
  p_kid text,
  p_secret bytea,
  p_life interval,
  p_keep interval
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
begin
  perform from rowlock.locks as known where known.name = 'signing_keys' for update;
  v_now := rowlock.clock();
  if not exists (
    select
    from rowlock.signing_keys as signing
    where signing.created_at > v_now - interval '30 days'
  ) then
    insert into rowlock.signing_keys (kid, secret, created_at)
    values (p_kid, p_secret, v_now)
    on conflict (kid) do nothing;
  end if;
  return jsonb_build_object('now', rowlock.ms(v_now), 'keys', (
    select jsonb_agg(
      jsonb_build_object(
        'kid', signing.kid,
        'secret', encode(signing.secret, 'hex'),
        'createdAt', rowlock.ms(signing.created_at)
      )
      order by signing.created_at desc, signing.kid
    )
    from rowlock.signing_keys as signing
  ));
end
$$;

create or replace function rowlock.create_session(
  p_session_id uuid,
  p_user_id uuid,
  p_password_hash text,
  p_new_hash text,
  p_refresh_hash bytea
) returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.create_session(
    null, p_user_id, p_password_hash, p_new_hash, null,
    jsonb_build_object('sessionId', p_session_id, 'refreshHash', encode(p_refresh_hash, 'hex'))
  )
$$;

create or replace function rowlock.create_session_by_link(
  p_session_id uuid,
  p_link_hash bytea,
  p_refresh_hash bytea
) returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.create_session_by_link(
    null, p_link_hash, null,
    jsonb_build_object('sessionId', p_session_id, 'refreshHash', encode(p_refresh_hash, 'hex'))
  )
$$;

-- Their next token is a random one, so a repeat gives another; it is not kept as the successor.
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
  v_session rowlock.sessions := rowlock.lock_session_of(p_hash);
  v_now timestamptz := rowlock.clock();
  v_pair rowlock.refresh_tokens;
begin
  select pair.* into v_pair from rowlock.refresh_tokens as pair where pair.hash = p_hash;
  if v_session.session_id is null or v_pair.revoked_at is not null
    or v_pair.successor is not null or v_pair.used_at + rowlock.refresh_grace() < v_now
  then
    return '{"code": "session_ended"}';
  end if;
  update rowlock.refresh_tokens as pair
  set used_at = coalesce(pair.used_at, v_now)
  where pair.hash = p_hash;
  insert into rowlock.refresh_tokens (hash, session_id, created_at)
  values (p_new_hash, v_session.session_id, v_now)
  on conflict (hash) do nothing;
  update rowlock.sessions as session
  set idle_until = v_now + rowlock.idle_life()
  where session.session_id = v_session.session_id;
  return rowlock.pair_answer(p_new_hash, v_now);
end
$$;

create or replace function rowlock.end_session(p_user_id uuid, p_session_id uuid) returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.end_session(
    rowlock.public_id('user', p_user_id), null, 'endSession', p_user_id, p_session_id
  )
$$;

create or replace function rowlock.change_password(
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_session_id uuid,
  p_old_hash text,
  p_new_hash text
) returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.change_password(
    p_actor, p_trace, p_user_id, p_session_id, p_old_hash, p_new_hash, null, null, null
  )
$$;

create or replace function rowlock.create_sign_in_link(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_hash bytea,
  p_seconds int
) returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.create_sign_in_link(
    p_request_id, p_fingerprint, p_actor, p_trace, p_user_id, p_hash
  )
$$;

create or replace function rowlock.bootstrap(p_user_id uuid, p_hash bytea, p_seconds int)
returns jsonb
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  select rowlock.bootstrap(p_user_id, p_hash)
$$;

-- They ask for codes of an app alone. Where there are passkeys instead, they send no proof, and are
-- refused.
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
