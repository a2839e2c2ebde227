-- Entries of a show's history that were not legal when they were written, a row for each. The end
-- of a history may be in order although a seat was sold twice on the way, so every entry is
-- replayed: by what its chain was before it, and by who had each of its seats. One snapshot, one
-- pass over the journal, no lock; part of violations().
create or replace function rowlock.history_violations(p_show_id bigint)
returns table (promise int, rule text, detail text)
language sql stable
set search_path = rowlock, pg_temp
as $$
  with step as (
    select
      entry.*,
      lag(entry.seats) over chain as seats_before,
      lag(entry.until) over chain as until_before,
      lag(entry.booked_at) over chain as booked_before,
      first_value(entry.kind) over chain as origin
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.hold_id is not null
    window chain as (partition by entry.hold_id order by entry.step)
  ), turn as (
    select moved.*,
      lag(moved.hold_id) over seat as owner_before,
      lag(moved.takes) over seat as taken_before,
      lag(moved.until) over seat as until_before
    from (
      select step.version, step.at, step.kind, step.hold_id, step.until, seat_no, true as takes
      from step
      cross join lateral unnest(step.seats) as seat_no
      where step.until > step.at
      union all
      select step.version, step.at, step.kind, step.hold_id, step.until, seat_no, false
      from step
      cross join lateral unnest(step.freed) as seat_no
    ) as moved
    -- What an entry gives back, it gives back before it takes.
    window seat as (partition by moved.seat_no order by moved.version, moved.takes)
  )
  select 1, 'no seat was taken while somebody else had it',
    format('entry %s, %s of %s: seat %s of %s', turn.version, turn.kind, turn.hold_id,
      turn.seat_no, turn.owner_before)
  from turn
  where turn.takes
    and turn.taken_before
    and turn.owner_before <> turn.hold_id
    and turn.until_before > turn.at

  union all
  select 9, 'seats were given back by who had them',
    format('entry %s, %s of %s: seat %s of %s', turn.version, turn.kind, turn.hold_id,
      turn.seat_no, turn.owner_before)
  from turn
  where not turn.takes
    and (turn.taken_before is not true or turn.owner_before <> turn.hold_id)

  union all
  select 6, 'what became of a hold follows from what it was',
    format('entry %s, %s of %s', step.version, step.kind, step.hold_id)
  from step
  where rowlock.is_illegal(
    step.kind, step.origin, step.step, step.at, step.until_before, step.booked_before
  )

  union all
  select 2, 'an entry changes the seats that it says',
    format('entry %s, %s of %s', step.version, step.kind, step.hold_id)
  from step
  where (
      step.kind in ('extend', 'confirm', 'amend', 'describe')
      and step.seats <> step.seats_before
    )
    or (
      step.kind in ('release', 'cancel', 'unblock')
      and not (step.seats_before @> step.seats and step.seats_before @> step.freed)
    )
    or (
      step.kind = 'swap'
      and (
        cardinality(step.seats) <> cardinality(step.seats_before)
        or not step.seats_before @> step.freed
      )
    )
    or (
      step.kind = 'change'
      and (step.until <> step.until_before or not step.seats_before @> step.freed)
    )
    or (
      step.kind = 'transfer'
      and step.step > 0
      and not (step.seats_before @> step.seats and step.seats_before @> step.freed)
    )

  union all
  select found.* from rowlock.limit_violations(p_show_id) as found
$$;

-- Tells whether a kind of entry cannot follow from what its chain was: created twice, extended
-- after its end, booked again, or changed as something that it is not.
create or replace function rowlock.is_illegal(
  p_kind text,
  p_origin text,
  p_step int,
  p_at timestamptz,
  p_until_before timestamptz,
  p_booked_before timestamptz
) returns boolean
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select case
    when p_kind in ('hold', 'book', 'block') then p_step <> 0
    when p_step = 0 then p_kind <> 'transfer'
    when p_kind in ('extend', 'change')
      then p_booked_before is not null or p_until_before <= p_at or p_origin <> 'hold'
    when p_kind in ('confirm', 'release') then p_booked_before is not null or p_origin <> 'hold'
    when p_kind in ('cancel', 'swap', 'transfer', 'amend') then p_booked_before is null
    when p_kind in ('unblock', 'describe') then p_origin <> 'block'
    else false
  end
$$;

-- Entries that gave more than the show allowed. The terms of today say nothing of yesterday once
-- they were changed: then nothing is found. A holder has seats from each entry of a chain until its
-- end, or until the next entry of the chain, whichever comes first; the sum of them is looked at
-- whenever it rises.
create or replace function rowlock.limit_violations(p_show_id bigint)
returns table (promise int, rule text, detail text)
language sql stable
set search_path = rowlock, pg_temp
as $$
  with policy as (
    select policy.*
    from rowlock.policies as policy
    where policy.show_id = p_show_id
      and not exists (
        select
        from rowlock.journal as change
        where change.show_id = p_show_id
          and change.hold_id is null
          and change.kind <> 'create'
      )
  ), step as (
    select entry.*,
      lead(entry.at) over chain as at_after,
      lead(entry.version) over chain as version_after,
      first_value(entry.kind) over chain as origin
    from rowlock.journal as entry
    where entry.show_id = p_show_id
      and entry.hold_id is not null
      and exists (select from policy)
    window chain as (partition by entry.hold_id order by entry.step)
  ), moved as (
    select step.version, step.owner, step.holder, step.hold_id, step.kind,
      event.at, event.no, event.more * cardinality(step.seats) as more
    from step
    cross join lateral (
      values
        (step.at, step.version, 1),
        (
          least(step.until, step.at_after),
          case when step.at_after < step.until then step.version_after else 0 end,
          -1
        )
    ) as event (at, no, more)
    where step.until > step.at
      and step.holder is not null
      and step.origin <> 'block'
  ), summed as (
    select moved.*, sum(moved.more) over (
      partition by coalesce(moved.owner, ''), moved.holder
      -- What ends at a moment has ended by then; what is given back is, before it is taken.
      order by moved.at, moved.no, moved.more
      rows unbounded preceding
    ) as has
    from moved
  )
  select 10, 'no holder had more seats than the show ever allowed',
    format('entry %s, %s of %s: %s has %s', summed.version, summed.kind, summed.hold_id,
      summed.holder, summed.has)
  from summed
  cross join policy
  where summed.more > 0
    and summed.has > policy.seats_per_holder_max

  union all
  select 10, 'no hold lasted longer than its show ever allowed',
    format('entry %s of %s until %s', step.version, step.hold_id, step.until)
  from step
  cross join policy
  where step.kind in ('hold', 'extend')
    and step.until > step.at + make_interval(secs => policy.hold_life_seconds_max)
$$;
