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
  before update or delete or truncate on rowlock.audit_log
  for each statement
  execute function rowlock.forbid('the audit log is append-only');

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
