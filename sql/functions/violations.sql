-- Every promise that can be read off a show: one row for each place where it is broken, none
-- when all is well. `promise` is the number in docs/promises.md.
-- One snapshot, no lock: it may run on a live database at any time.
create or replace function rowlock.violations(p_show_id bigint)
returns table (promise int, rule text, detail text)
language sql stable
security definer
set search_path = rowlock, pg_temp
as $$
  select found.* from rowlock.state_violations(p_show_id) as found
  union all
  select found.* from rowlock.history_violations(p_show_id) as found
  union all
  select found.* from rowlock.transfer_violations(p_show_id) as found
$$;

-- Violations of a show as one document, for servers.
create or replace function rowlock.check_show(p_show_id bigint) returns jsonb
language plpgsql stable
security definer
set search_path = rowlock, pg_temp
as $$
begin
  return (
    select coalesce(
      jsonb_agg(
        jsonb_build_object('promise', found.promise, 'rule', found.rule, 'detail', found.detail)
        order by found.promise, found.rule, found.detail
      ),
      '[]'
    )
    from rowlock.violations(p_show_id) as found
  );
end
$$;

-- Violations in how the show is now: in the ends of its chains, its claims, its counts.
create or replace function rowlock.state_violations(p_show_id bigint)
returns table (promise int, rule text, detail text)
language sql stable
set search_path = rowlock, pg_temp
as $$
  with moment as (
    select greatest(rowlock.clock(), max(entry.at)) as now
    from rowlock.journal as entry
    where entry.show_id = p_show_id
  ), chain as (
    select distinct on (entry.hold_id)
      entry.*,
      entry.seats <> '{}' and entry.until > moment.now as live
    from rowlock.journal as entry
    cross join moment
    where entry.show_id = p_show_id
      and entry.hold_id is not null
    order by entry.hold_id, entry.step desc
  ), told as (
    -- What the journal, replayed, says of every seat that is taken now.
    select seat.seat_no, chain.hold_id, chain.until, chain.booked_at
    from chain
    cross join lateral unnest(chain.seats) as seat (seat_no)
    where chain.live
  ), claim as (
    select claim.*
    from rowlock.claims as claim
    cross join moment
    where claim.show_id = p_show_id
      and claim.until > moment.now
  ), numbered as (
    select
      entry.*,
      lag(entry.version, 1, 0::bigint) over (order by entry.version) as version_before,
      lag(entry.at, 1, '-infinity') over (order by entry.version) as at_before,
      lag(entry.step, 1, -1) over (partition by entry.hold_id order by entry.version)
        as step_before,
      lag(entry.owner) over (partition by entry.hold_id order by entry.version) as owner_before
    from rowlock.journal as entry
    where entry.show_id = p_show_id
  )
  select 1, 'a seat has one owner in the journal',
    format('seat %s has %s', told.seat_no, count(*))
  from told
  group by told.seat_no
  having count(*) > 1

  union all
  select 9, 'replaying the journal gives the claims',
    format(
      'seat %s: journal %s, claim %s',
      coalesce(told.seat_no, claim.seat_no), told.hold_id, claim.hold_id
    )
  from told
  full join claim on claim.seat_no = told.seat_no and claim.hold_id = told.hold_id
  where told.seat_no is null
    or claim.seat_no is null
    or told.until <> claim.until
    or told.booked_at is distinct from claim.booked_at

  union all
  select 9, 'versions have no gaps, and time does not run backwards',
    format('entry %s follows %s', numbered.version, numbered.version_before)
  from numbered
  where numbered.version <> numbered.version_before + 1
    or numbered.at < numbered.at_before

  union all
  select 6, 'the entries of a hold are a chain',
    format('entry %s of %s is step %s after %s, owner "%s" after "%s"', numbered.version,
      numbered.hold_id, numbered.step, numbered.step_before, numbered.owner, numbered.owner_before)
  from numbered
  where numbered.step <> numbered.step_before + 1
    or (numbered.step > 0 and numbered.owner is distinct from numbered.owner_before
      and numbered.kind <> 'transfer')

  union all
  select 6, 'a hold is booked once',
    format('%s was booked %s times', entry.hold_id, count(*))
  from rowlock.journal as entry
  where entry.show_id = p_show_id
    and entry.kind in ('confirm', 'book')
  group by entry.hold_id
  having count(*) > 1

  union all
  select 1, 'every seat belongs to the plan',
    format('seat %s of %s', claim.seat_no, policy.seat_count)
  from rowlock.claims as claim
  join rowlock.policies as policy on policy.show_id = claim.show_id
  where claim.show_id = p_show_id
    and claim.seat_no >= policy.seat_count

  union all
  select 1, 'the plan has the seats that the show sells',
    format('%s seats, the show sells %s', counted.seat_count, policy.seat_count)
  from rowlock.policies as policy
  join rowlock.shows as show on show.show_id = policy.show_id
  cross join lateral (
    select count(*) as seat_count
    from rowlock.seats as seat
    where seat.plan_id = show.plan_id
  ) as counted
  where policy.show_id = p_show_id
    and counted.seat_count <> policy.seat_count

  union all
  select 8, 'the counts add up',
    format('%s + %s + %s + %s <> %s',
      counts.available, counts.held, counts.booked, counts.blocked, counts.total)
  from rowlock.show_counts as counts
  where counts.show_id = p_show_id
    and (
      counts.available + counts.held + counts.booked + counts.blocked <> counts.total
      or counts.booked <> (select count(*) from told where told.booked_at is not null)
    )
$$;
