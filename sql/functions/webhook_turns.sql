-- Turns: which shows webhooks are to be told of, and which server tells whom. A lease says which
-- server delivers a show to a webhook; a server that dies loses it after half a minute.

-- Shows that some webhook is to be told of, as far as that can be seen without looking at each of
-- them: new entries, ends that have come, retries that are due, leases that ran out. Null while
-- there is no webhook at all.
create or replace function rowlock.webhook_work(p_limit int) returns json
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
begin
  if not exists (select from rowlock.webhooks as known where known.disabled_at is null) then
    return null;
  end if;
  return (
    with newest as materialized (
      select moment.show_id, moment.version
      from rowlock.show_times as moment
    )
    select coalesce(json_agg(work.show_id), '[]')
    from (
      select ending.show_id
      from rowlock.hold_ends as ending
      where ending.until <= v_now
      union
      select cursor.show_id
      from rowlock.webhook_cursors as cursor
      where cursor.retry_at <= v_now
      union
      select cursor.show_id
      from rowlock.webhook_cursors as cursor
      where cursor.leased_until <= v_now
      union
      select newest.show_id
      from newest
      left join rowlock.event_shows as known on known.show_id = newest.show_id
      where known.show_id is null
        or newest.version > known.told_version
        or known.expiry_no > known.told_expiry_no
      limit p_limit
    ) as work
  );
end
$$;

-- One turn for shows, in one commit: brings their expiries up to date, and gives p_server what is
-- to be delivered: {"more": shows to look at once more, "leases": [{"showId", "webhookId", "url",
-- "events", "owner", "seesAll", "secrets", "version", "expiryNo", "tries"}]}. Whatever is not given
-- out now is leased to somebody, waits for its retry, or is seen by webhook_work. Can only be
-- planned one way, as events_after.
create or replace function rowlock.webhook_turns(p_show_ids bigint[], p_server uuid) returns json
language plpgsql
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
declare
  c_expiring constant int := 4;
  v_show_ids bigint[] := rowlock.lock_event_shows(p_show_ids);
  v_more bigint[];
  v_due bigint[];
  v_leases jsonb;
begin
  v_more := array(
    select asked.show_id
    from unnest(p_show_ids) as asked (show_id)
    where asked.show_id <> all (v_show_ids)
      or rowlock.note_ends(asked.show_id)
  );
  v_due := rowlock.shows_due(v_show_ids);
  v_leases := rowlock.lease_shows(array(
    select known.show_id
    from unnest(v_show_ids) as known (show_id)
    where known.show_id <> all (v_due)
  ), p_server);
  -- Last, and few at a time: what expires in a show is found under the lock of its sale.
  v_more := v_more || v_due[c_expiring + 1:];
  v_due := v_due[:c_expiring];
  v_more := v_more || array(
    select due.show_id
    from unnest(v_due) as due (show_id)
    where rowlock.expire_holds(due.show_id)
  );
  v_leases := v_leases || rowlock.lease_shows(v_due, p_server);
  perform rowlock.commit_later();
  return json_build_object('more', v_more, 'leases', v_leases);
end
$$;

-- Leases to p_server what webhooks are to be told of shows that are up to date; see webhook_turns.
create or replace function rowlock.lease_shows(p_show_ids bigint[], p_server uuid) returns jsonb
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_leases jsonb;
begin
  perform rowlock.open_cursors(p_show_ids);
  with wanted as materialized (
    select wanted.show_id, wanted.webhook_id, wanted.sees_all, known.version, known.expiry_no
    from rowlock.webhooks_of(p_show_ids) as wanted
    join rowlock.event_shows as known on known.show_id = wanted.show_id
  ), free as (
    select cursor.webhook_id, cursor.show_id, wanted.sees_all
    from wanted
    join rowlock.webhook_cursors as cursor
      on cursor.webhook_id = wanted.webhook_id
      and cursor.show_id = wanted.show_id
    where (cursor.version < wanted.version or cursor.expiry_no < wanted.expiry_no)
      and (cursor.retry_at is null or cursor.retry_at <= v_now)
      and (cursor.leased_until is null or cursor.leased_until <= v_now)
    for update of cursor skip locked
  ), leased as (
    update rowlock.webhook_cursors as cursor
    set leased_by = p_server, leased_until = v_now + interval '30 seconds', retry_at = null
    from free
    where cursor.webhook_id = free.webhook_id
      and cursor.show_id = free.show_id
    returning cursor.webhook_id, cursor.show_id, cursor.version, cursor.expiry_no, cursor.tries,
      free.sees_all
  )
  select jsonb_agg(jsonb_build_object(
    'showId', leased.show_id,
    'webhookId', known.webhook_id,
    'url', known.url,
    'events', known.events,
    'owner', known.owner,
    'seesAll', leased.sees_all,
    'secrets', rowlock.secrets_of(known.webhook_id),
    'version', leased.version,
    'expiryNo', leased.expiry_no,
    'tries', leased.tries
  )) into v_leases
  from leased
  join rowlock.webhooks as known on known.webhook_id = leased.webhook_id;
  update rowlock.event_shows as known
  set told_version = known.version, told_expiry_no = known.expiry_no
  where known.show_id = any (p_show_ids)
    and (known.told_version, known.told_expiry_no)
      is distinct from (known.version, known.expiry_no);
  return coalesce(v_leases, '[]');
end
$$;
