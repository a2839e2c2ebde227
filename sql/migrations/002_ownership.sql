-- Whose a hold or a booking is, who may sell, and how much one address may hold.

-- Set by the first entry of a chain and copied along, like the holder. Null: reached by its id.
alter table rowlock.journal add column owner text;

-- Live holds of an owner. Not by step, so that no booking without a hold is in the way.
create index journal_owner_holds_idx on rowlock.journal (owner, at)
  where kind = 'hold' and owner is not null;

-- Bookings of an owner, in the order in which they were made: every booking has exactly one entry
-- that made it, so a page of them is a stretch of this. By the first entries of the chains it would
-- be in the order of the holds, and everything would have to be read and sorted for a page.
-- No key that begins with show_id serves a list over all shows; none of these indexes is unique, so
-- a sharded table takes them as well.
create index journal_owner_bookings_idx on rowlock.journal (owner, at, show_id, version)
  where kind in ('confirm', 'book') and owner is not null;

-- Holds that shoppers began: those without an account by the fingerprint of their address.
create index journal_budget_idx on rowlock.journal (show_id, actor, at)
  where kind = 'hold' and (actor like 'anonymous:%' or actor like 'user\_%');

-- Who may confirm and book. Shows that are there already go on as they were sold; new ones have to
-- say it, so the default goes again.
alter table rowlock.policies add column confirm_by text not null default 'holder';
alter table rowlock.policies alter column confirm_by drop default;
alter table rowlock.policies add constraint policies_confirm_by_known check (
  confirm_by in ('holder', 'seller')
);

-- Of who asks: whose chains it makes and reaches, whether it sells, and how many seats of a show
-- live holds of this actor may have (null: any number).
alter type rowlock.command add attribute owner text;
alter type rowlock.command add attribute seller boolean;
alter type rowlock.command add attribute held_seats_max int;
