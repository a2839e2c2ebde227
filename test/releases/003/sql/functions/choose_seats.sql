-- Seats for whoever asks by quantity: the best available ones (best_seats.sql), and places of
-- general admission, of which the first free ones are given.
-- Discipline: under the show's lock, so that no two who ask at once are given the same.

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
    p_seats := rowlock.best_groups(
      v_match, p_free, p_joined, p_sums, p_order,
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

-- The commands that ask by quantity, in their order, as if each got what was chosen for it. They
-- come back naming their seats; or none (null) where there are not enough, and what is short. With
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
  v_places int[];
  v_best int[];
begin
  for v_command in
    select (asking.command).*
    from (
      select
        command,
        count(*) over (partition by command.show_id, command.request_id) as on_request,
        count(*) over (partition by command.show_id, command.owner, command.holder) as on_holder
      from unnest(p_commands) as command
    ) as asking
    where (asking.command).kind in ('hold', 'book')
      and ((asking.command).best is not null or (asking.command).places is not null)
      and (
        not p_plain_only
        or rowlock.is_plain(asking.command, asking.on_request, asking.on_holder, p_now)
      )
    order by (asking.command).show_id, (asking.command).n
  loop
    if v_show_id is distinct from v_command.show_id then
      v_show_id := v_command.show_id;
      -- `<< 0` unpacks what is stored packed.
      select plan.plan_id, plan.joined << 0, plan.accessible << 0, plan.distance_sums
      into v_plan_id, v_joined, v_accessible, v_sums
      from rowlock.shows as show
      join rowlock.plans as plan on plan.plan_id = show.plan_id
      where show.show_id = v_show_id;
      v_free := rowlock.free_seats(v_show_id, length(v_joined), p_now);
      v_order := null;
    end if;
    select chosen.p_seats, chosen.p_shortage into v_places, v_command.shortage
    from rowlock.choose_places(
      v_plan_id, rowlock.mark(v_free, v_command.seats, 0), v_command.places
    ) as chosen;
    v_best := '{}';
    if v_places is not null and v_command.best is not null then
      v_order := coalesce(v_order, rowlock.free_in_order(v_plan_id, v_free));
      select chosen.p_seats, chosen.p_shortage into v_best, v_command.shortage
      from rowlock.choose_best(
        v_plan_id, rowlock.mark(v_free, v_places || v_command.seats, 0), v_joined,
        v_accessible, v_sums, v_order, v_command.best
      ) as chosen;
    end if;
    if v_command.shortage is null then
      v_command.seats := v_command.seats || v_places || v_best;
      v_free := rowlock.mark(v_free, v_places || v_best, 0);
    else
      v_command.seats := null;
    end if;
    v_command.best := null;
    v_command.places := null;
    v_chosen := v_chosen || v_command;
  end loop;
  return v_chosen;
end
$$;

-- The seats of p_free from the nearest to the focal point on: what is taken before the first of a
-- crowd looks is not gone through once for each of it.
create or replace function rowlock.free_in_order(p_plan_id uuid, p_free bit varying) returns int[]
language sql stable
set search_path = rowlock, pg_temp
as $$
  select array(
    select seat.no
    from rowlock.plans as plan
    cross join lateral unnest(plan.nearest_first) as seat (no)
    where plan.plan_id = p_plan_id
      and get_bit(p_free, seat.no) = 1
  )
$$;

-- Whether nothing but the lack of seats can refuse a command that asks by quantity: it is new, the
-- show's terms and the holder's limit allow it, and so they do after whatever else is in its
-- batch, where p_on_request commands have its request id and p_on_holder its holder. Whoever may
-- pass its address's budget is not among them: see within_budget.
create or replace function rowlock.is_plain(
  p_command rowlock.command,
  p_on_request bigint,
  p_on_holder bigint,
  p_now timestamptz
) returns boolean
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
    and p_command.from_block is null
    and p_command.seats is null
    and rowlock.terms_refusal(p_command, v_policy, p_now) is null
    and p_on_request = 1
    and (p_on_holder = 1 or p_command.holder is null or v_policy.seats_per_holder_max is null)
    and rowlock.holder_obstacle(
      p_command, v_policy, p_command.owner, p_command.holder,
      rowlock.asked(p_command)::int, p_now
    ) is null
    and (rowlock.recorded(p_command)).code is null;
end
$$;

-- A command that asks by quantity as choose_all gives it back.
create or replace function rowlock.choose_one(p_command rowlock.command, p_now timestamptz)
returns rowlock.command
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_chosen rowlock.command[] := rowlock.choose_all(array[p_command], p_now, false);
begin
  return v_chosen[1];
end
$$;

-- Remembers the refusals of those of p_commands that are numbered in p_ns and say so.
create or replace function rowlock.remember_shortages(
  p_commands rowlock.command[],
  p_ns int[],
  p_now timestamptz
) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  insert into rowlock.refusals (show_id, request_id, fingerprint, at, code, obstacles)
  select
    command.show_id, command.request_id, command.fingerprint, p_now,
    'not_enough_seats', command.shortage
  from unnest(p_commands) as command
  where command.n = any (p_ns)
    and command.remember
$$;
