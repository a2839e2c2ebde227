-- Functions that servers of the version before call: they go on selling while they are replaced,
-- and go away with the version after this one.

create or replace function rowlock.delete_webhook(
  p_actor text,
  p_owner text,
  p_webhook_id uuid
) returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_request_id uuid := gen_random_uuid();
begin
  return rowlock.delete_webhook(
    v_request_id, v_request_id, p_actor, p_owner, p_webhook_id, null
  );
end
$$;

create or replace function rowlock.webhook_turn(p_show_id bigint, p_server uuid) returns json
language sql
security definer
set search_path = rowlock, pg_temp
as $$
  select json_build_object(
    'more', turn.told -> 'more' ->> 0 is not null, 'leases', turn.told -> 'leases'
  )
  from (select rowlock.webhook_turns(array[p_show_id], p_server) as told) as turn
$$;
