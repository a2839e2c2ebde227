-- The tables of Rowlock. Two of them are the engine (claims, journal); one row per show is what
-- its writers lock (policies); the rest is the catalogue.
--
-- Keys of whatever belongs to a show begin with show_id, so that the same schema can be sharded
-- by show. No foreign key is checked per seat: rowlock.violations() verifies what constraints do
-- not, and only functions write.

create schema if not exists rowlock;

-- Catalogue ---------------------------------------------------------------------------------

create table rowlock.venues (
  venue_id uuid not null,
  name text not null,
  time_zone text,
  created_at timestamptz not null,
  constraint venues_pkey primary key (venue_id)
);

-- A plan without its seats; those follow below. `drawing` is what only drawing needs: width,
-- height, focalPoint, categories, sections and shapes. The last four columns say the same as
-- the seats do, in the form in which the best seats are looked for: bit n is seat number n, element
-- n + 1 of the sums is how far the n seats before seat n are from the focal point all together, in
-- billionths of the greatest distance, and nearest_first are all seat numbers in the order of that
-- distance.
create table rowlock.plans (
  plan_id uuid not null,
  venue_id uuid,
  name text not null,
  seat_count int not null,
  drawing jsonb not null,
  created_at timestamptz not null,
  joined bit varying,
  accessible bit varying,
  distance_sums float8[],
  nearest_first int[],
  constraint plans_pkey primary key (plan_id),
  constraint plans_venue_fkey foreign key (venue_id) references rowlock.venues (venue_id)
);

create index plans_venue_idx on rowlock.plans (venue_id, created_at);

-- A seat's number never changes and is never used again: claims know nothing else of it.
-- Numbers follow the rows: `joined` says that the seat sits beside the one with the next number.
create table rowlock.seats (
  plan_id uuid not null,
  seat_no int not null,
  key text not null,
  label text not null,
  section text,
  row_label text,
  number text not null,
  category text not null,
  x float8 not null,
  y float8 not null,
  joined boolean not null,
  accessible boolean not null,
  companion boolean not null,
  restricted_view boolean not null,
  external_id text,
  constraint seats_pkey primary key (plan_id, seat_no),
  constraint seats_key_unique unique (plan_id, key),
  constraint seats_plan_fkey foreign key (plan_id) references rowlock.plans (plan_id),
  constraint seats_seat_no_dense check (seat_no >= 0)
);

-- The seats of a section or a category as bits, as in plans. Of general admission the places are
-- seats like others, which nobody chooses.
create table rowlock.plan_parts (
  plan_id uuid not null,
  kind text not null,
  key text not null,
  standing boolean not null,
  seats bit varying not null,
  constraint plan_parts_pkey primary key (plan_id, kind, key),
  constraint plan_parts_plan_fkey foreign key (plan_id) references rowlock.plans (plan_id),
  constraint plan_parts_kind_known check (kind in ('section', 'category'))
);

-- `fingerprint` tells "the same show again" from "another show under the same key".
create table rowlock.shows (
  show_id bigint not null generated always as identity,
  key text not null,
  title text not null,
  plan_id uuid not null,
  starts_at timestamptz not null,
  fingerprint uuid not null,
  created_at timestamptz not null,
  constraint shows_pkey primary key (show_id),
  constraint shows_key_unique unique (key),
  constraint shows_plan_fkey foreign key (plan_id) references rowlock.plans (plan_id)
);

create index shows_starts_at_idx on rowlock.shows (starts_at, show_id);
create index shows_plan_idx on rowlock.shows (plan_id);

-- Answers to writes of the catalogue, by request: what makes their retries safe.
create table rowlock.requests (
  request_id uuid not null,
  fingerprint uuid not null,
  at timestamptz not null,
  answer jsonb not null,
  constraint requests_pkey primary key (request_id)
);

-- Belongs to a show ---------------------------------------------------------------------------

-- The terms on which a show is sold. Whoever changes a show locks this row first, so a show has
-- one writer at a time; a row of its own, because an advisory lock would not move with a shard.
create table rowlock.policies (
  show_id bigint not null,
  seat_count int not null,
  sales_from timestamptz,
  sales_until timestamptz,
  hold_seconds int not null,
  hold_seconds_max int not null,
  hold_life_seconds_max int not null,
  seats_per_hold_max int not null,
  seats_per_holder_max int,
  refuse_orphans boolean not null default false,
  cancellable boolean not null,
  cancelled_at timestamptz,
  constraint policies_pkey primary key (show_id),
  constraint policies_hold_seconds_bounds check (
    hold_seconds between 1 and hold_seconds_max and hold_seconds_max <= hold_life_seconds_max
  ),
  constraint policies_counts_positive check (
    seat_count >= 0 and seats_per_hold_max > 0 and seats_per_holder_max > 0
  )
);

