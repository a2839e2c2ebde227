-- The limit that everything is measured against: what somebody who knows PostgreSQL would write by
-- hand for holding and booking seats, with the promises that cannot be left out. One show's lock,
-- all or nothing, expired claims are taken over, a journal without gaps, request ids that make a
-- retry safe. No plans, terms, owners, limits, best seats, cancellations or remembered refusals.
drop schema if exists bench cascade;
create schema bench;

create table bench.shows (show_id bigint primary key, version bigint not null default 0);
create table bench.claims (
  show_id bigint, seat_no int, hold_id uuid not null, until timestamptz not null,
  primary key (show_id, seat_no)
) with (fillfactor = 70);
create table bench.journal (
  show_id bigint, version bigint, at timestamptz not null, kind text not null,
  hold_id uuid not null, seats int[] not null, request_id uuid not null,
  primary key (show_id, version), unique (show_id, request_id), unique (show_id, hold_id, kind)
);

-- Answers whether it was done. A hold names its seats; a booking has those of its hold.
create function bench.apply(
  p_show bigint, p_kind text, p_request uuid, p_hold uuid, p_seats int[] default null
) returns boolean language plpgsql as $$
declare
  v_now timestamptz;
  v_until timestamptz := 'infinity';
begin
  perform from bench.shows where show_id = p_show for update;
  v_now := clock_timestamp();
  if exists (select from bench.journal where show_id = p_show and request_id = p_request) then
    return true;
  end if;
  if p_kind = 'hold' then
    v_until := v_now + interval '10 minutes';
  else
    select seats into p_seats from bench.journal
    where show_id = p_show and hold_id = p_hold and kind = 'hold';
  end if;
  if exists (
    select from bench.claims
    where show_id = p_show and seat_no = any (p_seats)
      and case p_kind when 'hold' then until > v_now else hold_id <> p_hold or until <= v_now end
  ) then
    return false;
  end if;
  insert into bench.claims select p_show, seat_no, p_hold, v_until from unnest(p_seats) as seat_no
  on conflict (show_id, seat_no) do update set hold_id = excluded.hold_id, until = excluded.until;
  update bench.shows set version = version + 1 where show_id = p_show;
  insert into bench.journal
  select show_id, version, v_now, p_kind, p_hold, p_seats, p_request
  from bench.shows where show_id = p_show;
  return true;
end
$$;

grant usage on schema bench to public;
grant select, insert, update on all tables in schema bench to public;
