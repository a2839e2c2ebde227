-- unblock: puts all seats of a block on sale again, or some.
-- Discipline: under the show's lock. Retry: safe; unblocking again changes nothing.
-- Outcomes, first match wins: block_unknown, already, seats_not_in_block, done.
create or replace function rowlock.unblock_seats(
  p_command rowlock.command,
  p_now timestamptz
) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_block rowlock.journal := rowlock.latest(p_command.show_id, p_command.hold_id);
  v_strange int[];
begin
  if v_block.kind is null or v_block.kind not in ('block', 'unblock') then
    return rowlock.refuse(p_command.n, 'block_unknown');
  end if;
  if v_block.seats = '{}' then
    return rowlock.outcome_of(p_command.n, 'already', false, v_block);
  end if;
  v_strange := rowlock.without(p_command.seats, v_block.seats);
  if v_strange <> '{}' then
    return rowlock.refuse(
      p_command.n,
      'seats_not_in_block',
      rowlock.seats_as_obstacles(v_strange, 'unknown')
    );
  end if;

  v_block.freed := rowlock.free(
    p_command.show_id, coalesce(p_command.seats, v_block.seats), v_block.hold_id
  );
  v_block.kind := 'unblock';
  v_block.step := v_block.step + 1;
  v_block.seats := rowlock.without(v_block.seats, v_block.freed);
  if v_block.seats = '{}' then
    v_block.until := p_now;
  end if;
  v_block.details := p_command.details;
  return rowlock.record(p_command, p_now, v_block);
end
$$;
