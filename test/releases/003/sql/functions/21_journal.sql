-- What operations share: reading a chain's last entry, writing the next one, refusing.

-- The last entry of a hold, a booking or a block: what it is and has now. Null when unknown.
create or replace function rowlock.latest(p_show_id bigint, p_hold_id uuid)
returns rowlock.journal
language sql volatile
set search_path = rowlock, pg_temp
as $$
  select entry
  from rowlock.journal as entry
  where entry.show_id = p_show_id
    and entry.hold_id = p_hold_id
  order by entry.step desc
  limit 1
$$;

-- The last entry of the chain that a command is about, where its caller reaches it: a chain that
-- has an owner is for that owner and the box office. Null for everybody else, as when unknown, so
-- that whatever is asked of it, nothing tells the two apart.
create or replace function rowlock.reached(p_command rowlock.command) returns rowlock.journal
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_entry rowlock.journal := rowlock.latest(p_command.show_id, p_command.hold_id);
begin
  if v_entry.owner is null or v_entry.owner = p_command.owner or p_command.box_office then
    return v_entry;
  end if;
  return null;
end
$$;

-- An entry as the outcome of command p_n.
create or replace function rowlock.outcome_of(
  p_n int,
  p_code text,
  p_replayed boolean,
  p_entry rowlock.journal
) returns rowlock.outcome
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select row(
    p_n, p_code, p_replayed,
    (p_entry).version, (p_entry).at, (p_entry).kind, (p_entry).hold_id, (p_entry).seats,
    (p_entry).freed, (p_entry).until, (p_entry).booked_at, (p_entry).holder,
    (p_entry).reference, (p_entry).details, null
  )::rowlock.outcome
$$;

-- A refusal of command p_n: writes nothing.
create or replace function rowlock.refuse(
  p_n int,
  p_code text,
  p_obstacles jsonb default null
) returns rowlock.outcome
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select row(
    p_n, p_code, false,
    null, null, null, null, null, null, null, null, null, null, null, p_obstacles
  )::rowlock.outcome
$$;

-- [{"seat": 7, "reason": …}] for a list of seats.
create or replace function rowlock.seats_as_obstacles(p_seats int[], p_reason text)
returns jsonb
language sql immutable
set search_path = rowlock, pg_temp
as $$
  select jsonb_agg(jsonb_build_object('seat', seat_no, 'reason', p_reason))
  from unnest(p_seats) as seat_no
$$;

-- Appends an entry under the show's lock, numbered after the show's last one. The caller fills what
-- the entry says; request, actor and version are filled in here.
create or replace function rowlock.record(
  p_command rowlock.command,
  p_now timestamptz,
  p_entry rowlock.journal
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  p_entry.show_id := p_command.show_id;
  p_entry.version := 1 + coalesce(
    (
      select entry.version
      from rowlock.journal as entry
      where entry.show_id = p_command.show_id
      order by entry.version desc
      limit 1
    ),
    0
  );
  p_entry.at := p_now;
  p_entry.freed := coalesce(p_entry.freed, '{}');
  p_entry.actor := p_command.actor;
  p_entry.request_id := p_command.request_id;
  p_entry.fingerprint := p_command.fingerprint;
  insert into rowlock.journal select p_entry.*;
  return rowlock.outcome_of(p_command.n, 'done', false, p_entry);
end
$$;

-- Appends entries that are complete, and gives them back as the outcomes of commands p_ns.
create or replace function rowlock.record_all(p_ns int[], p_entries rowlock.journal[])
returns rowlock.outcome[]
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.journal
  select entry.*
  from unnest(p_entries) as entry;

  return array(
    select row(
      p_ns[entry.ordinality], 'done', false,
      entry.version, entry.at, entry.kind, entry.hold_id, entry.seats, entry.freed, entry.until,
      entry.booked_at, entry.holder, entry.reference, entry.details, null
    )::rowlock.outcome
    from unnest(p_entries) with ordinality as entry
  );
end
$$;
