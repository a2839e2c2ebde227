-- The best of a show's free seats, as bits. docs/concepts/best-available.md says what is better.
--
-- Who needs a seat gets it: plain seats are given first, then those with a restricted view, then
-- companions' seats; accessible seats only to those who ask for them, and with a companion's seat
-- beside one where there is any.
-- Order of preference among these: side by side, leaving no single seat alone; side by side; in
-- several groups, as large as can be, with a group of one only where nothing else is left. Among
-- equals: nearest to the focal point on average, then the lowest number.
-- Discipline: nothing is read or written; choose_seats.sql says which seats are free.
--
-- The long arrays of a plan are handed down as variables and never inside a row: only so are they
-- unpacked once and not at every use.

-- The bit of p_starts whose p_quantity seats are nearest to the focal point on average; null when
-- none is set. Only stretches with p_accessible_min to p_accessible_max accessible seats count.
-- Goes through the seats in question from the nearest on (p_order): whatever has not been seen when
-- a seat is farther away than the best average so far is farther away still. Of the stretches with
-- a seat, those with a neighbour that was nearer have been looked at. Distances are whole numbers,
-- so that no rounding decides between equals.
create or replace function rowlock.nearest(
  p_starts bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible_min int,
  p_accessible_max int
) returns int
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_covered bit varying;
  -- Bit n + 1: seat n has been gone through.
  v_seen bit varying := (p_starts & ~ p_starts) || b'00';
  v_seat_no int;
  v_sum float8;
  v_best float8;
  v_start int;
begin
  if bit_count(p_starts) = 0 then
    return null;
  end if;
  v_covered := rowlock.covered(p_starts, p_quantity);
  for v_seat_no in
    select seat.no
    from (select unnest(p_order) as no) as seat
    where get_bit(v_covered, seat.no) = 1
  loop
    exit when (p_sums[v_seat_no + 2] - p_sums[v_seat_no + 1]) * p_quantity > v_best;
    for v_no in
      case get_bit(v_seen, v_seat_no) when 1 then v_seat_no
        else greatest(v_seat_no - p_quantity + 1, 0)
      end
      ..
      case get_bit(v_seen, v_seat_no + 2) when 1 then v_seat_no - p_quantity + 1
        else v_seat_no
      end
    loop
      continue when get_bit(p_starts, v_no) = 0;
      continue when p_accessible_max > 0 and bit_count(
        substring(p_accessible_seats from v_no + 1 for p_quantity)
      ) not between p_accessible_min and p_accessible_max;
      v_sum := p_sums[v_no + 1 + p_quantity] - p_sums[v_no + 1];
      if v_best is null or (v_sum, v_no) < (v_best, v_start) then
        v_best := v_sum;
        v_start := v_no;
      end if;
    end loop;
    -- For a few seats it is cheaper to look twice.
    if p_quantity > 8 then
      v_seen := set_bit(v_seen, v_seat_no + 1, 1);
    end if;
  end loop;
  return v_start;
end
$$;

