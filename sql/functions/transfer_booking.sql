-- transfer: hands a booking on to another holder, and to another owner where handed_on() says so.
-- With seats it is those that go: they become a booking of their own (to_hold), and the rest stays.
-- No seat changes hands to anybody else on the way, and it was sold when it was sold.
-- Retry: safe, by request id; refusals are remembered.
-- Outcomes, first match wins: booking_unknown, show_cancelled, booking_cancelled,
-- seats_not_in_booking, already (it is theirs), holder_limit_reached, done.
create or replace function rowlock.transfer_booking(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_chain rowlock.chain,
  p_at rowlock.situation
) returns rowlock.outcome
language plpgsql stable
as $$
declare
  v_next rowlock.chain := rowlock.handed_on(p_command, p_chain);
  v_seats int[] := coalesce(p_command.seats, p_chain.seats);
  v_strange int[] := rowlock.without(v_seats, p_chain.seats);
  v_is_theirs boolean := v_next.holder is not distinct from p_chain.holder
    and v_next.owner is not distinct from p_chain.owner;
  v_code text := case
    when p_chain.booked_at is null then 'booking_unknown'
    when p_policy.cancelled_at is not null then 'show_cancelled'
    when p_chain.seats = '{}' then 'booking_cancelled'
  end;
begin
  if v_code is not null then
    return rowlock.refused(v_code);
  end if;
  if v_strange <> '{}' then
    return rowlock.refused(
      'seats_not_in_booking', rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;
  if v_is_theirs and v_next.reference is not distinct from p_chain.reference then
    return rowlock.unchanged(p_chain);
  end if;
  if not v_is_theirs
    and (p_at.holder).has + cardinality(v_seats) > p_policy.seats_per_holder_max
  then
    return rowlock.refused('holder_limit_reached', jsonb_build_object(
      'limit', p_policy.seats_per_holder_max, 'has', (p_at.holder).has
    ));
  end if;
  return rowlock.done(v_next, v_seats, p_chain.until, p_chain.booked_at);
end
$$;

-- A booking as it is for whom it is handed on to. What belongs to the account that it is for goes
-- with it: to the account that it is for now, or to the box office. What is somebody else's, such
-- as a partner's for a customer, stays with them, unless the box office hands it to an account.
-- Notes are for the eyes of the owner who made them.
create or replace function rowlock.handed_on(
  p_command rowlock.command,
  p_chain rowlock.chain
) returns rowlock.chain
language plpgsql immutable
as $$
declare
  v_owner text := p_chain.owner;
begin
  if p_command.box_office is true
    and (p_command.owner = p_command.holder or p_chain.owner = p_chain.holder)
  then
    p_chain.owner := p_command.owner;
  end if;
  if p_chain.owner is distinct from v_owner then
    p_chain.metadata := null;
  end if;
  p_chain.holder := p_command.holder;
  p_chain.reference := coalesce(p_command.reference, p_chain.reference);
  return p_chain;
end
$$;

-- The entry of a booking that is handed on; or two where some of its seats are. That of the rest
-- comes first, without the request id, which belongs to the other one. Each names the other.
create or replace function rowlock.entries_of_transfer(
  p_outcome rowlock.outcome,
  p_command rowlock.command,
  p_chain rowlock.chain,
  p_version bigint,
  p_now timestamptz
) returns rowlock.journal[]
language plpgsql stable
set search_path = rowlock, pg_temp
as $$
declare
  v_next rowlock.chain := rowlock.handed_on(p_command, p_chain);
  v_rest rowlock.outcome;
  v_leaving rowlock.command := p_command;
begin
  if p_chain.seats <@ p_outcome.seats then
    return array[rowlock.entry_after(v_next, p_command, p_outcome, p_version + 1, p_now)];
  end if;
  v_rest := rowlock.done(
    p_chain, rowlock.without(p_chain.seats, p_outcome.seats), p_chain.until, p_chain.booked_at
  );
  v_leaving.request_id := null;
  v_leaving.fingerprint := null;
  v_leaving.details := coalesce(p_command.details, '{}')
    || jsonb_build_object('to', rowlock.public_id('book', p_command.to_hold));
  p_command.details := coalesce(p_command.details, '{}')
    || jsonb_build_object('from', rowlock.public_id('book', p_command.hold_id));
  p_command.hold_id := p_command.to_hold;
  v_next.step := null;
  v_next.until := null;
  return array[
    rowlock.entry_after(p_chain, v_leaving, v_rest, p_version + 1, p_now),
    rowlock.entry_after(v_next, p_command, p_outcome, p_version + 2, p_now)
  ];
end
$$;
