-- Single seats that a choice leaves alone, where a show refuses that.
-- Looks at the neighbourhood of the chosen seats only: going through all claims of a full stadium
-- for every hold took 30 ms.

-- The seats that a command would leave alone with those that it names (p_named), in a show that
-- refuses that: [{"seat"}]; null when there are none, and when nothing else is left. What a change
-- gives back is free by then.
create or replace function rowlock.orphans_of(
  p_command rowlock.command,
  p_chain rowlock.chain,
  p_named int[],
  p_at rowlock.situation,
  p_entries rowlock.journal[],
  p_keys bigint[],
  p_places rowlock.place[]
) returns jsonb
language plpgsql stable
as $$
begin
  if p_named = '{}' then
    return null;
  end if;
  if p_command.kind = 'change' then
    p_places := rowlock.places_after(p_places, p_keys, row(
      p_command.show_id, p_chain.hold_id, p_at.now, p_chain.seats, p_chain.until,
      rowlock.kept(p_command, p_chain), p_chain.until, null, null
    )::rowlock.change);
    p_at.seats := rowlock.without(p_at.seats, p_chain.seats);
    p_command.seats := p_named;
  end if;
  p_at.orphans := rowlock.orphans_left(
    p_command, p_at.seats, p_at.now, p_at.joined, p_keys, p_places
  );
  if p_at.orphans is not null and rowlock.nothing_else_left(p_command, p_at, p_entries) then
    return null;
  end if;
  return p_at.orphans;
end
$$;

-- The seats that the seats named in a command would leave alone: [{"seat"}]; null when there are
-- none. Seats that are alone without them do not count. What the engine chose beside them (p_seats
-- has both) is never refused: it leaves nobody alone where it can. Whatever is farther away than
-- what was looked at counts as free: it is nobody's neighbour here.
create or replace function rowlock.orphans_left(
  p_command rowlock.command,
  p_seats int[],
  p_now timestamptz,
  p_joined bit varying,
  p_keys bigint[],
  p_places rowlock.place[]
) returns jsonb
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_base bigint := p_command.show_id << 24;
  v_place rowlock.place;
  v_free bit varying := ~ (p_joined & ~ p_joined);
  v_obstacles jsonb;
  v_near int;
  v_i int;
begin
  foreach v_near in array rowlock.with_sides(p_command.show_id, p_command.seats) loop
    v_i := width_bucket(v_base + v_near, p_keys);
    v_place := p_places[v_i];
    if p_keys[v_i] = v_base + v_near and v_place.until > p_now then
      v_free := rowlock.mark(v_free, array[v_near], 0);
    end if;
  end loop;
  select rowlock.seats_as_obstacles(
    rowlock.all_new_orphans(
      show.plan_id, p_command.seats,
      rowlock.mark(v_free, rowlock.without(p_seats, p_command.seats), 0), p_joined
    ),
    'orphan'
  )
  into v_obstacles
  from rowlock.shows as show
  where show.show_id = p_command.show_id;
  return v_obstacles;
end
$$;

-- Seats of p_free that p_seats would leave alone, and that are not yet, in rows and in lines.
create or replace function rowlock.all_new_orphans(
  p_plan_id uuid,
  p_seats int[],
  p_free bit varying,
  p_joined bit varying
) returns int[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select array(
    select seat_no
    from unnest(rowlock.set_seats(rowlock.new_orphans(p_seats, p_free, p_joined))) as seat_no
    union all
    select seat_no
    from rowlock.lines as line
    cross join lateral unnest(rowlock.new_orphans_in_line(line, p_free, p_seats)) as seat_no
    where line.plan_id = p_plan_id
      and line.seats && p_seats
    order by seat_no
  )
$$;

-- Tells whether as many seats as a command names cannot be taken without leaving as many alone:
-- then it is not refused for that. Nothing else is left where even the best seats of the whole show
-- would leave no fewer alone, or where there are too few of the kind.
create or replace function rowlock.nothing_else_left(
  p_command rowlock.command,
  p_at rowlock.situation,
  p_entries rowlock.journal[]
) returns boolean
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_house rowlock.house;
  v_sums float8[];
  v_order int[];
  v_free bit varying;
  v_best int[];
begin
  select (house.p_house).*, house.p_sums, house.p_order
  into v_house.show_id, v_house.plan_id, v_house.joined, v_house.accessible, v_house.free,
    v_sums, v_order
  from rowlock.house_of(p_command.show_id, p_at.now, p_entries) as house;
  v_free := rowlock.mark(v_house.free, rowlock.without(p_at.seats, p_command.seats), 0);
  select chosen.p_seats into v_best
  from rowlock.choose_best(
    v_house.plan_id, v_free, v_house.joined, v_house.accessible, v_sums, v_order,
    jsonb_build_object(
      'quantity', cardinality(p_command.seats),
      'accessible', rowlock.count_among(p_command.seats, v_house.accessible)
    )
  ) as chosen;
  return v_best is null
    or jsonb_array_length(p_at.orphans) <= cardinality(
      rowlock.all_new_orphans(v_house.plan_id, v_best, v_free, v_house.joined)
    );
end
$$;
