-- Single seats that a choice leaves alone, where a show refuses that.
-- Looks at the neighbourhood of the chosen seats only: going through all claims of a full stadium
-- for every hold took 30 ms.

-- The seats that the seats named in a command would leave alone: [{"seat"}]; null when there are
-- none. Seats that are alone without them do not count. What the engine chose beside them (p_seats
-- has both) is never refused: it leaves nobody alone where it can. Whatever is farther away than
-- what was looked at counts as free: it is nobody's neighbour here.
create or replace function rowlock.orphans_left(
  p_command rowlock.command,
  p_seats int[],
  p_now timestamptz,
  p_joined bit varying,
  p_keys bigint[],
  p_places rowlock.place[]
) returns jsonb
language plpgsql stable
as $$
declare
  v_base bigint := p_command.show_id << 24;
  v_place rowlock.place;
  v_free bit varying := ~ (p_joined & ~ p_joined);
  v_orphans bit varying;
  v_named int;
  v_i int;
begin
  foreach v_named in array p_command.seats loop
    for v_near in v_named - 2 .. v_named + 2 loop
      v_i := width_bucket(v_base + v_near, p_keys);
      v_place := p_places[v_i];
      if p_keys[v_i] = v_base + v_near and v_place.until > p_now then
        v_free := rowlock.mark(v_free, array[v_near], 0);
      end if;
    end loop;
  end loop;
  v_free := rowlock.mark(v_free, rowlock.without(p_seats, p_command.seats), 0);
  v_orphans := rowlock.alone(rowlock.mark(v_free, p_command.seats, 0), p_joined)
    & ~ rowlock.alone(v_free, p_joined);
  return rowlock.seats_as_obstacles(
    rowlock.first_seats(v_orphans, bit_count(v_orphans)::int), 'orphan'
  );
end
$$;
