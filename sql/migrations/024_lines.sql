-- Lines: rows along which the next seat is not the one with the next number. Round tables close,
-- and a show's own plan gets seats in the middle of rows, or at the end of one that is not last.

create table rowlock.lines (
  plan_id uuid not null,
  line_no int not null,
  is_round boolean not null,   -- the last seat sits beside the first one
  seats int[] not null,        -- from one end to the other
  constraint lines_pkey primary key (plan_id, line_no),
  constraint lines_plan_fkey foreign key (plan_id) references rowlock.plans (plan_id)
);

-- The seats of all lines are a part of their plan, too: kind and key 'line'.
alter table rowlock.plan_parts drop constraint plan_parts_kind_known;
alter table rowlock.plan_parts add constraint plan_parts_kind_known check (
  kind in ('section', 'category', 'need', 'line')
);

-- Round tables that are there: seats side by side whose last one is as near to the first one as
-- neighbours are to each other (src/plans/neighbours.ts says how near that is).
insert into rowlock.lines (plan_id, line_no, is_round, seats)
select closed.plan_id, row_number() over (partition by closed.plan_id order by closed.seats) - 1,
  true, closed.seats
from (
  select
    stretch.plan_id,
    array_agg(stretch.seat_no order by stretch.seat_no) as seats,
    (array_agg(point(stretch.x, stretch.y) order by stretch.seat_no))[1]
      <-> (array_agg(point(stretch.x, stretch.y) order by stretch.seat_no desc))[1] as opening,
    percentile_disc(0.5) within group (order by stretch.gap) as usual_gap
  from (
    select
      seat.plan_id, seat.seat_no, seat.x, seat.y,
      -- What is joined to its next one counts with that one.
      sum((not seat.was_joined)::int) over (
        partition by seat.plan_id order by seat.seat_no
      ) as stretch_no,
      case when seat.was_joined then seat.gap end as gap
    from (
      select
        here.plan_id, here.seat_no, here.x, here.y,
        coalesce(lag(here.joined) over along, false) as was_joined,
        point(here.x, here.y) <-> lag(point(here.x, here.y)) over along as gap
      from rowlock.seats as here
      window along as (partition by here.plan_id order by here.seat_no)
    ) as seat
  ) as stretch
  group by stretch.plan_id, stretch.stretch_no
  having count(*) > 3
) as closed
where closed.opening <= 1.8 * closed.usual_gap;

do $$
declare
  v_line rowlock.lines;
  v_bits bit varying;
  v_plan_id uuid;
begin
  for v_plan_id in
    select distinct line.plan_id
    from rowlock.lines as line
  loop
    select repeat('0', plan.seat_count)::bit varying into v_bits
    from rowlock.plans as plan
    where plan.plan_id = v_plan_id;
    for v_line in
      select line.*
      from rowlock.lines as line
      where line.plan_id = v_plan_id
    loop
      for v_n in 1 .. cardinality(v_line.seats) loop
        v_bits := set_bit(v_bits, v_line.seats[v_n], 1);
      end loop;
    end loop;
    update rowlock.plans as plan
    set joined = plan.joined & ~ v_bits
    where plan.plan_id = v_plan_id;
    insert into rowlock.plan_parts (plan_id, kind, key, standing, seats)
    values (v_plan_id, 'line', 'line', false, v_bits);
  end loop;
end
$$;
