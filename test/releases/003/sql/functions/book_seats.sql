-- book: sells seats without a hold; the box office may take them out of a block.
-- Discipline: under the show's lock. Retry: safe, by request id; refusals are remembered.
-- Outcomes, first match wins: seller_required, show_cancelled, sales_not_open, sales_closed,
-- too_many_seats, block_unknown, not_enough_seats, seats_unavailable, orphan_left,
-- holder_limit_reached, done.
create or replace function rowlock.book_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_code text := rowlock.terms_refusal(p_command, p_policy, p_now);
  v_named int[] := p_command.seats;
  v_obstacles jsonb;
  v_block rowlock.journal;
  v_entry rowlock.journal;
begin
  if v_code is not null then
    return rowlock.refuse(p_command.n, v_code, rowlock.terms_limit(v_code, p_policy));
  end if;
  if p_command.from_block is not null then
    v_block := rowlock.latest(p_command.show_id, p_command.from_block);
    if v_block.kind is null or v_block.kind not in ('block', 'unblock') then
      return rowlock.refuse(p_command.n, 'block_unknown');
    end if;
  end if;
  if p_command.best is not null or p_command.places is not null then
    p_command := rowlock.choose_one(p_command, p_now);
    if p_command.shortage is not null then
      return rowlock.refuse(p_command.n, 'not_enough_seats', p_command.shortage);
    end if;
  end if;
  v_obstacles := rowlock.obstacles(
    p_command.show_id, p_policy.seat_count, p_command.seats, p_now, p_command.from_block
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'seats_unavailable', v_obstacles);
  end if;
  v_obstacles := rowlock.orphan_obstacle(p_command, v_named, p_policy, p_now);
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'orphan_left', v_obstacles);
  end if;
  v_obstacles := rowlock.holder_obstacle(
    p_command, p_policy, p_command.owner, p_command.holder, cardinality(p_command.seats), p_now
  );
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'holder_limit_reached', v_obstacles);
  end if;

  if p_command.from_block is not null then
    perform rowlock.unblock_for_booking(p_command, v_block, p_now);
  end if;
  v_entry.kind := 'book';
  v_entry.hold_id := p_command.hold_id;
  v_entry.step := 0;
  v_entry.seats := p_command.seats;
  v_entry.until := 'infinity';
  v_entry.booked_at := p_now;
  v_entry.holder := p_command.holder;
  v_entry.owner := p_command.owner;
  v_entry.reference := p_command.reference;
  v_entry.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, v_entry.seats, v_entry.hold_id, v_entry.until, p_now, p_now,
    p_command.from_block
  );
  return rowlock.record(p_command, p_now, v_entry);
end
$$;

-- The block's side of a booking out of it: an entry of its own, without the request id, which
-- belongs to the booking's entry.
create or replace function rowlock.unblock_for_booking(
  p_command rowlock.command,
  p_block rowlock.journal,
  p_now timestamptz
) returns void
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_seats int[] := rowlock.owned(p_command.show_id, p_command.seats, p_block.hold_id);
begin
  if v_seats = '{}' then
    return;
  end if;
  p_command.request_id := null;
  p_command.fingerprint := null;
  p_block.kind := 'unblock';
  p_block.step := p_block.step + 1;
  p_block.seats := rowlock.without(p_block.seats, v_seats);
  p_block.freed := v_seats;
  p_block.until := case when p_block.seats = '{}' then p_now else 'infinity' end;
  perform rowlock.record(p_command, p_now, p_block);
end
$$;
