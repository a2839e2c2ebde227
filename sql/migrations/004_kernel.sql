-- The kernel decides a batch in one loop over its commands, from what one look told. Here is what
-- it looks at and what it says, and what limits are counted from.

-- From when on the show is over and sells to nobody but the box office: its start; null where it
-- sells on, as shows do that were there before this was a term.
alter table rowlock.policies add column over_at timestamptz;

-- Who has which live chains of a show, for those whose number is limited: callers without an
-- account and users (their live holds), and holders (their live holds and bookings). A caller or a
-- holder is counted in the time that what it has takes, however much it had before: whoever looks
-- reads the last entries of these chains, and whoever adds one leaves those out that have ended.
-- begun_count holds were begun since begun_at; an hour later the count begins anew.
create table rowlock.tallies (
  show_id bigint not null,
  who text not null,
  hold_ids uuid[] not null,
  begun_count int not null,
  begun_at timestamptz not null,
  constraint tallies_pkey primary key (show_id, who)
) with (fillfactor = 70);

insert into rowlock.tallies (show_id, who, hold_ids, begun_count, begun_at)
select live.show_id, limited.who, array_agg(live.hold_id), 0, '-infinity'
from (
  select distinct on (entry.show_id, entry.hold_id)
    entry.show_id, entry.hold_id, entry.until, entry.booked_at
  from rowlock.journal as entry
  where entry.hold_id is not null
  order by entry.show_id, entry.hold_id, entry.step desc
) as live
join rowlock.policies as policy on policy.show_id = live.show_id
join rowlock.journal as first
  on first.show_id = live.show_id
  and first.hold_id = live.hold_id
  and first.step = 0
cross join lateral (
  select 'holder ' || coalesce(first.owner, '') || ' ' || first.holder as who
  where policy.seats_per_holder_max is not null
  union all
  select 'caller ' || first.actor
  where first.kind = 'hold'
    and live.booked_at is null
    and (first.actor like 'anonymous:%' or first.actor like 'user\_%')
) as limited
where limited.who is not null
  and live.until > (
    select max(entry.at)
    from rowlock.journal as entry
    where entry.show_id = live.show_id
  )
group by live.show_id, limited.who;

-- Nothing is counted from the first entries of chains any more.
drop index rowlock.journal_holder_idx;
drop index rowlock.journal_budget_idx;

-- Answers that changed nothing but stay what they are under their key: refusals (promise 11), and
-- what was so already: then `version` is the entry that was answered.
alter table rowlock.refusals add column version bigint;

-- The kind of the first entry of a chain: it tells a booking that was a hold from others.
alter type rowlock.outcome add attribute origin text;
-- The database's clock when the answer was made, as on the wire.
alter type rowlock.outcome add attribute now bigint;

-- A chain: its last entry, and how it began.
create type rowlock.chain as (
  show_id bigint,
  version bigint,
  at timestamptz,
  kind text,
  hold_id uuid,
  step int,
  seats int[],
  freed int[],
  until timestamptz,
  booked_at timestamptz,
  holder text,
  reference text,
  details jsonb,
  owner text,
  origin text,          -- kind, actor and time of its first entry
  begun_by text,
  begun_at timestamptz,
  seats_ever int[]      -- what a hold ever had, though it may have dropped it
);

-- A seat while a batch is decided: who has it, as in claims; null where nobody has it.
create type rowlock.place as (
  hold_id uuid,
  until timestamptz,
  booked_at timestamptz
);

-- What a batch makes of a chain's seats: what the chain had before, and what it has now.
create type rowlock.change as (
  show_id bigint,
  hold_id uuid,
  at timestamptz,
  seats_before int[],
  until_before timestamptz,
  seats int[],
  until timestamptz,
  booked_at timestamptz,
  is_fresh boolean            -- begins the chain, with seats that have no claim
);

-- What the commands of a batch speak of. Arrays that belong together are equally long.
create type rowlock.asked as (
  request_shows bigint[],
  requests uuid[],
  chain_shows bigint[],
  chains uuid[],
  has_blocks boolean,
  has_seats boolean,
  has_limits boolean
);

-- Somebody whose seats or holds are limited: the tally, without chains that have ended.
create type rowlock.counted as (
  show_id bigint,
  who text,
  hold_ids uuid[],
  begun_count int,
  begun_at timestamptz,
  has int,              -- seats in these chains
  changed boolean
);

-- What a command finds when its turn comes, besides the terms and its chain.
create type rowlock.situation as (
  now timestamptz,      -- the time of the show
  joined bit varying,   -- where single seats may not be left alone: seats side by side
  block rowlock.chain,  -- the block that it takes seats out of
  seats int[],          -- what it would take: seats that it names, then those chosen for it
  is_chosen boolean,    -- some of these were chosen, not looked at
  short jsonb,          -- what there is too little of, of what it asks for by quantity
  in_the_way jsonb,     -- seats of these that it cannot have, and why
  orphans jsonb,        -- seats that it would leave alone
  holder rowlock.counted,
  caller rowlock.counted
);

-- The house of a show whose seats are chosen by us: bit n is seat number n, as in plans.
create type rowlock.house as (
  show_id bigint,
  plan_id uuid,
  joined bit varying,
  accessible bit varying,
  free bit varying
);

-- An answer that is known by its request id.
create type rowlock.recorded as (
  show_id bigint,
  request_id uuid,
  fingerprint uuid,
  answer rowlock.outcome
);

-- What one look tells, for all shows of a batch. Arrays that belong together are equally long.
create type rowlock.look as (
  show_ids bigint[],          -- of each show: its last version, and its time; null: not to be
  versions bigint[],          -- believed, far beyond what the show and the server know
  times timestamptz[],
  joined bit varying[],       -- where single seats may not be left alone: seats side by side
  chain_ids uuid[],           -- chains that commands speak of; of unknown ones no kind
  chains rowlock.chain[],
  claimed int[],              -- numbers of seats that have a claim, in whatever show
  seat_keys bigint[],         -- seats that they speak of, in order: show * 2^24 + seat
  places rowlock.place[],
  answered uuid[],            -- requests that have an answer already, and it
  recorded rowlock.recorded[],
  counted_keys text[],        -- whose seats or holds are limited: "show who"
  counted rowlock.counted[]
);

-- What was decided: an outcome for each command, and what has to be written for them.
create type rowlock.decided as (
  outcomes rowlock.outcome[],
  entries rowlock.journal[],
  refusals rowlock.refusals[],
  changes rowlock.change[],
  rounds int[],               -- the last change before one that a chain has again
  counted rowlock.counted[],
  show_ids bigint[],          -- and the time of each show
  times timestamptz[]
);
