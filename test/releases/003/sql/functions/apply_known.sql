-- The usual commands on holds that exist, as one set: confirm and release of whole, live holds.
-- Answers only these; what is unusual about a command (a replay, a second command on the same
-- hold, an expired hold, somebody else's, some of the seats) leaves it to apply_one.
-- Discipline: under the locks of all shows.
create or replace function rowlock.apply_known(
  p_commands rowlock.command[],
  p_now timestamptz
) returns rowlock.outcome[]
language plpgsql
set search_path = rowlock, pg_temp
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_entries rowlock.journal[];
  v_ns int[];
  v_seat_count int;
  v_claim_count int;
begin
  with usual as (
    select
      command.n,
      row(
        command.show_id,
        newest.version + row_number() over (partition by command.show_id order by command.n),
        p_now,
        command.kind,
        hold.hold_id,
        hold.step + 1,
        case command.kind when 'confirm' then hold.seats else '{}' end,
        case command.kind when 'confirm' then '{}' else hold.seats end,
        case command.kind when 'confirm' then timestamptz 'infinity' else p_now end,
        case command.kind when 'confirm' then p_now end,
        hold.holder,
        case command.kind
          when 'confirm' then coalesce(command.reference, hold.reference)
          else hold.reference
        end,
        command.actor,
        command.request_id,
        command.fingerprint,
        command.details,
        hold.owner
      )::rowlock.journal as entry
    from unnest(p_commands) as command
    cross join lateral (
      select policy.cancelled_at, policy.confirm_by
      from rowlock.policies as policy
      where policy.show_id = command.show_id
      offset 0
    ) as policy
    cross join lateral (
      select entry.*
      from rowlock.journal as entry
      where entry.show_id = command.show_id
        and entry.hold_id = command.hold_id
      order by entry.step desc
      limit 1
    ) as hold
    cross join lateral (
      select entry.version
      from rowlock.journal as entry
      where entry.show_id = command.show_id
      order by entry.version desc
      limit 1
    ) as newest
    where command.kind in ('confirm', 'release')
      and command.seats is null
      and command.places is null
      and hold.kind in ('hold', 'extend', 'release')
      and hold.until > p_now
      and (hold.owner is null or hold.owner = command.owner or command.box_office)
      and (
        command.kind = 'release'
        or (policy.cancelled_at is null and (command.seller or policy.confirm_by = 'holder'))
      )
      and not exists (
        select
        from rowlock.journal as seen
        where seen.show_id = command.show_id
          and seen.request_id between command.request_id and command.request_id
        order by seen.request_id
        offset 0
      )
      and not exists (
        select
        from rowlock.refusals as seen
        where seen.show_id = command.show_id
          and seen.request_id = command.request_id
        offset 0
      )
  )
  select array_agg(usual.n), array_agg(usual.entry) into v_ns, v_entries
  from usual;
  if v_entries is null then
    return '{}';
  end if;

  with subject as (
    select entry.show_id, entry.hold_id, seat.seat_no, entry.booked_at
    from unnest(v_entries) as entry
    cross join lateral unnest(entry.seats || entry.freed) as seat (seat_no)
  ), confirmed as (
    update rowlock.claims as claim
    set until = 'infinity', booked_at = subject.booked_at
    from subject
    where subject.booked_at is not null
      and claim.show_id = subject.show_id
      and claim.seat_no = subject.seat_no
      and claim.hold_id = subject.hold_id
    returning claim.seat_no
  ), released as (
    delete from rowlock.claims as claim
    using subject
    where subject.booked_at is null
      and claim.show_id = subject.show_id
      and claim.seat_no = subject.seat_no
      and claim.hold_id = subject.hold_id
    returning claim.seat_no
  )
  select
    (select count(*) from subject),
    (select count(*) from confirmed) + (select count(*) from released)
  into v_seat_count, v_claim_count;
  if v_seat_count <> v_claim_count then
    raise exception 'rowlock.apply_known: % of % seats', v_claim_count, v_seat_count;
  end if;

  return rowlock.record_all(v_ns, v_entries);
end
$$;
