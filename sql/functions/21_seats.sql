-- Lists of seats, and what is in the way of taking them. Nothing here reads or writes a table.

-- p_seats without p_gone, in their order.
create or replace function rowlock.without(p_seats int[], p_gone int[]) returns int[]
language plpgsql immutable
as $$
declare
  v_seat_no int;
  v_left int[] := '{}';
begin
  if p_seats is null or p_gone is null or not p_seats && p_gone then
    return p_seats;
  end if;
  if p_seats <@ p_gone then
    return '{}';
  end if;
  foreach v_seat_no in array p_seats loop
    if v_seat_no is not null and array_position(p_gone, v_seat_no) is null then
      v_left := array_append(v_left, v_seat_no);
    end if;
  end loop;
  return v_left;
end
$$;

-- The seats among p_seats that cannot be taken at p_now, in the order asked for:
-- [{"seat": 7, "reason": "held", "until": …}]; null when every one is free. What p_own has is in
-- nobody's way. A seat that is named twice is a mistake of whoever calls.
create or replace function rowlock.in_the_way(
  p_show_id bigint,
  p_seat_count int,
  p_seats int[],
  p_now timestamptz,
  p_own uuid,
  p_keys bigint[],
  p_places rowlock.place[]
) returns jsonb
language plpgsql stable
as $$
declare
  v_seat_no int;
  v_place rowlock.place;
  v_obstacles jsonb;
begin
  for v_n in 1 .. cardinality(p_seats) loop
    v_seat_no := p_seats[v_n];
    if v_seat_no is null or array_position(p_seats, v_seat_no) < v_n then
      raise exception 'rowlock.in_the_way: a seat is named twice, or none: %', p_seats;
    end if;
    if v_seat_no not between 0 and p_seat_count - 1 then
      v_obstacles := coalesce(v_obstacles, '[]')
        || jsonb_build_object('seat', v_seat_no, 'reason', 'unknown', 'until', null);
      continue;
    end if;
    v_place := p_places[width_bucket((p_show_id << 24) + v_seat_no, p_keys)];
    if v_place.until > p_now and v_place.hold_id is distinct from p_own then
      v_obstacles := coalesce(v_obstacles, '[]') || jsonb_build_object(
        'seat', v_seat_no,
        'reason', case
          when v_place.booked_at is not null then 'booked'
          when v_place.until = 'infinity' then 'blocked'
          else 'held'
        end,
        'until', nullif(v_place.until, 'infinity')
      );
    end if;
  end loop;
  return v_obstacles;
end
$$;