-- Who has a seat of a show. The key is promise 1: at most one claim per seat.
-- Booked if booked_at is set; blocked if until is infinity without it; held while until lies
-- ahead of the clock; otherwise the claim no longer counts and is simply taken over.
create table rowlock.claims (
  show_id bigint not null,
  seat_no int not null,
  hold_id uuid not null,
  until timestamptz not null,
  booked_at timestamptz,
  constraint claims_pkey primary key (show_id, seat_no),
  constraint claims_seat_no_dense check (seat_no >= 0),
  constraint claims_bookings_last check (booked_at is null or until = 'infinity')
) with (fillfactor = 70);

-- What happened: one entry for each command that changed something. It is the history, the change
-- feed, the header of every hold, booking and block, and the record that makes retries safe.
--
-- hold_id is the one identity of a hold, a booking or a block: a hold that is confirmed keeps it.
-- step counts the entries of one hold_id from 0. Its key makes them a chain: nothing can be done
-- twice from the same state. The last entry of the chain says what there is now: `seats` it
-- has, `until` when, and since when they are booked. It is live while until lies ahead.
-- `freed` are the seats that this very entry gave back.
create table rowlock.journal (
  show_id bigint not null,
  version bigint not null,
  at timestamptz not null,
  kind text not null,
  hold_id uuid,
  step int,
  seats int[] not null,
  freed int[] not null,
  until timestamptz,
  booked_at timestamptz,
  holder text,
  reference text,
  actor text not null,
  request_id uuid,
  fingerprint uuid,
  details jsonb,
  constraint journal_pkey primary key (show_id, version),
  constraint journal_request_unique unique (show_id, request_id),
  constraint journal_chain unique (show_id, hold_id, step),
  constraint journal_kind_known check (
    kind in (
      'create', 'change', 'add_seats',
      'hold', 'extend', 'release', 'confirm', 'book', 'cancel', 'swap', 'block', 'unblock'
    )
  ),
  constraint journal_version_from_one check (version >= 1),
  constraint journal_seats_named check (
    kind not in ('hold', 'extend', 'confirm', 'book', 'swap', 'block') or seats <> '{}'
  ),
  constraint journal_chain_whole check ((hold_id is null) = (step is null) and step >= 0)
);

create index journal_holder_idx on rowlock.journal (show_id, holder)
  where holder is not null and step = 0;

-- Refusals that must stay: of commands that a late duplicate could turn into a sale (promise 11).
create table rowlock.refusals (
  show_id bigint not null,
  request_id uuid not null,
  fingerprint uuid not null,
  at timestamptz not null,
  code text not null,
  obstacles jsonb,
  constraint refusals_pkey primary key (show_id, request_id)
);

create index refusals_at_idx on rowlock.refusals (show_id, at);

-- Vocabulary of the kernel --------------------------------------------------------------------

-- One command, as the engine sends it. Fields that a kind does not use are null.
create type rowlock.command as (
  n int,                -- its place in the batch, given back with the outcome
  show_id bigint,
  kind text,            -- hold, extend, release, confirm, book, cancel, swap, block, unblock
  request_id uuid,      -- one effect and one answer each
  fingerprint uuid,     -- of the request: the same id with another one is refused
  remember boolean,     -- a refusal stays refused under this request id
  actor text,
  box_office boolean,   -- not bound by the sales window
  hold_id uuid,         -- of what it creates or is about
  seats int[],          -- null: all of them
  places jsonb,         -- and so many of general admission: [{"section", "quantity"}]
  best jsonb,           -- or the best ones: {"quantity", "section", "category", "accessible"}
  to_seats int[],       -- swap: for these
  hold_seconds int,
  holder text,
  reference text,
  from_block uuid,      -- book: may take seats out of this block
  reacquire boolean,    -- confirm: take an expired hold's seats again if every one is free
  details jsonb,
  shortage jsonb        -- set by choose_all: how many there are of what there is too little of
);

-- What became of it: the journal entry that it made, or made before (replayed), or a refusal.
create type rowlock.outcome as (
  n int,
  code text,            -- 'done', 'already' (nothing left to do), or why it was refused
  replayed boolean,
  version bigint,
  at timestamptz,
  kind text,
  hold_id uuid,
  seats int[],
  freed int[],
  until timestamptz,
  booked_at timestamptz,
  holder text,
  reference text,
  details jsonb,
  obstacles jsonb       -- refusals: [{"seat", "reason", "until"}], or {"limit", …}
);

-- The role that servers run as: it executes functions and reads, and writes no table.
do $$
begin
  -- Looked at first, because who may not create roles is refused even where it is there already.
  if not exists (select from pg_roles where rolname = 'rowlock_server') then
    create role rowlock_server nologin;
  end if;
exception
  -- Another database of the same cluster, or another server just now, has made it.
  when duplicate_object or unique_violation then null;
end
$$;
