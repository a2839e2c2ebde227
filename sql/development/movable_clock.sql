-- A clock that can be moved on. Only `rowlock dev` applies this file, as the owner of a database
-- of its own; no server, command or library serves from a database that has had it
-- (src/db/movable-clock.ts). What sells for real has `functions/00_clock.sql`, in which there is
-- nothing to move. Safe to repeat: how far the clock was moved is kept.
create schema if not exists rowlock_dev;

create table if not exists rowlock_dev.clock (
  only_row boolean not null default true,
  moved interval not null default '0',
  constraint clock_pkey primary key (only_row),
  constraint clock_one_row check (only_row),
  -- Back would be before what the shows have recorded: nothing would happen, to nobody's benefit.
  constraint clock_moves_on check (moved >= '0')
);

insert into rowlock_dev.clock default values on conflict do nothing;

-- Servers read it; they move it through its owner alone.
grant usage on schema rowlock_dev to public;
grant select on rowlock_dev.clock to public;

create or replace function rowlock.clock() returns timestamptz
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select date_trunc('milliseconds', clock_timestamp() + clock.moved)
  from rowlock_dev.clock
$$;

-- A clock that was moved on purpose has not jumped.
create or replace function rowlock.is_ahead(
  p_clock timestamptz,
  p_last timestamptz,
  p_server_at timestamptz
) returns boolean
language sql stable
as $$
  select false
$$;
