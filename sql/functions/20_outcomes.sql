-- Answers of the operations' functions: expressions without settings, so that they become part of
-- whatever calls them.

-- A refusal. It writes nothing.
create or replace function rowlock.refused(p_code text, p_obstacles jsonb default null)
returns rowlock.outcome
language sql immutable
as $$
  select row(
    null, p_code, false,
    null, null, null, null, null, null, null, null, null, null, null, p_obstacles, null, null,
    null, null
  )::rowlock.outcome
$$;

-- Answers a chain as it is from now on; decide() makes an entry of it.
create or replace function rowlock.done(
  p_chain rowlock.chain,
  p_seats int[],
  p_until timestamptz,
  p_booked_at timestamptz
) returns rowlock.outcome
language sql immutable
as $$
  select row(
    null, 'done', false,
    null, null, null, null, p_seats, null, p_until, p_booked_at,
    (p_chain).holder, (p_chain).reference, null, null, (p_chain).origin, null,
    (p_chain).metadata, (p_chain).own_reference
  )::rowlock.outcome
$$;

-- Answers a chain as it is, to a command that changes nothing.
create or replace function rowlock.unchanged(p_chain rowlock.chain, p_code text default 'already')
returns rowlock.outcome
language sql immutable
as $$
  select row(
    null, p_code, false,
    (p_chain).version, (p_chain).at, (p_chain).kind, (p_chain).hold_id, (p_chain).seats,
    (p_chain).freed, (p_chain).until, (p_chain).booked_at, (p_chain).holder,
    (p_chain).reference, (p_chain).details, null, (p_chain).origin, null, (p_chain).metadata,
    (p_chain).own_reference
  )::rowlock.outcome
$$;

-- A chain with what a command says anew of whose it is, what for, and the notes beside it. What it
-- leaves out stays, and an empty text takes away what there is; notes are replaced, all of them.
create or replace function rowlock.noted(p_command rowlock.command, p_chain rowlock.chain)
returns rowlock.chain
language plpgsql immutable
as $$
begin
  p_chain.holder := nullif(coalesce(p_command.holder, p_chain.holder), '');
  p_chain.reference := nullif(coalesce(p_command.reference, p_chain.reference), '');
  p_chain.own_reference := nullif(coalesce(p_command.own_reference, p_chain.own_reference), '');
  p_chain.metadata := coalesce(p_command.metadata, p_chain.metadata);
  return p_chain;
end
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
