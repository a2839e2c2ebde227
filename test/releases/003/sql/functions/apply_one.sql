-- One command, under its show's lock: this function defines what every command means. The sets of
-- apply() are a faster way to the same end, and a model test holds them to it.
-- Outcomes, first match wins: a recorded answer (replayed), idempotency_key_reused,
-- show_unknown, then those of the operation.
create or replace function rowlock.apply_one(p_command rowlock.command, p_now timestamptz)
returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_outcome rowlock.outcome := rowlock.recorded(p_command);
  v_policy rowlock.policies;
begin
  if v_outcome.code is not null then
    return v_outcome;
  end if;
  select policy.* into v_policy
  from rowlock.policies as policy
  where policy.show_id = p_command.show_id;
  if not found then
    return rowlock.refuse(p_command.n, 'show_unknown');
  end if;

  v_outcome := case p_command.kind
    when 'hold' then rowlock.hold_seats(p_command, v_policy, p_now)
    when 'book' then rowlock.book_seats(p_command, v_policy, p_now)
    when 'confirm' then rowlock.confirm_hold(p_command, v_policy, p_now)
    when 'release' then rowlock.release_hold(p_command, p_now)
    when 'extend' then rowlock.extend_hold(p_command, v_policy, p_now)
    when 'cancel' then rowlock.cancel_booking(p_command, v_policy, p_now)
    when 'swap' then rowlock.swap_seats(p_command, v_policy, p_now)
    when 'block' then rowlock.block_seats(p_command, v_policy, p_now)
    when 'unblock' then rowlock.unblock_seats(p_command, p_now)
  end;
  if v_outcome.code is null then
    raise exception 'rowlock.apply_one: no such kind of command: %', p_command.kind;
  end if;
  if p_command.remember and v_outcome.code not in ('done', 'already') then
    insert into rowlock.refusals (show_id, request_id, fingerprint, at, code, obstacles)
    values (
      p_command.show_id, p_command.request_id, p_command.fingerprint, p_now,
      v_outcome.code, v_outcome.obstacles
    );
  end if;
  return v_outcome;
end
$$;

-- The answer that a request got before, or a refusal when the id was used for another request;
-- an outcome without a code when it is new.
create or replace function rowlock.recorded(p_command rowlock.command) returns rowlock.outcome
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_entry rowlock.journal;
  v_refusal rowlock.refusals;
  v_outcome rowlock.outcome;
begin
  select entry.* into v_entry
  from rowlock.journal as entry
  where entry.show_id = p_command.show_id
    and entry.request_id between p_command.request_id and p_command.request_id
  order by entry.request_id
  limit 1;
  if found then
    if v_entry.fingerprint is distinct from p_command.fingerprint then
      return rowlock.refuse(p_command.n, 'idempotency_key_reused');
    end if;
    return rowlock.outcome_of(p_command.n, 'done', true, v_entry);
  end if;
  select refusal.* into v_refusal
  from rowlock.refusals as refusal
  where refusal.show_id = p_command.show_id
    and refusal.request_id = p_command.request_id;
  if found then
    if v_refusal.fingerprint is distinct from p_command.fingerprint then
      return rowlock.refuse(p_command.n, 'idempotency_key_reused');
    end if;
    v_outcome := rowlock.refuse(p_command.n, v_refusal.code, v_refusal.obstacles);
    v_outcome.replayed := true;
    return v_outcome;
  end if;
  return null;
end
$$;
