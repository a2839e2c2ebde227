-- block: withholds seats from sale, with a reason (the reference): a hold that does not expire.
-- Discipline: under the show's lock. Retry: safe, by request id.
-- Outcomes, first match wins: seats_unavailable, done.
create or replace function rowlock.block_seats(
  p_command rowlock.command,
  p_policy rowlock.policies,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_obstacles jsonb := rowlock.obstacles(
    p_command.show_id, p_policy.seat_count, p_command.seats, p_now
  );
  v_entry rowlock.journal;
begin
  if v_obstacles is not null then
    return rowlock.refuse(p_command.n, 'seats_unavailable', v_obstacles);
  end if;
  v_entry.kind := 'block';
  v_entry.hold_id := p_command.hold_id;
  v_entry.step := 0;
  v_entry.seats := p_command.seats;
  v_entry.until := 'infinity';
  v_entry.reference := p_command.reference;
  v_entry.details := p_command.details;
  perform rowlock.take(
    p_command.show_id, v_entry.seats, v_entry.hold_id, v_entry.until, null, p_now
  );
  return rowlock.record(p_command, p_now, v_entry);
end
$$;
