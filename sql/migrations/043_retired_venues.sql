-- Set while the venue takes no new plans and no new shows, and lists leave it out.
alter table rowlock.venues add column retired_at timestamptz;