-- Best of the stretches of p_quantity seats that begin at p_starts, as seats: one that leaves no
-- seat of p_free alone, else any. Null where there are none.
create or replace function rowlock.best_row(
  p_starts bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible_min int,
  p_accessible_max int
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_start int;
begin
  if p_accessible_max > 0 then
    p_starts := p_starts & rowlock.touching(p_accessible_seats, p_quantity);
  end if;
  if bit_count(p_starts) = 0 then
    return null;
  end if;
  v_start := coalesce(
    rowlock.nearest(
      rowlock.without_orphans(p_starts, p_free, p_joined, p_quantity), p_sums, p_order,
      p_quantity, p_accessible_seats, p_accessible_min, p_accessible_max
    ),
    rowlock.nearest(
      p_starts, p_sums, p_order,
      p_quantity, p_accessible_seats, p_accessible_min, p_accessible_max
    )
  );
  if v_start is null then
    return null;
  end if;
  return array(select generate_series(v_start, v_start + p_quantity - 1));
end
$$;

-- The best group of p_match for somebody who still wants p_quantity seats, p_accessible of them
-- accessible: the largest one of at most p_size_max, null when there is none. As long as
-- accessible seats are wanted, every group has one at least, and takes only so many companions that
-- one is left for each accessible seat that is still to come, where there are as many. With
-- p_companion_seats, those groups of one size come first that have one beside an accessible seat.
-- Seats of lines are looked for in p_lines, all others in the bits.
create or replace function rowlock.best_group(
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible int,
  p_companion_seats bit varying,
  p_size_max int,
  p_lines rowlock.lines[],
  p_in_lines bit varying
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_others int := p_quantity - p_accessible;
  -- Element k: where k seats side by side begin, as far as there are any.
  v_starts bit varying[] := array[p_match];
  v_pairs bit varying;
  v_size_max int;
  v_group int[];
  v_accessible_min int := 0;
begin
  if p_accessible = 0 then
    v_starts[1] := p_match & ~ p_accessible_seats;
  elsif p_companion_seats is not null then
    -- In parentheses: PostgreSQL knows no order among these operators.
    v_pairs := p_joined & (
      (p_accessible_seats & (p_companion_seats << 1))
      | (p_companion_seats & (p_accessible_seats << 1))
    );
  end if;
  if p_lines is not null then
    v_starts[1] := v_starts[1] & ~ p_in_lines;
  end if;
  while cardinality(v_starts) < p_size_max and bit_count(v_starts[cardinality(v_starts)]) > 0 loop
    v_starts := array_append(
      v_starts, v_starts[1] & p_joined & (v_starts[cardinality(v_starts)] << 1)
    );
  end loop;
  v_size_max := greatest(cardinality(v_starts), least(p_size_max, rowlock.longest(p_lines)));
  for v_size in reverse v_size_max .. 1 loop
    if p_accessible > 0 then
      v_accessible_min := greatest(1, least(
        (v_size - v_others + p_accessible + 1) / 2,
        greatest((v_size + 1) / 2, v_size - v_others)
      ));
    end if;
    continue when v_accessible_min > p_accessible;
    if v_size > 1 and v_pairs is not null then
      v_group := rowlock.best_row(
        v_starts[v_size] & rowlock.touching(v_pairs, v_size - 1), p_free, p_joined, p_sums,
        p_order, v_size, p_accessible_seats, v_accessible_min, p_accessible
      );
      if p_lines is not null then
        v_group := rowlock.better_in_lines(
          v_group, p_joined, p_lines, p_match, p_free, p_sums,
          v_size, p_accessible_seats, v_accessible_min, p_accessible, p_companion_seats
        );
      end if;
      exit when v_group is not null;
    end if;
    v_group := rowlock.best_row(
      v_starts[v_size], p_free, p_joined, p_sums, p_order,
      v_size, p_accessible_seats, v_accessible_min, p_accessible
    );
    if p_lines is not null then
      v_group := rowlock.better_in_lines(
        v_group, p_joined, p_lines, p_match, p_free, p_sums,
        v_size, p_accessible_seats, v_accessible_min, p_accessible, null
      );
    end if;
    exit when v_group is not null;
  end loop;
  return v_group;
end
$$;

-- p_quantity seats of p_match, exactly p_accessible of them accessible, in groups, each as large as
-- can be: one group where that is possible. A group that would leave one seat over is made smaller
-- by one where the last two can then sit together. p_match must have so many seats of both kinds.
-- With p_companion_seats, only groups that have an accessible seat: the rest of the party is left
-- over.
create or replace function rowlock.best_groups(
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible int,
  p_companion_seats bit varying,
  p_lines rowlock.lines[],
  p_in_lines bit varying
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_seats int[] := '{}';
  v_group int[];
  v_smaller int[];
  v_accessible int;
begin
  while p_quantity > 0 and (p_companion_seats is null or p_accessible > 0) loop
    v_group := rowlock.best_group(
      p_match, p_free, p_joined, p_sums, p_order,
      p_quantity, p_accessible_seats, p_accessible, p_companion_seats, p_quantity,
      p_lines, p_in_lines
    );
    if cardinality(v_group) = p_quantity - 1 and p_quantity > 3 then
      v_smaller := rowlock.best_group(
        p_match, p_free, p_joined, p_sums, p_order,
        p_quantity, p_accessible_seats, p_accessible, p_companion_seats, p_quantity - 2,
        p_lines, p_in_lines
      );
      if cardinality(v_smaller) = p_quantity - 2 and cardinality(
        rowlock.best_group(
          rowlock.mark(p_match, v_smaller, 0), rowlock.mark(p_free, v_smaller, 0), p_joined,
          p_sums, p_order, 2, p_accessible_seats,
          p_accessible - rowlock.count_among(v_smaller, p_accessible_seats), p_companion_seats, 2,
          p_lines, p_in_lines
        )
      ) = 2 then
        v_group := v_smaller;
      end if;
    end if;
    v_seats := v_seats || v_group;
    p_quantity := p_quantity - cardinality(v_group);
    if p_quantity > 0 then
      p_accessible := p_accessible - rowlock.count_among(v_group, p_accessible_seats);
      p_match := rowlock.mark(p_match, v_group, 0);
      p_free := rowlock.mark(p_free, v_group, 0);
    end if;
  end loop;
  return v_seats;
end
$$;

-- p_quantity seats of p_match that are not accessible: of the plain ones; where these are too few,
-- all of them and as many with a restricted view as are needed; and companions' seats last of all.
create or replace function rowlock.best_others(
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_companion_seats bit varying,
  p_restricted_seats bit varying,
  p_lines rowlock.lines[],
  p_in_lines bit varying
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_better bit varying := p_match & ~ p_match;
  v_match bit varying := p_match & ~ p_companion_seats & ~ p_restricted_seats;
begin
  if bit_count(v_match) < p_quantity then
    v_better := v_match;
    v_match := p_match & ~ p_companion_seats;
  end if;
  if bit_count(v_match) < p_quantity then
    v_better := v_match;
    v_match := p_match;
  end if;
  return rowlock.best_groups(
    v_match, p_free, p_joined, p_sums, p_order,
    p_quantity, v_better, bit_count(v_better)::int, null, p_lines, p_in_lines
  );
end
$$;

-- p_quantity seats of p_match, exactly p_accessible of them accessible, as docs/concepts/
-- best-available.md says. p_match must have so many seats of both kinds.
create or replace function rowlock.best_for(
  p_plan_id uuid,
  p_match bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_sums float8[],
  p_order int[],
  p_quantity int,
  p_accessible_seats bit varying,
  p_accessible int
) returns int[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_none bit varying := p_free & ~ p_free;
  v_companion bit varying;
  v_restricted bit varying;
  v_in_lines bit varying;
  v_lines rowlock.lines[];
  v_seats int[] := '{}';
begin
  select
    coalesce(bit_or(part.seats) filter (where part.key = 'companion'), v_none),
    coalesce(bit_or(part.seats) filter (where part.key = 'restricted'), v_none),
    bit_or(part.seats) filter (where part.kind = 'line')
  into v_companion, v_restricted, v_in_lines
  from rowlock.plan_parts as part
  where part.plan_id = p_plan_id
    and part.kind in ('need', 'line');
  if v_in_lines is not null then
    v_lines := array(
      select line
      from rowlock.lines as line
      where line.plan_id = p_plan_id
      order by rowlock.distance_of(line, p_sums), line.line_no
    );
  end if;
  if p_accessible > 0 then
    v_seats := rowlock.best_groups(
      p_match, p_free, p_joined, p_sums, p_order, p_quantity, p_accessible_seats, p_accessible,
      v_companion, v_lines, v_in_lines
    );
  end if;
  if cardinality(v_seats) < p_quantity then
    v_seats := v_seats || rowlock.best_others(
      rowlock.mark(p_match, v_seats, 0) & ~ p_accessible_seats,
      rowlock.mark(p_free, v_seats, 0),
      p_joined, p_sums, p_order, p_quantity - cardinality(v_seats), v_companion, v_restricted,
      v_lines, v_in_lines
    );
  end if;
  return v_seats;
end
$$;

-- Number of p_seats that are set in p_bits.
create or replace function rowlock.count_among(p_seats int[], p_bits bit varying) returns int
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select count(*)::int
  from unnest(p_seats) as seat_no
  where get_bit(p_bits, seat_no) = 1
$$;
