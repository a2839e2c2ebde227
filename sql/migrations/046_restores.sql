-- When the database was restored to an earlier instant. What happened after a restore has ids of
-- its own, so that nobody takes an event for another one that is gone.
create table rowlock.restores (
  restored_at timestamptz not null,
  constraint restores_pkey primary key (restored_at)
);
