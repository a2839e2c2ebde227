-- Restores to an earlier instant, which give away the same versions of a show once more.

-- Says that the database was restored, before anything is sold again: the owner calls it once. What
-- happens from now on has ids that nobody has seen. Answers how many restores there were.
create or replace function rowlock.note_restore() returns bigint
language sql volatile
set search_path = rowlock, pg_temp
as $$
  with noted as (
    insert into rowlock.restores (restored_at)
    values (rowlock.clock())
    returning restored_at
  )
  select count(*) + (select count(*) from noted)
  from rowlock.restores
$$;

-- Number of these restores by then.
create or replace function rowlock.restores_until(p_restores timestamptz[], p_at timestamptz)
returns bigint
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select count(*)
  from unnest(p_restores) as restore (restored_at)
  where restore.restored_at <= p_at
$$;
