-- What servers may do: call the functions that are entry points, read everything, write nothing.
revoke all on all functions in schema rowlock from public;
grant usage on schema rowlock to rowlock_server;
grant select on all tables in schema rowlock to rowlock_server;
grant execute on function
  rowlock.apply(json),
  rowlock.read_show(bigint, bigint),
  rowlock.create_venue(uuid, uuid, uuid, text, text),
  rowlock.create_plan(uuid, uuid, uuid, uuid, text, jsonb, json),
  rowlock.create_show(
    uuid, uuid, text, uuid, text, text, timestamptz, uuid, jsonb, jsonb, json
  ),
  rowlock.change_show(uuid, uuid, text, bigint, jsonb),
  rowlock.add_seats(uuid, uuid, text, bigint, int, json),
  rowlock.prune_show(bigint, interval),
  rowlock.prune_requests(interval),
  rowlock.reset_show(bigint, text),
  rowlock.violations(bigint),
  rowlock.clock(),
  rowlock.ms(timestamptz)
to rowlock_server;

-- Whoever migrates may be who serves, too: then it has to be able to become that role. Before
-- PostgreSQL 16 who creates a role is no member of it, and later one that may only grant it.
-- Where another user made the role, membership is granted by hand.
do $$
declare
  v_role text := current_setting('role');
begin
  begin
    perform set_config('role', 'rowlock_server', true);
    perform set_config('role', v_role, true);
  exception
    when insufficient_privilege then
      execute format('grant rowlock_server to %I', current_user);
  end;
exception
  when insufficient_privilege then null;
end
$$;
