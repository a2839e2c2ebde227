-- The best available seats, and places of general admission.
--
-- Order of preference: side by side, leaving no single seat alone; side by side; in several groups,
-- as large as can be, with a group of one only where nothing else is left. Among equals: nearest to
-- the focal point on average, then the lowest number.
-- Discipline: under the show's lock, so that no two who ask at once are given the same.
--
-- The long arrays of a plan are handed down as variables of choose_all and never inside a row: only
-- so are they unpacked once and not at every use.

-- The bit of p_starts whose p_quantity seats are nearest to the focal point on average; null when
-- none is set. With p_accessible, only where exactly so many of them are accessible seats.
-- Goes through the free seats from the nearest on (p_order): whatever has not been seen when a seat
-- is farther away than the best average so far is farther away still.
create or replace function rowlock.nearest(
  p_starts bit varying,
  p_free bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible int
) returns int
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_seat_no int;
  v_sum float8;
  v_best float8;
  v_start int;
begin
  if bit_count(p_starts) = 0 then
    return null;
  end if;
  for v_seat_no in
    select seat.no
    from (select unnest(p_order) as no) as seat
    where get_bit(p_free, seat.no) = 1
  loop
    exit when (p_sums[v_seat_no + 2] - p_sums[v_seat_no + 1]) * p_quantity > v_best;
    for v_no in greatest(v_seat_no - p_quantity + 1, 0) .. v_seat_no loop
      continue when get_bit(p_starts, v_no) = 0;
      continue when p_accessible > 0 and p_accessible <> bit_count(
        substring(p_accessible_seats from v_no + 1 for p_quantity)
      );
      v_sum := p_sums[v_no + 1 + p_quantity] - p_sums[v_no + 1];
      if v_best is null or (v_sum, v_no) < (v_best, v_start) then
        v_best := v_sum;
        v_start := v_no;
      end if;
    end loop;
  end loop;
  return v_start;
end
$$;

