-- References, holders and notes change without a change of seats, and blocks have a holder and a
-- reference of their own, too.

-- amend: of a booking; describe: of a block. Neither is a last entry without seats.
alter table rowlock.journal
  drop constraint journal_entry_whole,
  add constraint journal_entry_whole check (
    version >= 1
    and (hold_id is null) = (step is null)
    and coalesce(step, 0) >= 0
    and case
      when hold_id is null then kind in ('create', 'change', 'add_seats')
      when seats = '{}' then kind in ('release', 'cancel', 'unblock')
      else kind in (
        'hold', 'extend', 'release', 'confirm', 'book', 'cancel', 'swap', 'block', 'unblock',
        'change', 'transfer', 'amend', 'describe'
      )
    end
  );

-- The caller's reference of a block, whose `reference` is its reason.
alter table rowlock.journal add column own_reference text;
alter type rowlock.chain add attribute own_reference text;
alter type rowlock.outcome add attribute own_reference text;
alter type rowlock.command add attribute own_reference text;

-- A booking is found by the reference that it has now. Queries of servers of the version before
-- imply these predicates, too.
drop index rowlock.journal_owner_bookings_idx;
create index journal_owner_bookings_idx on rowlock.journal (owner, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer', 'amend') and owner is not null;
drop index rowlock.journal_reference_idx;
create index journal_reference_idx on rowlock.journal (reference, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer', 'amend') and reference is not null;
drop index rowlock.journal_holder_idx;
create index journal_holder_idx on rowlock.journal (holder, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer', 'amend') and holder is not null;
