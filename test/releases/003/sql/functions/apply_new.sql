-- The usual commands on seats that are chosen, as one set: hold and book.
-- One round: holds on taken seats are refused; of the rest, those that come first on every one of
-- their seats take them, if p_take. Whoever came second on some seat is left for another round,
-- where the seat is taken or free after all. What is unusual (a replay, terms that refuse, a limit
-- per holder, orphans refused, seats by quantity, out of a block) is left to apply_one. Whoever may
-- pass its address's budget is not among the commands: see within_budget.
-- With p_chosen, the commands are those of choose_all, which has seen to all that: they take their
-- seats whatever the show says of holders and orphans, and holds that it found too few seats for
-- are refused.
-- Discipline: under the locks of all shows; without them p_take must be false, and it only reads.
create or replace function rowlock.apply_new(
  p_commands rowlock.command[],
  p_now timestamptz,
  p_take boolean,
  p_chosen boolean default false
) returns rowlock.outcome[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_answers rowlock.outcome[] := '{}';
  v_entries rowlock.journal[];
  v_ns int[];
  v_refused int[];
  v_obstacles jsonb[];
begin
  with usual as materialized (
    select
      command.*,
      policy.hold_seconds as default_seconds,
      look.taken,
      case
        when look.taken then coalesce(
          (
            select jsonb_agg(
              jsonb_build_object(
                'seat', seat.seat_no,
                'reason', case
                  when claim.booked_at is not null then 'booked'
                  when claim.until = 'infinity' then 'blocked'
                  else 'held'
                end,
                'until', nullif(claim.until, 'infinity')
              )
              order by seat.place
            )
            from unnest(command.seats) with ordinality as seat (seat_no, place)
            cross join lateral (
              select claim.until, claim.booked_at
              from rowlock.claims as claim
              where claim.show_id = command.show_id
                and claim.seat_no = seat.seat_no
                and claim.until > p_now
              offset 0
            ) as claim
          ),
          command.shortage
        )
      end as obstacles
    from unnest(p_commands) as command
    cross join lateral (
      select policy.*
      from rowlock.policies as policy
      where policy.show_id = command.show_id
      offset 0
    ) as policy
    cross join lateral (
      select
        coalesce(bool_and(seat.seat_no between 0 and policy.seat_count - 1), true) as known,
        coalesce(
          bool_or(
            exists (
              select
              from rowlock.claims as claim
              where claim.show_id = command.show_id
                and claim.seat_no = seat.seat_no
                and claim.until > p_now
              offset 0
            )
          ),
          true
        ) as taken
      from unnest(command.seats) as seat (seat_no)
    ) as look
    where command.kind in ('hold', 'book')
      and command.from_block is null
      and command.best is null
      and command.places is null
      and look.known
      and (p_chosen or not policy.refuse_orphans)
      and (p_chosen or command.holder is null or policy.seats_per_holder_max is null)
      -- terms_refusal, spelled out: as a function call it would cost more than all the rest.
      and (command.kind = 'hold' or command.seller or policy.confirm_by = 'holder')
      and policy.cancelled_at is null
      and (command.box_office is true or coalesce(policy.sales_from <= p_now, true))
      and (command.box_office is true or coalesce(policy.sales_until > p_now, true))
      and coalesce(cardinality(command.seats) <= policy.seats_per_hold_max, true)
      and coalesce(command.hold_seconds between 1 and policy.hold_seconds_max, true)
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
  ), turns as (
    select
      usual.n,
      row_number() over (partition by usual.show_id, seat.seat_no order by usual.n) as turn
    from usual
    cross join lateral unnest(usual.seats) as seat (seat_no)
    where p_take
      and not usual.taken
  ), winner as (
    select
      usual.n,
      row(
        usual.show_id,
        coalesce(newest.version, 0)
          + row_number() over (partition by usual.show_id order by usual.n),
        p_now,
        usual.kind,
        usual.hold_id,
        0,
        usual.seats,
        '{}'::int[],
        case usual.kind
          when 'book' then timestamptz 'infinity'
          else p_now + make_interval(secs => coalesce(usual.hold_seconds, usual.default_seconds))
        end,
        case usual.kind when 'book' then p_now end,
        usual.holder,
        usual.reference,
        usual.actor,
        usual.request_id,
        usual.fingerprint,
        usual.details,
        usual.owner
      )::rowlock.journal as entry
    from usual
    left join lateral (
      select entry.version
      from rowlock.journal as entry
      where entry.show_id = usual.show_id
      order by entry.version desc
      limit 1
    ) as newest on true
    -- An array, not a join: the planner, which expects a few rows, would loop over all pairs.
    where usual.n = any (
      array(
        select turns.n
        from turns
        group by turns.n
        having max(turns.turn) = 1
      )
    )
  )
  select
    (select array_agg(winner.n order by winner.n) from winner),
    (select array_agg(winner.entry order by winner.n) from winner),
    refused.ns, refused.obstacles
  into v_ns, v_entries, v_refused, v_obstacles
  from (
    select
      array_agg(usual.n order by usual.n) as ns,
      array_agg(usual.obstacles order by usual.n) as obstacles
    from usual
    where usual.taken
      and (p_chosen or usual.kind = 'hold')
  ) as refused;

  if p_chosen then
    perform rowlock.remember_shortages(p_commands, v_refused, p_now);
  end if;
  if v_refused is not null then
    v_answers := array(
      select rowlock.refuse(
        refused.n,
        case when p_chosen then 'not_enough_seats' else 'seats_unavailable' end,
        refused.obstacles
      )
      from unnest(v_refused, v_obstacles) as refused (n, obstacles)
    );
  end if;
  if v_entries is null then
    return v_answers;
  end if;

  perform rowlock.take_all(v_entries, p_now);
  return v_answers || rowlock.record_all(v_ns, v_entries);
end
$$;
