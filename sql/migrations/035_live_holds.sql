-- Live holds of an owner, in the order of the list: by when they end. A hold has one entry with the
-- end that it has now, of those that set one, since no extension ends earlier. Those that are over
-- are behind the clock, so nobody visits them. Queries of servers of the version before imply this
-- predicate, too.
drop index rowlock.journal_owner_holds_idx;
create index journal_owner_holds_idx on rowlock.journal (owner, until, hold_id)
  where kind in ('hold', 'extend') and owner is not null;
