-- Bookings are found by the caller's own reference, and by who they are for, over all shows: one
-- entry makes a booking, so that holds, however many, cost nothing here.
create index journal_reference_idx on rowlock.journal (reference, at, show_id, version)
  where kind in ('confirm', 'book') and reference is not null;
create index journal_holder_idx on rowlock.journal (holder, at, show_id, version)
  where kind in ('confirm', 'book') and holder is not null;
