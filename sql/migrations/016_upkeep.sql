-- What is no longer used is put away, and can be brought back.

-- Set while no new show may use the plan.
alter table rowlock.plans add column retired_at timestamptz;

-- Set while the show is left out of lists.
alter table rowlock.shows add column archived_at timestamptz;
