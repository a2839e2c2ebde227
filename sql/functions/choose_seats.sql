-- Seats for whoever asks by quantity: the best available ones (best_seats.sql), and places of
-- general admission, of which the first free ones are given. decide() asks when the command's
-- turn comes, with what is free then, so that nobody is refused for seats that somebody before
-- did not get after all.

-- The house of a show as it is when a command's turn comes, after the entries that commands before
-- it have made. `<< 0` unpacks what is stored packed; the long arrays are handed on as
-- variables and never inside a row, so that they are unpacked once for a batch.
-- p_order: the free seats from the nearest to the focal point on. What is taken before the first of
-- a crowd looks is not gone through once for each of it.
create or replace function rowlock.house_of(
  p_show_id bigint,
  p_now timestamptz,
  p_entries rowlock.journal[],
  out p_house rowlock.house,
  out p_sums float8[],
  out p_order int[]
)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_entry rowlock.journal;
begin
  p_house.show_id := p_show_id;
  select plan.plan_id, plan.joined << 0, plan.accessible << 0, plan.distance_sums
  into p_house.plan_id, p_house.joined, p_house.accessible, p_sums
  from rowlock.shows as show
  join rowlock.plans as plan on plan.plan_id = show.plan_id
  where show.show_id = p_show_id;
  p_house.free := rowlock.free_seats(p_show_id, length(p_house.joined), p_now);
  foreach v_entry in array coalesce(p_entries, '{}') loop
    if v_entry.show_id = p_show_id then
      p_house.free := rowlock.mark(p_house.free, v_entry.freed, 1);
      p_house := rowlock.house_taken(p_house, v_entry);
    end if;
  end loop;
  p_order := array(
    select seat.no
    from rowlock.plans as plan
    cross join lateral unnest(plan.nearest_first) as seat (no)
    where plan.plan_id = p_house.plan_id
      and get_bit(p_house.free, seat.no) = 1
  );
end
$$;

-- The house after an entry: null, to be looked at anew, where seats were given back.
create or replace function rowlock.house_after(p_house rowlock.house, p_entry rowlock.journal)
returns rowlock.house
language plpgsql immutable
as $$
begin
  if p_house.show_id is null or p_house.show_id <> p_entry.show_id then
    return p_house;
  end if;
  if p_entry.freed <> '{}' then
    return null;
  end if;
  return rowlock.house_taken(p_house, p_entry);
end
$$;

-- The house without the seats that an entry takes: what is left of a hold that ran out is no longer
-- its own, and may be somebody's.
create or replace function rowlock.house_taken(p_house rowlock.house, p_entry rowlock.journal)
returns rowlock.house
language plpgsql immutable
as $$
begin
  if p_entry.until > p_entry.at then
    p_house.free := rowlock.mark(p_house.free, p_entry.seats, 0);
  end if;
  return p_house;
end
$$;

-- The seats for a command that asks by quantity, after those that it names; or none (null), and
-- how many there are of what is short: {"limit", "section"} or {"limit", "accessible"}.
create or replace function rowlock.choose(
  p_command rowlock.command,
  p_house rowlock.house,
  p_sums float8[],
  p_order int[],
  out p_seats int[],
  out p_short jsonb
)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_named int[] := case p_command.kind
    when 'change' then p_command.to_seats
    else p_command.seats
  end;
  v_free bit varying := rowlock.mark(p_house.free, v_named, 0);
  v_places int[];
  v_best int[] := '{}';
begin
  select chosen.p_seats, chosen.p_shortage into v_places, p_short
  from rowlock.choose_places(p_house.plan_id, v_free, p_command.places) as chosen;
  if p_short is null and p_command.best is not null then
    select chosen.p_seats, chosen.p_shortage into v_best, p_short
    from rowlock.choose_best(
      p_house.plan_id, rowlock.mark(v_free, v_places, 0), p_house.joined, p_house.accessible,
      p_sums, p_order, p_command.best
    ) as chosen;
  end if;
  if p_short is null then
    p_seats := v_named || v_places || v_best;
  end if;
end
$$;

-- The seats that p_best may have: bit n set. Null when there is no seat in its section or category.
-- General admission only when it is named. p_is_standing: it is named, and no place is better than
-- another there.
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

