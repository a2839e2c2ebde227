-- Webhooks that are to be told of a show, and from where on.

-- The webhooks that are to be told of each of these shows at all: enabled, asking for it, and not
-- made with a key that has ended or is for other shows. `sees_all` says whether it may be told
-- whose a hold is: the operators' own, and keys that may read the journal.
create or replace function rowlock.webhooks_of(p_show_ids bigint[])
returns table (show_id bigint, webhook_id uuid, created_at timestamptz, sees_all boolean)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
begin
  return query
  select
    show.show_id,
    known.webhook_id,
    known.created_at,
    known.owner is null or 'journal' = any (key.scopes)
  from rowlock.shows as show
  join rowlock.webhooks as known
    on known.disabled_at is null
    and (known.shows is null or show.key = any (known.shows))
  left join rowlock.api_keys as key
    on known.owner = rowlock.public_id('key', key.key_id)
  where show.show_id = any (p_show_ids)
    and (
      known.owner is null
      or (
        key.revoked_at is null
        and (key.expires_at is null or key.expires_at > rowlock.clock())
        and (key.shows is null or show.key = any (key.shows))
      )
    );
end
$$;

-- Opens the cursors of webhooks for these shows: behind what had happened when they were made.
create or replace function rowlock.open_cursors(p_show_ids bigint[]) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_wanted record;
  v_version bigint;
begin
  for v_wanted in
    select wanted.show_id, wanted.webhook_id, wanted.created_at
    from rowlock.webhooks_of(p_show_ids) as wanted
    where not exists (
      select
      from rowlock.webhook_cursors as cursor
      where cursor.webhook_id = wanted.webhook_id
        and cursor.show_id = wanted.show_id
    )
  loop
    -- Whoever deletes it meanwhile is waited for, and it is left out.
    perform
    from rowlock.webhooks as known
    where known.webhook_id = v_wanted.webhook_id
    for key share;
    continue when not found;
    v_version := (
      select entry.version
      from rowlock.journal as entry
      where entry.show_id = v_wanted.show_id
        and entry.at < v_wanted.created_at
      order by entry.version desc
      limit 1
    );
    insert into rowlock.webhook_cursors (webhook_id, show_id, version, expiry_no)
    select v_wanted.webhook_id, v_wanted.show_id, coalesce(v_version, 0),
      coalesce(max(expiry.expiry_no), 0)
    from rowlock.expiries as expiry
    where expiry.show_id = v_wanted.show_id
      and expiry.until < v_wanted.created_at
    on conflict (webhook_id, show_id) do nothing;
  end loop;
end
$$;
