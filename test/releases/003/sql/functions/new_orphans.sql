-- Single seats that a choice leaves alone, where a show refuses that.
-- Looks at the neighbourhood of the chosen seats only: going through all claims of a full stadium
-- for every hold took 30 ms.

-- Free seats that p_named would leave alone beside those that are taken at p_now and p_others,
-- which the engine chose for the same command. Seats that are alone without p_named do not count.
create or replace function rowlock.new_orphans(
  p_show_id bigint,
  p_named int[],
  p_others int[],
  p_now timestamptz
) returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_joined bit varying;
  v_taken int[];
  v_before bit varying;
  v_orphans bit varying;
begin
  select plan.joined << 0 into v_joined
  from rowlock.shows as show
  join rowlock.plans as plan on plan.plan_id = show.plan_id
  where show.show_id = p_show_id;
  v_taken := array(
    select near.seat_no
    from unnest(p_named) as named (seat_no)
    cross join lateral (
      select claim.seat_no
      from rowlock.claims as claim
      where claim.show_id = p_show_id
        and claim.seat_no between named.seat_no - 2 and named.seat_no + 2
        and claim.until > p_now
      order by claim.seat_no
      offset 0
    ) as near
  );
  -- Whatever is farther away counts as free: it is nobody's neighbour here.
  v_before := rowlock.mark(~ (v_joined & ~ v_joined), v_taken || p_others, 0);
  v_orphans := rowlock.alone(rowlock.mark(v_before, p_named, 0), v_joined)
    & ~ rowlock.alone(v_before, v_joined);
  return rowlock.first_seats(v_orphans, bit_count(v_orphans)::int);
end
$$;

-- The seats that the seats named in a command would leave alone: [{"seat"}]; null when the show
-- does not mind, or there are none. What the engine chose is never refused: it leaves nobody
-- alone where it can.
create or replace function rowlock.orphan_obstacle(
  p_command rowlock.command,
  p_named int[],
  p_policy rowlock.policies,
  p_now timestamptz
) returns jsonb
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
begin
  if p_named is null or not p_policy.refuse_orphans then
    return null;
  end if;
  return rowlock.seats_as_obstacles(
    rowlock.new_orphans(
      p_command.show_id, p_named, rowlock.without(p_command.seats, p_named), p_now
    ),
    'orphan'
  );
end
$$;
