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
