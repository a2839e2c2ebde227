-- Delays of webhooks, which metrics read every few seconds.

-- The age in seconds of the oldest event that each webhook has not been told of, the oldest first:
-- [{"webhook", "seconds"}]. Looks at what is under way or waits for its retry, by their indexes, so
-- it costs nothing where nobody is late. What nobody has looked at yet is late for a moment only.
-- Can only be planned one way, as events_after.
create or replace function rowlock.webhook_lags(p_limit int) returns json
language plpgsql stable
security definer
set search_path = rowlock, pg_temp
set enable_seqscan = off
set enable_sort = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_bitmapscan = off
set enable_memoize = off
set jit = off
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    with told as materialized (
      select cursor.webhook_id, cursor.show_id, cursor.version + 1 as version,
        cursor.expiry_no + 1 as expiry_no
      from rowlock.webhook_cursors as cursor
      where cursor.leased_until is not null
      union
      select cursor.webhook_id, cursor.show_id, cursor.version + 1, cursor.expiry_no + 1
      from rowlock.webhook_cursors as cursor
      where cursor.retry_at is not null
      union
      select attempt.webhook_id, attempt.show_id,
        case when attempt.expiry_no is null then attempt.version end, attempt.expiry_no
      from rowlock.webhook_attempts as attempt
      where attempt.next_at is not null
    ), waiting (webhook_id, at) as (
      select told.webhook_id, rowlock.written_at(told.show_id, told.version)
      from told
      union all
      select told.webhook_id, expiry.until
      from told
      join rowlock.expiries as expiry
        on expiry.show_id = told.show_id
        and expiry.expiry_no = told.expiry_no
    )
    select coalesce(json_agg(json_build_object(
      'webhook', rowlock.public_id('webhook', oldest.webhook_id),
      'seconds', extract(epoch from rowlock.clock() - oldest.since)
    ) order by oldest.since), '[]')
    from (
      select waiting.webhook_id, min(waiting.at) as since
      from waiting
      join rowlock.webhooks as known
        on known.webhook_id = waiting.webhook_id
        and known.disabled_at is null
      where waiting.at is not null
      group by waiting.webhook_id
      order by since
      limit p_limit
    ) as oldest
  );
end
$$;
