-- Number of tries that each kind allows, and the seconds of its window. They stand here and are not
-- passed in, or a caller could ask for any.
create or replace function rowlock.tries_allowed(p_kind text, out max int, out seconds int)
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select allowed.max, allowed.seconds
  from (
    values
      -- Of one network for one e-mail; of a device that has signed in with it before.
      ('sign-in:user-network', 10, 900),
      ('sign-in:device', 10, 900),
      -- Of all unknown devices for one e-mail, and of one network for all of them.
      ('sign-in:user', 100, 900),
      ('sign-in:address', 30, 900),
      ('register:address', 20, 3600),
      ('email:user', 10, 3600)
  ) as allowed (kind, max, seconds)
  where allowed.kind = p_kind
$$;

-- Counts tries before they are made, for all servers together: p_tries is [{"kind", "who"}]. All
-- are counted, or, where one has reached its maximum, none.
-- Outcomes: rate_limited {"retryAfterSeconds"}, done.
create or replace function rowlock.count_tries(p_tries jsonb) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_attempts jsonb;
begin
  select jsonb_agg(
    jsonb_build_object(
      'bucket', try.kind || ':' || try.who, 'max', allowed.max, 'seconds', allowed.seconds
    )
  ) into strict v_attempts
  from jsonb_to_recordset(p_tries) as try (kind text, who text)
  cross join lateral rowlock.tries_allowed(try.kind) as allowed;
  return rowlock.count_attempts(v_attempts);
end
$$;

-- Counts tries before they are made, for all servers together: p_attempts is
-- [{"bucket", "max", "seconds"}], where a null max only counts. All are counted, or, where one has
-- reached its max, none. Tries at once cannot slip through between look and count.
--
-- Discipline: rows are locked in the order of their buckets. Safe to retry: a try counts once more.
-- Outcomes: rate_limited {"retryAfterSeconds"}, done {"count": of the first bucket}.
create or replace function rowlock.count_attempts(p_attempts jsonb) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_wait interval;
  v_attempt record;
  v_row rowlock.attempts;
begin
  for v_attempt in
    select attempt.bucket, attempt.max, attempt.seconds
    from jsonb_to_recordset(p_attempts) as attempt (bucket text, max int, seconds int)
    order by attempt.bucket
  loop
    v_now := rowlock.clock();
    insert into rowlock.attempts as known (bucket, count, until)
    values (v_attempt.bucket, 0, v_now + v_attempt.seconds * interval '1 second')
    on conflict (bucket) do update
    set count = case when known.until <= v_now then 0 else known.count end,
        until = case when known.until <= v_now then excluded.until else known.until end
    returning known.* into v_row;
    if v_row.count >= v_attempt.max then
      v_wait := greatest(v_wait, v_row.until - v_now);
    end if;
  end loop;
  if v_wait is not null then
    return jsonb_build_object(
      'code', 'rate_limited', 'retryAfterSeconds', ceil(extract(epoch from v_wait))
    );
  end if;
  update rowlock.attempts as known
  set count = known.count + 1
  from jsonb_to_recordset(p_attempts) as attempt (bucket text)
  where known.bucket = attempt.bucket;
  -- What has ended goes a little at a time, so that ever new buckets do not pile up.
  delete from rowlock.attempts as known
  where known.bucket in (
    select ended.bucket
    from rowlock.attempts as ended
    where ended.until <= v_now
    order by ended.until
    limit 10
    for update skip locked
  );
  return '{"code": "done"}';
end
$$;

-- Takes counted tries back, because they were good ones.
create or replace function rowlock.forgive_attempts(p_buckets text[]) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  perform
  from rowlock.attempts as known
  where known.bucket = any (p_buckets)
  order by known.bucket
  for update;
  update rowlock.attempts as known
  set count = known.count - 1
  where known.bucket = any (p_buckets)
    and known.count > 0;
  return '{"code": "done"}';
end
$$;
