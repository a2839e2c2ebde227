-- Holds that run out, noted without a job that anybody depends on: whoever wants to know reads the
-- journal from where it was last read, remembers the ends that lie ahead, and looks at those that
-- have come under the show's lock.

-- Locks shows for whoever reads on in their journals, except for those that somebody else has
-- locked: one reader of a show at a time. Answers which of them are locked.
create or replace function rowlock.lock_event_shows(p_show_ids bigint[]) returns bigint[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  -- In one order everywhere: whoever adds the same ones meanwhile is waited for.
  insert into rowlock.event_shows (show_id)
  select asked.show_id
  from unnest(p_show_ids) as asked (show_id)
  where not exists (
    select
    from rowlock.event_shows as known
    where known.show_id = asked.show_id
  )
  order by asked.show_id
  on conflict (show_id) do nothing;
  return array(
    select known.show_id
    from rowlock.event_shows as known
    where known.show_id = any (p_show_ids)
    order by known.show_id
    for update skip locked
  );
end
$$;

-- Reads up to p_limit entries of the journal that have not been read. Answers whether there may be
-- more to read. Discipline: one reader of a show at a time, by lock_event_shows. Whoever calls it
-- has the settings of events_after, or it reads the whole show.
create or replace function rowlock.note_ends(p_show_id bigint, p_limit int default 1000)
returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_from bigint;
  v_to bigint;
begin
  select known.version into v_from
  from rowlock.event_shows as known
  where known.show_id = p_show_id;
  select entry.version into v_to
  from rowlock.journal as entry
  where entry.show_id = p_show_id
    and entry.version > v_from
    and entry.version <= v_from + p_limit
  order by entry.version desc
  limit 1;
  if v_to is null then
    return false;
  end if;
  with newest as (
    select distinct on (entry.hold_id)
      entry.hold_id,
      entry.until,
      entry.booked_at is null and entry.until < 'infinity' and entry.seats <> '{}' as is_live,
      -- A part that is given back of a hold that is over leaves the end that it had: that one was
      -- noted when it still lay ahead, and has been told since, or will be.
      min(entry.at) over (partition by entry.hold_id, entry.until) < entry.until as is_ahead
    from (
      select *
      from rowlock.journal as one
      where one.show_id = p_show_id
        and one.version > v_from
        and one.version <= v_to
      order by one.version
      limit p_limit
    ) as entry
    where entry.hold_id is not null
    order by entry.hold_id, entry.step desc
  ), over as (
    delete from rowlock.hold_ends as ending
    using newest
    where ending.show_id = p_show_id
      and ending.hold_id = newest.hold_id
      and not newest.is_live
  )
  insert into rowlock.hold_ends as ending (show_id, hold_id, until)
  select p_show_id, newest.hold_id, newest.until
  from newest
  where newest.is_live
    and newest.is_ahead
  on conflict (show_id, hold_id) do update
  set until = excluded.until;
  update rowlock.event_shows as known
  set version = v_to
  where known.show_id = p_show_id;
  return v_to = v_from + p_limit;
end
$$;

-- Turns ends that have come into expiries, under the show's lock: an extension that waits for its
-- commit must not come after its own expiry. Where somebody else has the lock just now, later will
-- do. Answers whether there may be more.
create or replace function rowlock.expire_holds(p_show_id bigint, p_limit int default 500)
returns boolean
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_ids uuid[];
  v_untils timestamptz[];
  v_before bigint;
begin
  if not exists (
    select
    from rowlock.hold_ends as ending
    where ending.show_id = p_show_id
      and ending.until <= v_now
  ) then
    return false;
  end if;
  perform
  from rowlock.policies as policy
  where policy.show_id = p_show_id
  for update skip locked;
  if not found then
    return false;
  end if;
  v_now := rowlock.show_time(p_show_id);
  while rowlock.note_ends(p_show_id) loop
    null;
  end loop;
  select array_agg(due.hold_id), array_agg(due.until) into v_ids, v_untils
  from (
    select ending.hold_id, ending.until
    from rowlock.hold_ends as ending
    where ending.show_id = p_show_id
      and ending.until <= v_now
    order by ending.until, ending.hold_id
    limit p_limit
  ) as due;
  if v_ids is null then
    return false;
  end if;
  delete from rowlock.hold_ends as ending
  where ending.show_id = p_show_id
    and ending.hold_id = any (v_ids);
  update rowlock.event_shows as known
  set expiry_no = known.expiry_no + cardinality(v_ids)
  where known.show_id = p_show_id
  returning known.expiry_no - cardinality(v_ids) into v_before;
  insert into rowlock.expiries (show_id, expiry_no, hold_id, version, until)
  select
    p_show_id, v_before + due.ordinality, due.hold_id, newest.version, due.until
  from unnest(v_ids, v_untils) with ordinality as due (hold_id, until)
  cross join lateral (
    select entry.version
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.hold_id = due.hold_id
      and entry.at < entry.until
    order by entry.step desc
    limit 1
  ) as newest;
  return cardinality(v_ids) = p_limit;
end
$$;

-- Those of these shows in which an end that was noted has come, the earliest first.
create or replace function rowlock.shows_due(p_show_ids bigint[]) returns bigint[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select array(
    select ending.show_id
    from rowlock.hold_ends as ending
    where ending.show_id = any (p_show_ids)
      and ending.until <= rowlock.clock()
    group by ending.show_id
    order by min(ending.until)
  )
$$;

-- Brings the expiries of a show up to date, as far as one transaction should go. Answers whether
-- there may be more. Safe to repeat, and from any number of servers.
create or replace function rowlock.note_show(p_show_id bigint) returns boolean
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
  v_has_more boolean;
begin
  if rowlock.lock_event_shows(array[p_show_id]) = '{}' then
    return true;
  end if;
  v_has_more := rowlock.note_ends(p_show_id);
  return rowlock.expire_holds(p_show_id) or v_has_more;
end
$$;

-- Finds when a version of a show was written; null where there is none. Not "version = …": then any
-- index of the show would do, and each entry of it would be read.
create or replace function rowlock.written_at(p_show_id bigint, p_version bigint)
returns timestamptz
language plpgsql stable
set search_path = rowlock, pg_temp
set enable_sort = off
as $$
begin
  return (
    select told.at
    from rowlock.journal as told
    where told.show_id = p_show_id
      and told.version between p_version and p_version
    order by told.version
    limit 1
  );
end
$$;

-- Entries and expiries of a show after given ones, for events: {"now", "restores", "since": how
-- many of them there were when that version was written, null where there is none, "entries":
-- [{"entry", "origin", "owner", "restores", "former": the entry before, where the booking had
-- another owner}], "expiries": [{"expiryNo", …the same}]}, at most p_limit of each, in order. Can
-- only be planned one way, as apply_at: each look-up by the key of its chain. Planned otherwise,
-- each event of a young show reads all the others.
create or replace function rowlock.events_after(
  p_show_id bigint,
  p_version bigint,
  p_expiry_no bigint,
  p_limit int
) returns json
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
declare
  v_restores timestamptz[] := array(select restore.restored_at from rowlock.restores as restore);
  v_written_at timestamptz := rowlock.written_at(p_show_id, p_version);
begin
  return json_build_object(
    'now', rowlock.ms(rowlock.clock()),
    'restores', cardinality(v_restores),
    'since', case
      when v_written_at is not null then rowlock.restores_until(v_restores, v_written_at)
    end,
    'entries', (
      select coalesce(json_agg(json_build_object(
        'entry', to_json(entry), 'origin', first.kind, 'owner', entry.owner,
        'restores',
        case when v_restores = '{}' then 0 else rowlock.restores_until(v_restores, entry.at) end,
        'former', case
          when entry.kind = 'transfer' and entry.step > 0 then (
            select to_json(former)
            from rowlock.journal as former
            where former.show_id = p_show_id
              and former.hold_id = entry.hold_id
              and former.step = entry.step - 1
              and former.owner is distinct from entry.owner
            order by former.step
            limit 1
          )
        end
      ) order by entry.version), '[]')
      from (
        select *
        from rowlock.journal as one
        where one.show_id = p_show_id
          and one.version > p_version
        order by one.version
        limit p_limit
      ) as entry
      left join lateral (
        select begun.kind
        from rowlock.journal as begun
        where begun.show_id = p_show_id
          and begun.hold_id = entry.hold_id
        order by begun.step
        limit 1
      ) as first on true
    ),
    'expiries', (
      select coalesce(json_agg(json_build_object(
        'expiryNo', expiry.expiry_no, 'entry', to_json(entry), 'origin', first.kind,
        'owner', entry.owner, 'restores',
        case when v_restores = '{}' then 0 else rowlock.restores_until(v_restores, entry.at) end
      ) order by expiry.expiry_no), '[]')
      from (
        select *
        from rowlock.expiries as one
        where one.show_id = p_show_id
          and one.expiry_no > p_expiry_no
        order by one.expiry_no
        limit p_limit
      ) as expiry
      cross join lateral (
        select *
        from rowlock.journal as last
        where last.show_id = p_show_id
          and last.version = expiry.version
        order by last.version
        limit 1
      ) as entry
      cross join lateral (
        select begun.kind
        from rowlock.journal as begun
        where begun.show_id = p_show_id
          and begun.hold_id = expiry.hold_id
        order by begun.step
        limit 1
      ) as first
    )
  );
end
$$;
