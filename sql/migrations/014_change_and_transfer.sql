-- Live holds change, bookings are handed on, and both carry notes of whoever made them.

-- What an entry may be, as one check: each is read from its text by every statement that writes.
-- Entries without a chain tell of the show; of a chain's, only those have no seats that can be its
-- last.
alter table rowlock.journal
  drop constraint journal_kind_known,
  drop constraint journal_seats_named,
  drop constraint journal_chain_whole,
  drop constraint journal_version_from_one,
  add constraint journal_entry_whole check (
    version >= 1
    and (hold_id is null) = (step is null)
    and coalesce(step, 0) >= 0
    and case
      when hold_id is null then kind in ('create', 'change', 'add_seats')
      when seats = '{}' then kind in ('release', 'cancel', 'unblock')
      else kind in (
        'hold', 'extend', 'release', 'confirm', 'book', 'cancel', 'swap', 'block', 'unblock',
        'change', 'transfer'
      )
    end
  );

-- What the caller wants to know of it later, {"key": "value"}: copied along the chain like the
-- holder. Null where there is none.
alter table rowlock.journal add column metadata jsonb;
alter type rowlock.chain add attribute metadata jsonb;
alter type rowlock.outcome add attribute metadata jsonb;
alter type rowlock.command add attribute metadata jsonb;

-- transfer: the booking that seats become which leave one whose rest stays.
alter type rowlock.command add attribute to_hold uuid;

-- A booking that was handed on is found by whose it is now, and by its reference now. Queries of
-- servers of the version before imply these predicates, too.
drop index rowlock.journal_owner_bookings_idx;
create index journal_owner_bookings_idx on rowlock.journal (owner, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer') and owner is not null;
drop index rowlock.journal_reference_idx;
create index journal_reference_idx on rowlock.journal (reference, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer') and reference is not null;
drop index rowlock.journal_holder_idx;
create index journal_holder_idx on rowlock.journal (holder, at, show_id, version)
  where kind in ('confirm', 'book', 'transfer') and holder is not null;
