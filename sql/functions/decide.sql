-- decide: what becomes of each command of a batch, one after the other, from what one look told.
-- The loop asks nothing of what is sold: it brings forward what was looked at with every entry
-- that it makes, as long as a command is left, so that two commands on one seat, chain, request or
-- limit need no case of their own. Nothing is written: write() does what is decided here.
--
-- Of each command: not_now, show_unknown, a recorded answer (replayed), idempotency_key_reused,
-- then what operate() says.
create or replace function rowlock.decide(
  p_commands rowlock.command[],
  p_asked rowlock.asked,
  p_policies rowlock.policies[],
  p_clock timestamptz,
  p_server_at timestamptz
) returns rowlock.decided
language plpgsql stable
as $$
declare
  v_look rowlock.look := rowlock.look(p_commands, p_asked, p_policies, p_clock, p_server_at);
  v_versions bigint[] := v_look.versions;
  v_ids uuid[] := v_look.chain_ids;
  v_chains rowlock.chain[] := v_look.chains;
  v_places rowlock.place[] := v_look.places;
  v_counted rowlock.counted[] := v_look.counted;
  v_seen uuid[] := v_look.answered;
  v_outcomes rowlock.outcome[];
  v_entries rowlock.journal[];
  v_refusals rowlock.refusals[];
  v_changes rowlock.change[];
  v_rounds int[];
  v_command rowlock.command;
  v_policy rowlock.policies;
  v_chain rowlock.chain;
  v_at rowlock.situation;
  v_house rowlock.house;
  v_sums float8[];
  v_order int[];
  v_outcome rowlock.outcome;
  v_entry rowlock.journal;
  v_before rowlock.chain;
  v_now bigint := rowlock.ms(p_clock);
  v_left int := cardinality(p_commands);
  v_show int;
  v_i int;
begin
  foreach v_command in array p_commands loop
    v_left := v_left - 1;
    if v_command.show_id is distinct from v_policy.show_id then
      v_show := array_position(v_look.show_ids, v_command.show_id);
      v_policy := p_policies[v_show];
    end if;
    v_outcome := case
      when v_show is null then rowlock.passed_over(v_command.show_id)
      when array_position(v_seen, v_command.request_id) is not null then
        rowlock.known_answer(v_command, v_seen, v_look.recorded, p_commands, v_outcomes)
    end;
    if v_outcome.code is null then
      v_at := rowlock.turn_of(v_look, v_show);
      if rowlock.begins(v_command) then
        v_chain := rowlock.new_chain(v_command);
      else
        v_i := rowlock.position_of(v_command.show_id, v_command.hold_id, v_ids, v_chains);
        v_chain := rowlock.chain_of(v_command, v_chains[v_i]);
      end if;
      if v_command.from_block is not null then
        v_at.block := rowlock.block_of(v_command, v_ids, v_chains);
      end if;
      if rowlock.is_choosing(v_command, v_policy, v_chain, v_at.now) then
        if v_house.show_id is distinct from v_command.show_id then
          select (house.p_house).*, house.p_sums, house.p_order
          into v_house.show_id, v_house.plan_id, v_house.joined, v_house.accessible,
            v_house.free, v_sums, v_order
          from rowlock.house_of(v_command.show_id, v_at.now, v_entries) as house;
        end if;
        select chosen.p_seats, chosen.p_short, true into v_at.seats, v_at.short, v_at.is_chosen
        from rowlock.choose(v_command, v_house, v_sums, v_order) as chosen;
      end if;
      v_outcome := rowlock.operate(
        v_at, v_command, v_policy, v_chain, v_entries, v_look.seat_keys, v_places,
        v_look.counted_keys, v_counted
      );
      foreach v_entry in array
        rowlock.entries_of(v_outcome, v_command, v_chain, v_at, v_versions[v_show])
      loop
        v_before := case when v_entry.hold_id = v_command.hold_id then v_chain else v_at.block end;
        v_entries := array_append(v_entries, v_entry);
        if v_before.version > v_look.versions[v_show] then
          v_rounds := array_append(v_rounds, cardinality(v_changes));
        end if;
        v_changes := array_append(v_changes, rowlock.change_of(
          v_before, v_entry, case when v_at.is_chosen then v_entry.seats else v_look.claimed end
        ));
        if v_look.counted_keys is not null then
          v_counted := rowlock.counted_after(v_counted, v_look.counted_keys, v_before, v_entry);
        end if;
        if v_left > 0 then
          v_versions[v_show] := v_entry.version;
          if v_look.seat_keys is not null then
            v_places := rowlock.places_after(
              v_places, v_look.seat_keys, v_changes[cardinality(v_changes)]
            );
          end if;
          v_i := rowlock.position_of(v_entry.show_id, v_entry.hold_id, v_ids, v_chains);
          if v_i is not null then
            v_chains[v_i] := rowlock.chain_after(v_before, v_entry);
          end if;
          if v_house.show_id is not null then
            v_house := rowlock.house_after(v_house, v_entry);
          end if;
        end if;
        v_outcome := rowlock.outcome_of(v_before, v_entry);
      end loop;
      if v_outcome.code <> 'done' and rowlock.is_kept(v_command, v_outcome) then
        v_refusals := v_refusals || rowlock.refusal_of(v_command, v_outcome, v_at.now);
      end if;
    end if;
    v_outcome.n := v_command.n;
    v_outcome.now := v_now;
    v_outcomes := array_append(v_outcomes, v_outcome);
    if v_left > 0 then
      v_seen := array_append(v_seen, rowlock.kept_id(v_command, v_outcome));
    end if;
  end loop;
  return row(
    v_outcomes, v_entries, v_refusals, v_changes, v_rounds, v_counted, v_look.show_ids, v_look.times
  )::rowlock.decided;
end
$$;
