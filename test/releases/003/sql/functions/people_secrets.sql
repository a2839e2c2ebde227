-- The secret of that name: the first one that any server offered, for ever. Safe to retry.
create or replace function rowlock.keep_secret(p_name text, p_value bytea) returns bytea
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.secrets (name, value)
  values (p_name, p_value)
  on conflict (name) do nothing;
  return (select secret.value from rowlock.secrets as secret where secret.name = p_name);
end
$$;

-- The keys that access tokens are signed with, newest first. Where the newest is older than
-- p_life, or there is none, the offered one becomes the newest. One that a newer one has followed
-- for longer than p_keep verifies no token that still lives, and goes. Safe to retry.
-- Answers {"now", "keys": [{"kid", "secret" (hexadecimal), "createdAt"}]}, times in milliseconds.
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
  perform pg_advisory_xact_lock(hashtext('rowlock.signing_keys'));
  v_now := rowlock.clock();
  if not exists (
    select from rowlock.signing_keys as signing where signing.created_at > v_now - p_life
  ) then
    insert into rowlock.signing_keys (kid, secret, created_at)
    values (p_kid, p_secret, v_now)
    on conflict (kid) do nothing;
  end if;
  delete from rowlock.signing_keys as signing
  where exists (
    select
    from rowlock.signing_keys as newer
    where newer.created_at > signing.created_at
      and newer.created_at < v_now - p_keep
  );
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