-- Seats of p_match side by side, p_quantity of them, best first: without an orphan, then with one.
-- Null where there are none.
create or replace function rowlock.best_row(
  p_starts bit varying,
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying default null,
  p_accessible int default 0
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_start int := coalesce(
    rowlock.nearest(
      rowlock.without_orphans(p_starts, p_free, p_joined, p_quantity),
      p_match, p_sums, p_order, p_quantity, p_accessible_seats, p_accessible
    ),
    rowlock.nearest(
      p_starts, p_match, p_sums, p_order, p_quantity, p_accessible_seats, p_accessible
    )
  );
begin
  if v_start is not null then
    return array(select generate_series(v_start, v_start + p_quantity - 1));
  end if;
  return null;
end
$$;

-- p_quantity seats of p_match, in as few groups as the greedy choice of the largest gives: one when
-- there is one. A group that would leave one seat over is taken only when no smaller one is there.
-- p_match must have so many seats.
create or replace function rowlock.best_groups(
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_left int := p_quantity;
  v_seats int[] := '{}';
  v_starts bit varying[];
  v_size int;
  v_group int[];
begin
  while v_left > 0 loop
    -- Element k: where k seats side by side begin, as far as there are any.
    v_starts := array[p_match];
    while cardinality(v_starts) < v_left and bit_count(v_starts[cardinality(v_starts)]) > 0 loop
      v_starts := v_starts || (p_match & p_joined & (v_starts[cardinality(v_starts)] << 1));
    end loop;
    v_size := cardinality(v_starts);
    if bit_count(v_starts[v_size]) = 0 then
      v_size := v_size - 1;
    end if;
    if v_size = v_left - 1 and v_size > 2 then
      v_size := v_size - 1;
    end if;
    v_group := rowlock.best_row(
      v_starts[v_size], p_match, p_free, p_joined, p_sums, p_order, v_size
    );
    v_seats := v_seats || v_group;
    v_left := v_left - v_size;
    if v_left > 0 then
      p_match := rowlock.mark(p_match, v_group, 0);
      p_free := rowlock.mark(p_free, v_group, 0);
    end if;
  end loop;
  return v_seats;
end
$$;

-- The seats that p_best may have: bit n set. Null when it names a section or a category that is
-- not there. p_is_standing: the section is general admission, where no seat is better than another.
create or replace function rowlock.matching_seats(
  p_plan_id uuid,
  p_free bit varying,
  p_best jsonb,
  out p_match bit varying,
  out p_is_standing boolean
)
language sql stable
set search_path = rowlock, pg_temp
as $$
  select
    p_free
      & case
        when p_best ->> 'section' is not null then
          bit_or(part.seats) filter (
            where part.kind = 'section' and part.key = p_best ->> 'section'
          )
        else coalesce(~ bit_or(part.seats) filter (where part.standing), p_free)
      end
      & case
        when p_best ->> 'category' is not null then
          bit_or(part.seats) filter (
            where part.kind = 'category' and part.key = p_best ->> 'category'
          )
        else p_free
      end,
    coalesce(bool_or(part.standing) filter (where part.key = p_best ->> 'section'), false)
  from rowlock.plan_parts as part
  where part.plan_id = p_plan_id
$$;

-- The best seats among p_free, or null when there are fewer that match.
create or replace function rowlock.best_seats(
  p_plan_id uuid,
  p_free bit varying,
  p_joined bit varying,
  p_accessible_seats bit varying,
  p_sums float8[],
  p_order int[],
  p_best jsonb
) returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_quantity int := (p_best ->> 'quantity')::int;
  v_accessible int := coalesce((p_best ->> 'accessible')::int, 0);
  v_match bit varying;
  v_is_standing boolean;
  v_seats int[];
begin
  select matching.p_match, matching.p_is_standing
  into v_match, v_is_standing
  from rowlock.matching_seats(p_plan_id, p_free, p_best) as matching;
  if v_is_standing or v_match is null then
    return rowlock.first_seats(v_match, v_quantity);
  end if;
  if bit_count(v_match & p_accessible_seats) < v_accessible
    or bit_count(v_match & ~ p_accessible_seats) < v_quantity - v_accessible
  then
    return null;
  end if;
  if v_accessible = 0 then
    return rowlock.best_groups(
      v_match & ~ p_accessible_seats, p_free, p_joined, p_sums, p_order, v_quantity
    );
  end if;

  v_seats := rowlock.best_row(
    rowlock.side_by_side(v_match, p_joined, v_quantity), v_match, p_free, p_joined, p_sums,
    p_order, v_quantity, p_accessible_seats, v_accessible
  );
  if v_seats is not null then
    return v_seats;
  end if;
  v_seats := rowlock.best_groups(
    v_match & p_accessible_seats, p_free, p_joined, p_sums, p_order, v_accessible
  );
  return v_seats || rowlock.best_groups(
    v_match & ~ p_accessible_seats, rowlock.mark(p_free, v_seats, 0), p_joined, p_sums, p_order,
    v_quantity - v_accessible
  );
end
$$;

-- The seats that commands ask for by quantity, in their order, as if each got what was chosen for
-- it. They come back naming their seats, or with none (null) where there are not enough. With
-- p_plain_only, only those that will surely get what is chosen: the others must not keep it from
-- those behind them.
create or replace function rowlock.choose_all(
  p_commands rowlock.command[],
  p_now timestamptz,
  p_plain_only boolean
) returns rowlock.command[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_command rowlock.command;
  v_chosen rowlock.command[] := '{}';
  v_show_id bigint;
  v_plan_id uuid;
  v_joined bit varying;
  v_accessible bit varying;
  v_sums float8[];
  v_order int[];
  v_free bit varying;
  v_seats int[];
  v_best int[];
begin
  for v_command in
    select command.*
    from unnest(p_commands) as command
    where command.kind in ('hold', 'book')
      and (command.best is not null or command.places is not null)
    order by command.show_id, command.n
  loop
    continue when p_plain_only and not rowlock.is_plain(v_command, p_now);
    if v_show_id is distinct from v_command.show_id then
      v_show_id := v_command.show_id;
      -- `<< 0` unpacks what is stored packed.
      select plan.plan_id, plan.joined << 0, plan.accessible << 0, plan.distance_sums,
        plan.nearest_first
      into v_plan_id, v_joined, v_accessible, v_sums, v_order
      from rowlock.shows as show
      join rowlock.plans as plan on plan.plan_id = show.plan_id
      where show.show_id = v_show_id;
      v_free := rowlock.free_seats(v_show_id, length(v_joined), p_now);
      -- What is taken now is not gone through once for each command.
      v_order := array(
        select seat.no
        from (select unnest(v_order) as no) as seat
        where get_bit(v_free, seat.no) = 1
      );
    end if;
    v_seats := rowlock.choose_places(
      v_plan_id, rowlock.mark(v_free, v_command.seats, 0), v_command.places
    );
    if v_seats is not null and v_command.best is not null then
      v_best := rowlock.best_seats(
        v_plan_id, rowlock.mark(v_free, v_seats || v_command.seats, 0), v_joined, v_accessible,
        v_sums, v_order, v_command.best
      );
      v_seats := case when v_best is not null then v_seats || v_best end;
    end if;
    v_free := rowlock.mark(v_free, v_seats, 0);
    v_command.seats := case when v_seats is not null then v_command.seats || v_seats end;
    v_command.best := null;
    v_command.places := null;
    v_chosen := v_chosen || v_command;
  end loop;
  return v_chosen;
end
$$;

-- The first free places of each section, as many as are asked for; null when one has fewer.
create or replace function rowlock.choose_places(
  p_plan_id uuid,
  p_free bit varying,
  p_places jsonb
) returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_place record;
  v_seats int[] := '{}';
begin
  for v_place in
    select rowlock.first_seats(p_free & part.seats, (place ->> 'quantity')::int) as seats
    from jsonb_array_elements(p_places) as place
    left join rowlock.plan_parts as part
      on part.plan_id = p_plan_id
      and part.kind = 'section'
      and part.key = place ->> 'section'
  loop
    if v_place.seats is null then
      return null;
    end if;
    v_seats := v_seats || v_place.seats;
  end loop;
  return v_seats;
end
$$;

-- Whether nothing but the lack of seats can refuse a command that asks by quantity: it is new, the
-- show's terms allow it, no holder's limit is to be counted, its refusal need not be remembered.
create or replace function rowlock.is_plain(p_command rowlock.command, p_now timestamptz)
returns boolean
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_policy rowlock.policies;
begin
  select policy.* into v_policy
  from rowlock.policies as policy
  where policy.show_id = p_command.show_id;
  return v_policy.show_id is not null
    and not p_command.remember
    and p_command.from_block is null
    and (p_command.holder is null or v_policy.seats_per_holder_max is null)
    and p_command.seats is null
    and rowlock.terms_refusal(p_command, v_policy, p_now) is null
    and (rowlock.recorded(p_command)).code is null;
end
$$;

-- The seats of one command that asks by quantity; null when there are not enough.
create or replace function rowlock.choose_one(p_command rowlock.command, p_now timestamptz)
returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_chosen rowlock.command[] := rowlock.choose_all(
    array[p_command], p_now, false
  );
begin
  return v_chosen[1].seats;
end
$$;

-- Free seats that would be left alone if p_seats were taken, and are not alone now.
create or replace function rowlock.new_orphans(
  p_show_id bigint,
  p_seats int[],
  p_now timestamptz
) returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_joined bit varying := (
    select plan.joined << 0
    from rowlock.shows as show
    join rowlock.plans as plan on plan.plan_id = show.plan_id
    where show.show_id = p_show_id
  );
  v_free bit varying := rowlock.free_seats(p_show_id, length(v_joined), p_now);
  v_alone bit varying := rowlock.alone(rowlock.mark(v_free, p_seats, 0), v_joined)
    & ~ rowlock.alone(v_free, v_joined);
begin
  return rowlock.first_seats(v_alone, bit_count(v_alone)::int);
end
$$;
