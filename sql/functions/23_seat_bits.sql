-- Seats of a whole house as a bit string, bit n for seat number n: 20,000 seats are looked at with
-- a few dozen operations of the processor and not with 20,000 rows.

-- The seats of a show that are free at p_now.
create or replace function rowlock.free_seats(
  p_show_id bigint,
  p_seat_count int,
  p_now timestamptz
) returns bit varying
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select substring(
    ~ ('x' || string_agg(
      lpad(to_hex(coalesce(taken.bits, 0)), 8, '0'), '' order by word.no
    ))::bit varying
    from 1 for p_seat_count
  )
  from generate_series(0, (p_seat_count - 1) / 32) as word (no)
  left join (
    select claim.seat_no / 32 as no, bit_or(1::bigint << 31 - claim.seat_no % 32) as bits
    from rowlock.claims as claim
    where claim.show_id = p_show_id
      and claim.until > p_now
    group by claim.seat_no / 32
  ) as taken on taken.no = word.no
$$;

-- p_bits with the bits of p_seats set to p_value.
create or replace function rowlock.mark(p_bits bit varying, p_seats int[], p_value int)
returns bit varying
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_seat_no int;
begin
  if p_seats is null then
    return p_bits;
  end if;
  foreach v_seat_no in array p_seats loop
    if v_seat_no between 0 and length(p_bits) - 1 then
      p_bits := set_bit(p_bits, v_seat_no, p_value);
    end if;
  end loop;
  return p_bits;
end
$$;

-- Free seats whose neighbours on both sides are taken, or not there.
create or replace function rowlock.alone(p_free bit varying, p_joined bit varying)
returns bit varying
language sql immutable
as $$
  select p_free & ~ ((p_free & p_joined) >> 1) & ~ (p_joined & (p_free << 1))
$$;

-- Where p_quantity seats side by side begin: bit n when seats n to n + p_quantity - 1 are all in
-- p_free and each sits beside the next.
create or replace function rowlock.side_by_side(
  p_free bit varying,
  p_joined bit varying,
  p_quantity int
) returns bit varying
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  v_starts bit varying := p_free;
begin
  for v_more in 2 .. p_quantity loop
    v_starts := p_free & p_joined & (v_starts << 1);
  end loop;
  return v_starts;
end
$$;

-- Those of p_starts that leave no single free seat beside the p_quantity seats that begin there.
create or replace function rowlock.without_orphans(
  p_starts bit varying,
  p_free bit varying,
  p_joined bit varying,
  p_quantity int
) returns bit varying
language plpgsql immutable
set search_path = rowlock, pg_temp
as $$
declare
  -- Whether the seat before, or after, is free and sits beside this one.
  v_before bit varying := (p_free & p_joined) >> 1;
  v_after bit varying := p_joined & (p_free << 1);
begin
  return p_starts
    & ~ (v_before & ~ (v_before >> 1))
    & ~ ((v_after & ~ (v_after << 1)) << p_quantity - 1);
end
$$;

-- The first p_quantity bits that are set, or null when there are fewer.
create or replace function rowlock.first_seats(p_bits bit varying, p_quantity int)
returns int[]
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select case when count(*) = p_quantity then array_agg(found.no) end
  from (
    select seat.no
    from generate_series(0, length(p_bits) - 1) as seat (no)
    where get_bit(p_bits, seat.no) = 1
    limit p_quantity
  ) as found
$$;
