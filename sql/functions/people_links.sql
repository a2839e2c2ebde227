-- Time for which a link is good.
create or replace function rowlock.link_life() returns interval
language sql immutable as $$ select interval '30 minutes' $$;

-- Links that nobody has used go whenever they could let in somebody whom nobody thinks of any more.
create or replace function rowlock.drop_links(p_user_id uuid) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  delete from rowlock.sign_in_links as link
  where link.user_id = p_user_id
    and link.used_at is null
$$;

-- Makes a link that signs a user in once. Only its hash is kept. Safe to retry by
-- request id. Outcomes: idempotency_key_reused, user_unknown, done {"expiresAt" in milliseconds}.
create or replace function rowlock.create_sign_in_link(
  p_request_id uuid,
  p_fingerprint uuid,
  p_actor text,
  p_trace text,
  p_user_id uuid,
  p_hash bytea
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_answer jsonb := rowlock.answered(p_request_id, p_fingerprint);
  v_expires_at timestamptz := rowlock.clock() + rowlock.link_life();
begin
  if v_answer is not null then
    return v_answer;
  end if;
  if not exists (select from rowlock.users as known where known.user_id = p_user_id) then
    return '{"code": "user_unknown"}';
  end if;
  insert into rowlock.sign_in_links (hash, user_id, created_at, expires_at)
  values (p_hash, p_user_id, rowlock.clock(), v_expires_at)
  on conflict (hash) do nothing;
  if not found then
    -- The token comes from the client's key, which was used so long ago that it is forgotten.
    return '{"code": "idempotency_key_reused"}';
  end if;
  perform rowlock.note_act(
    p_actor, p_trace, 'createSignInLink', rowlock.public_id('user', p_user_id), null
  );
  return rowlock.keep_answer(
    p_request_id, p_fingerprint,
    jsonb_build_object('code', 'done', 'expiresAt', rowlock.ms(v_expires_at))
  );
end
$$;

-- Sees to it that somebody can be the first operator: as long as no operator can sign in with
-- e-mail and password, one is there (made, if need be) and gets a one-time link. Safe to retry.
-- Outcomes: already, done {"userId"}.
create or replace function rowlock.bootstrap(p_user_id uuid, p_hash bytea)
returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_user_id uuid;
  v_is_new boolean := false;
begin
  perform from rowlock.locks as known where known.name = 'operators' for update;
  v_now := rowlock.clock();
  if exists (
    select
    from rowlock.users as known
    where known.role = 'operator'
      and known.disabled_at is null
      and known.password_hash is not null
      and known.email is not null
  ) then
    return '{"code": "already"}';
  end if;
  select known.user_id into v_user_id
  from rowlock.users as known
  where known.role = 'operator'
    and known.disabled_at is null
  order by known.created_at, known.user_id
  limit 1;
  if not found then
    v_is_new := true;
    v_user_id := p_user_id;
    insert into rowlock.users (user_id, name, role, created_at)
    values (v_user_id, 'Operator', 'operator', v_now);
  end if;
  insert into rowlock.sign_in_links (hash, user_id, created_at, expires_at)
  values (p_hash, v_user_id, v_now, v_now + rowlock.link_life())
  on conflict (hash) do nothing;
  perform rowlock.note_act(
    'rowlock', null, 'bootstrap', rowlock.public_id('user', v_user_id),
    jsonb_build_object('created', v_is_new)
  );
  return jsonb_build_object('code', 'done', 'userId', v_user_id);
end
$$;
