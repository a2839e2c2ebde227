-- How long webhooks have been waiting: for metrics, every few seconds.

-- The age in seconds of the oldest event that each webhook has not been told of, the oldest first:
-- [{"webhook", "seconds"}]. Looks at what is under way or waits for its retry, by their indexes, so
-- it costs nothing where nobody is late. What nobody has looked at yet is late for a moment only.
create or replace function rowlock.webhook_lags(p_limit int) returns json
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  with told as (
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
  ), late as (
    select told.webhook_id, least(min(entry.at), min(expiry.until)) as since
    from told
    join rowlock.webhooks as known
      on known.webhook_id = told.webhook_id
      and known.disabled_at is null
    left join rowlock.journal as entry
      on entry.show_id = told.show_id
      and entry.version = told.version
    left join rowlock.expiries as expiry
      on expiry.show_id = told.show_id
      and expiry.expiry_no = told.expiry_no
    group by told.webhook_id
  )
  select coalesce(json_agg(json_build_object(
    'webhook', rowlock.public_id('webhook', oldest.webhook_id),
    'seconds', extract(epoch from rowlock.clock() - oldest.since)
  ) order by oldest.since), '[]')
  from (
    select *
    from late
    where late.since is not null
    order by late.since
    limit p_limit
  ) as oldest
$$;
