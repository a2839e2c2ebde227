-- Says once more, as bits and sums over all its seats, what a plan's seats say: the form in which
-- best_seats looks for the best ones without reading a row per seat.
-- Distances are counted in billionths of the greatest one. Sums of whole numbers are exact, so that
-- seats to the left and to the right of the middle are equals; sums of fractions are not.
-- Places of general admission are beside nobody: there is no alone among people who stand. Nor are
-- seats of lines: who sits beside whom there, the line says (21_lines.sql).
create or replace function rowlock.index_plan(p_plan_id uuid) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_standing text[];
  v_in_lines int[];
  v_focus_x float8;
  v_focus_y float8;
  v_seat_count int;
begin
  select
    array(
      select section ->> 'key'
      from jsonb_array_elements(plan.drawing -> 'sections') as section
      where (section ->> 'generalAdmission')::boolean
    ),
    (plan.drawing #>> '{focalPoint,x}')::float8,
    (plan.drawing #>> '{focalPoint,y}')::float8,
    plan.seat_count
  into v_standing, v_focus_x, v_focus_y, v_seat_count
  from rowlock.plans as plan
  where plan.plan_id = p_plan_id;
  v_in_lines := array(
    select seat_no
    from rowlock.lines as line
    cross join lateral unnest(line.seats) as seat_no
    where line.plan_id = p_plan_id
  );

  update rowlock.plans as plan
  set joined = counted.joined,
    accessible = counted.accessible,
    distance_sums = array[0::float8] || counted.sums,
    nearest_first = counted.nearest_first
  from (
    select
      string_agg(
        (
          seat.joined
          and coalesce(seat.section <> all (v_standing), true)
          and seat.seat_no <> all (v_in_lines)
        )::int::text,
        '' order by seat.seat_no
      )::bit varying as joined,
      string_agg(seat.accessible::int::text, '' order by seat.seat_no)::bit varying
        as accessible,
      array_agg(seat.sum order by seat.seat_no) as sums,
      array_agg(seat.seat_no order by seat.distance, seat.seat_no) as nearest_first
    from (
      select away.*, sum(away.distance) over (order by away.seat_no) as sum
      from (
        -- Without a focal point every seat is as good as the next, and the first ones are taken.
        select
          seat.seat_no, seat.section, seat.joined, seat.accessible,
          coalesce(
            round(1e9 * seen.distance / nullif(max(seen.distance) over (), 0)), 0
          ) as distance
        from rowlock.seats as seat
        cross join lateral (
          select sqrt(
            (seat.x - v_focus_x) * (seat.x - v_focus_x)
            + (seat.y - v_focus_y) * (seat.y - v_focus_y)
          ) as distance
        ) as seen
        where seat.plan_id = p_plan_id
      ) as away
    ) as seat
  ) as counted
  where plan.plan_id = p_plan_id;

  delete from rowlock.plan_parts as part
  where part.plan_id = p_plan_id;
  -- 32 seats at a time, and only where a part has any: a row per seat or per part and place would
  -- be millions in a stadium of many sections.
  insert into rowlock.plan_parts (plan_id, kind, key, standing, seats)
  select
    p_plan_id,
    part.kind,
    part.key,
    part.kind = 'section' and part.key = any (v_standing),
    substring(
      ('x' || rpad(
        string_agg(
          repeat('0', 8 * part.gap) || lpad(to_hex(part.bits), 8, '0'), '' order by part.no
        ),
        8 * ((v_seat_count + 31) / 32),
        '0'
      ))::bit varying
      from 1 for v_seat_count
    )
  from (
    select
      word.*,
      word.no - 1 - coalesce(
        lag(word.no) over (partition by word.kind, word.key order by word.no), -1
      ) as gap
    from (
      select named.kind, named.key, seat.seat_no / 32 as no,
        bit_or(1::bigint << 31 - seat.seat_no % 32) as bits
      from rowlock.seats as seat
      cross join lateral (
        values
          ('section', seat.section),
          ('category', seat.category),
          ('need', case
            when seat.companion then 'companion'
            when seat.restricted_view then 'restricted'
          end),
          ('line', case when seat.seat_no = any (v_in_lines) then 'line' end)
      ) as named (kind, key)
      where seat.plan_id = p_plan_id
        and named.key is not null
      group by named.kind, named.key, seat.seat_no / 32
    ) as word
  ) as part
  group by part.kind, part.key;
end
$$;
