-- The log of administrative acts. Each is written by the function that does the act, in its
-- transaction: there is no act without an entry, nor an entry without its act.
create or replace function rowlock.note_act(
  p_actor text,
  p_trace text,
  p_action text,
  p_subject text,
  p_details jsonb
) returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  insert into rowlock.audit_log (at, actor, action, subject, request_id, details)
  values (rowlock.clock(), p_actor, p_action, p_subject, p_trace, p_details)
$$;

create or replace trigger audit_log_append_only
  before update or truncate on rowlock.audit_log
  for each statement
  execute function rowlock.forbid('the audit log is append-only');

-- Forbids deleting recent entries, by mistake or to cover up, even to the owner.
create or replace function rowlock.forbid_recent() returns trigger
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  if old.at > rowlock.clock() - interval '90 days' then
    raise exception using
      errcode = 'integrity_constraint_violation',
      message = 'rowlock.audit_log: the audit log is append-only for 90 days';
  end if;
  return old;
end
$$;

create or replace trigger audit_log_kept
  before delete on rowlock.audit_log
  for each row
  execute function rowlock.forbid_recent();

-- Deletes entries older than p_keep, and than what forbid_recent() keeps. Answers how many.
create or replace function rowlock.prune_audit(p_keep interval) returns bigint
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  with gone as (
    delete from rowlock.audit_log as entry
    where entry.at < rowlock.clock() - greatest(p_keep, interval '90 days')
    returning 1
  )
  select count(*) from gone
$$;

-- `user_<32 hexadecimal digits>` and the like: identifiers as the API has them.
create or replace function rowlock.public_id(p_prefix text, p_id uuid) returns text
language sql immutable
as $$
  select p_prefix || '_' || replace(p_id::text, '-', '')
$$;

-- Somebody could not sign in. p_who is a fingerprint of what was tried, never the e-mail itself.
-- The caller has counted the attempt before, so the counts bound how many entries there can be.
create or replace function rowlock.sign_in_failed(p_actor text, p_trace text, p_who text)
returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  perform rowlock.note_act(
    p_actor, p_trace, 'sign_in_failed', null, jsonb_build_object('who', p_who)
  );
  return '{"code": "done"}';
end
$$;
