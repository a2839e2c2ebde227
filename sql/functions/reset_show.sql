-- Brings a show back to its beginning: every booking cancelled, every hold released, every block
-- lifted, each with an entry of its own, whatever the show's policy says. History stays.
-- Answers how many of them there were.
create or replace function rowlock.reset_show(p_show_id bigint, p_actor text) returns bigint
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_version bigint;
  v_count bigint;
begin
  perform
  from rowlock.policies as policy
  where policy.show_id = p_show_id
  for update;
  v_now := rowlock.show_time(p_show_id);
  select coalesce(max(entry.version), 0) into v_version
  from rowlock.journal as entry
  where entry.show_id = p_show_id;

  with freed as (
    delete from rowlock.claims as claim
    where claim.show_id = p_show_id
    returning claim.hold_id, claim.seat_no, claim.until
  ), owner as (
    select freed.hold_id, array_agg(freed.seat_no order by freed.seat_no) as seats
    from freed
    where freed.until > v_now
    group by freed.hold_id
  ), written as (
    insert into rowlock.journal (
      show_id, version, at, kind, hold_id, step, seats, freed, until, booked_at, holder,
      reference, actor, details, owner, metadata, own_reference
    )
    select
      p_show_id,
      v_version + row_number() over (order by owner.hold_id),
      v_now,
      case
        when newest.booked_at is not null then 'cancel'
        when newest.origin = 'block' then 'unblock'
        else 'release'
      end,
      owner.hold_id, newest.step + 1, '{}', owner.seats, v_now, newest.booked_at,
      newest.holder, newest.reference, p_actor, '{"reset": true}',
      newest.owner, newest.metadata, newest.own_reference
    from owner
    cross join lateral (
      select chain.*
      from rowlock.chains as chain
      where chain.show_id = p_show_id
        and chain.hold_id = owner.hold_id
      offset 0
    ) as newest
    returning 1
  )
  select count(*) into v_count from written;
  return v_count;
end
$$;
