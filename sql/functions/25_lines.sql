-- Lines: rows along which the next seat is not the one with the next number. Round tables close,
-- and seats were added to rows that were numbered before. All other rows are looked at as bits
-- (23_seat_bits.sql); in those bits the seats of lines are beside nobody.

-- Number of seats in the longest line.
create or replace function rowlock.longest(p_lines rowlock.lines[]) returns int
language sql immutable
as $$
  select coalesce(max(cardinality(line.seats)), 0) from unnest(p_lines) as line
$$;

-- Distance of the nearest seat of a line.
create or replace function rowlock.distance_of(p_line rowlock.lines, p_sums float8[])
returns float8
language sql immutable
as $$
  select min(p_sums[seat_no + 2] - p_sums[seat_no + 1]) from unnest((p_line).seats) as seat_no
$$;

-- The seats of a line that are free and have no free seat beside them, if p_gone were taken.
create or replace function rowlock.alone_in_line(
  p_line rowlock.lines,
  p_free bit varying,
  p_gone int[]
) returns int[]
language plpgsql immutable
as $$
declare
  v_count int := cardinality(p_line.seats);
  v_seat_no int;
  v_is_free boolean[];
  v_alone int[] := '{}';
begin
  foreach v_seat_no in array p_line.seats loop
    v_is_free := array_append(
      v_is_free, get_bit(p_free, v_seat_no) = 1 and v_seat_no <> all (p_gone)
    );
  end loop;
  for v_i in 1 .. v_count loop
    continue when not v_is_free[v_i];
    continue when v_is_free[v_i - 1] or v_is_free[v_i + 1];
    continue when p_line.is_round
      and (v_i = 1 and v_is_free[v_count] or v_i = v_count and v_is_free[1]);
    v_alone := array_append(v_alone, p_line.seats[v_i]);
  end loop;
  return v_alone;
end
$$;

-- The seats of a line that p_gone would leave alone, and that are not yet.
create or replace function rowlock.new_orphans_in_line(
  p_line rowlock.lines,
  p_free bit varying,
  p_gone int[]
) returns int[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select rowlock.without(
    rowlock.alone_in_line(p_line, p_free, p_gone), rowlock.alone_in_line(p_line, p_free, '{}')
  )
$$;

-- Rank of a group of seats among those of its size, the lowest being the best: whether it leaves
-- somebody alone, how far away it is, and its first number.
create or replace function rowlock.rank_of(
  p_seats int[],
  p_leaves_orphan boolean,
  p_sums float8[]
) returns float8[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select array[
    p_leaves_orphan::int,
    sum(p_sums[seat_no + 2] - p_sums[seat_no + 1]),
    p_seats[1]
  ]
  from unnest(p_seats) as seat_no
$$;

-- p_size seats of p_match side by side in one of the lines, which come from the nearest on, that
-- are better than those of rank p_to_beat, or than none (null); null where there are none. With
-- p_min to p_max accessible seats; with p_companion_seats, only those where one of them is beside
-- an accessible one.
create or replace function rowlock.best_in_lines(
  p_lines rowlock.lines[],
  p_match bit varying,
  p_free bit varying,
  p_sums float8[],
  p_size int,
  p_accessible_seats bit varying,
  p_min int,
  p_max int,
  p_companion_seats bit varying,
  p_to_beat float8[]
) returns int[]
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_line rowlock.lines;
  v_count int;
  v_group int[];
  v_rank float8[];
  v_best int[];
begin
  foreach v_line in array p_lines loop
    v_count := cardinality(v_line.seats);
    continue when v_count < p_size;
    exit when p_to_beat[1] = 0 and rowlock.distance_of(v_line, p_sums) * p_size > p_to_beat[2];
    for v_start in 1 .. case
      -- A table that is filled, too: a pair may sit where the line begins and ends.
      when v_line.is_round then v_count
      else v_count - p_size + 1
    end loop
      continue when get_bit(p_match, v_line.seats[v_start]) = 0;
      v_group := (v_line.seats || v_line.seats)[v_start : v_start + p_size - 1];
      continue when rowlock.count_among(v_group, p_match) < p_size;
      continue when rowlock.count_among(v_group, p_accessible_seats) not between p_min and p_max;
      continue when not rowlock.has_pair(v_group, p_accessible_seats, p_companion_seats);
      v_rank := rowlock.rank_of(v_group, false, p_sums);
      continue when v_rank >= p_to_beat;
      if rowlock.new_orphans_in_line(v_line, p_free, v_group) <> '{}' then
        v_rank[1] := 1;
        continue when v_rank >= p_to_beat;
      end if;
      v_best := v_group;
      p_to_beat := v_rank;
    end loop;
  end loop;
  return v_best;
end
$$;

-- p_group, or a group in a line that is better (best_in_lines() says what the others are).
create or replace function rowlock.better_in_lines(
  p_group int[],
  p_joined bit varying,
  p_lines rowlock.lines[],
  p_match bit varying,
  p_free bit varying,
  p_sums float8[],
  p_size int,
  p_accessible_seats bit varying,
  p_min int,
  p_max int,
  p_companion_seats bit varying
) returns int[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select coalesce(
    rowlock.best_in_lines(
      p_lines, p_match, p_free, p_sums, p_size, p_accessible_seats, p_min, p_max,
      p_companion_seats,
      case when p_group is not null then rowlock.rank_of(
        p_group, bit_count(rowlock.new_orphans(p_group, p_free, p_joined)) > 0, p_sums
      ) end
    ),
    p_group
  )
$$;

-- Tells whether a companion's seat is beside an accessible one in a group that is in its order;
-- without companions' seats nobody asks.
create or replace function rowlock.has_pair(
  p_group int[],
  p_accessible_seats bit varying,
  p_companion_seats bit varying
) returns boolean
language sql immutable
as $$
  select p_companion_seats is null or exists (
    select
    from generate_series(1, cardinality(p_group) - 1) as i
    where get_bit(p_accessible_seats, p_group[i]) = 1
        and get_bit(p_companion_seats, p_group[i + 1]) = 1
      or get_bit(p_companion_seats, p_group[i]) = 1
        and get_bit(p_accessible_seats, p_group[i + 1]) = 1
  )
$$;
