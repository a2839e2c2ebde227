-- warm_up: makes a connection ready before it has any show's lock. The first call of each function
-- and statement costs it some milliseconds to compile and plan, which all who wait for the show
-- would wait, too. So the usual commands are decided for a show that there is not, under terms that
-- are made up, and what is written is what they would write, but of no seats and no entries.
--
-- Answers what a batch without commands is answered: nothing. It locks, writes and tells nothing.
-- Retry: safe.
create or replace function rowlock.warm_up() returns rowlock.outcome[]
language plpgsql
as $$
declare
  v_now timestamptz := rowlock.clock();
  v_nobody uuid := '00000000-0000-0000-0000-000000000000';
  v_terms json := json_build_object(
    'show_id', 0, 'seat_count', 1, 'hold_seconds', 1, 'hold_seconds_max', 1,
    'hold_life_seconds_max', 2, 'seats_per_hold_max', 1, 'seats_per_holder_max', 1,
    'cancellable', true
  );
  v_commands rowlock.command[] := array(
    select json_populate_record(
      null::rowlock.command,
      json_build_object(
        'n', usual.n, 'show_id', 0, 'kind', usual.kind, 'request_id', gen_random_uuid(),
        'hold_id', v_nobody, 'seats', usual.seats, 'actor', '', 'holder', '', 'held_seats_max', 1
      )
    )
    from (
      values
        (1, 'hold', array[0]), (2, 'extend', null), (3, 'confirm', null), (4, 'cancel', null)
    ) as usual (n, kind, seats)
  );
  v_asked rowlock.asked := row(
    array[0], array[v_nobody], array[v_nobody], 1 + 2 + 4 + 8
  );
  v_decided rowlock.decided := rowlock.decide(
    v_commands, v_asked, array[json_populate_record(null::rowlock.policies, v_terms)], v_now, null
  );
begin
  perform rowlock.apply_batch('[{"n": 0, "show_id": 0}]', true, v_now);
  perform rowlock.apply_batch('[{"n": 0, "show_id": 0}, {"n": 1, "show_id": -1}]', false, v_now);
  v_decided.entries := '{}';
  v_decided.refusals := '{}';
  v_decided.counted := '{}';
  v_decided.rounds := null;
  -- Seats that nobody ever had, seats that somebody may have had, and seats that are kept.
  v_decided.changes := array[
    row(0, v_nobody, v_now, null, null, '{}', 'infinity', null, true)::rowlock.change,
    row(0, v_nobody, v_now, null, null, '{}', 'infinity', null, false)::rowlock.change,
    row(0, v_nobody, v_now, '{}', 'infinity', '{}', v_now, null, false)::rowlock.change
  ];
  v_decided.outcomes := '{}';
  return rowlock.write(v_decided);
end
$$;