-- The best seats among p_free; or none (null), and how many of the kind that is short there are:
-- {"limit", "accessible"}.
create or replace function rowlock.choose_best(
  p_plan_id uuid,
  p_free bit varying,
  p_joined bit varying,
  p_accessible_seats bit varying,
  p_sums float8[],
  p_order int[],
  p_best jsonb,
  out p_seats int[],
  out p_shortage jsonb
)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_accessible int := coalesce((p_best ->> 'accessible')::int, 0);
  v_others int := (p_best ->> 'quantity')::int - v_accessible;
  v_match bit varying;
  v_is_standing boolean;
  v_accessible_left int;
  v_others_left int;
begin
  select matching.p_match, matching.p_is_standing
  into v_match, v_is_standing
  from rowlock.matching_seats(p_plan_id, p_free, p_best) as matching;
  v_accessible_left := coalesce(bit_count(v_match & p_accessible_seats), 0);
  v_others_left := coalesce(bit_count(v_match & ~ p_accessible_seats), 0);
  if v_accessible_left < v_accessible then
    p_shortage := jsonb_build_object('limit', v_accessible_left, 'accessible', true);
  elsif v_others_left < v_others then
    p_shortage := jsonb_build_object('limit', v_others_left, 'accessible', false);
  elsif v_is_standing then
    p_seats := rowlock.first_seats(v_match & p_accessible_seats, v_accessible)
      || rowlock.first_seats(v_match & ~ p_accessible_seats, v_others);
  else
    p_seats := rowlock.best_for(
      p_plan_id, v_match, p_free, p_joined, p_sums, p_order,
      v_accessible + v_others, p_accessible_seats, v_accessible
    );
  end if;
end
$$;

-- The first free places of each section, as many as are asked for; or none (null), and the first
-- section that has fewer, with how many it has: {"limit", "section"}.
create or replace function rowlock.choose_places(
  p_plan_id uuid,
  p_free bit varying,
  p_places jsonb,
  out p_seats int[],
  out p_shortage jsonb
)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_section text;
  v_quantity int;
  v_places bit varying;
begin
  p_seats := '{}';
  for v_section, v_quantity, v_places in
    select place ->> 'section', (place ->> 'quantity')::int, part.seats
    from jsonb_array_elements(p_places) as place
    left join rowlock.plan_parts as part
      on part.plan_id = p_plan_id
      and part.kind = 'section'
      and part.key = place ->> 'section'
  loop
    v_places := rowlock.mark(p_free, p_seats, 0) & v_places;
    p_seats := p_seats || rowlock.first_seats(v_places, v_quantity);
    if coalesce(bit_count(v_places), 0) < v_quantity then
      p_seats := null;
      p_shortage := jsonb_build_object(
        'limit', coalesce(bit_count(v_places), 0), 'section', v_section
      );
      return;
    end if;
  end loop;
end
$$;

-- The seats that a release or a cancellation is about when it gives back places by quantity: those
-- it names, and of each section as many of p_seats as it asks for, the last ones first. And where
-- a section has fewer, how many it has: {"section", "limit"} of the first such one.
create or replace function rowlock.places_given(
  p_command rowlock.command,
  p_seats int[],
  out p_named int[],
  out p_short jsonb
)
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_section text;
  v_quantity int;
  v_places int[];
begin
  p_named := coalesce(p_command.seats, '{}');
  for v_section, v_quantity in
    select place ->> 'section', sum((place ->> 'quantity')::int)::int
    from jsonb_array_elements(p_command.places) with ordinality as asked (place, no)
    group by place ->> 'section'
    order by min(no)
  loop
    v_places := array(
      select seat.seat_no
      from rowlock.shows as show
      join rowlock.seats as seat on seat.plan_id = show.plan_id
      where show.show_id = p_command.show_id
        and seat.seat_no = any (rowlock.without(p_seats, p_command.seats))
        and seat.section = v_section
      order by seat.seat_no desc
    );
    if cardinality(v_places) < v_quantity then
      p_short := coalesce(
        p_short,
        jsonb_build_object('section', v_section, 'limit', cardinality(v_places))
      );
    end if;
    p_named := p_named || v_places[1:v_quantity];
  end loop;
end
$$;
