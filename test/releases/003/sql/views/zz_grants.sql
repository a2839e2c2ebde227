-- What servers may do: call the functions that are entry points, read everything, write nothing.
revoke all on all functions in schema rowlock from public;
grant usage on schema rowlock to rowlock_server;
grant select on all tables in schema rowlock to rowlock_server;
-- What could let somebody in is not read but through functions, one at a time.
revoke select on
  rowlock.users,
  rowlock.sessions,
  rowlock.refresh_tokens,
  rowlock.sign_in_links,
  rowlock.api_key_secrets,
  rowlock.signing_keys,
  rowlock.secrets,
  rowlock.attempts
from rowlock_server;
grant execute on function
  rowlock.apply(json),
  rowlock.read_show(bigint, bigint),
  rowlock.create_venue(uuid, uuid, uuid, text, text, text),
  rowlock.create_plan(uuid, uuid, uuid, uuid, text, jsonb, json, text),
  rowlock.create_show(
    uuid, uuid, text, uuid, text, text, timestamptz, uuid, jsonb, jsonb, json
  ),
  rowlock.change_show(uuid, uuid, text, bigint, jsonb),
  rowlock.add_seats(uuid, uuid, text, bigint, int, json),
  rowlock.prune_show(bigint, interval),
  rowlock.prune_requests(interval),
  rowlock.reset_show(bigint, text),
  rowlock.violations(bigint),
  rowlock.create_user(uuid, uuid, text, text, jsonb),
  rowlock.change_user(text, text, text, uuid, jsonb),
  rowlock.change_password(text, text, uuid, uuid, text, text),
  rowlock.create_sign_in_link(uuid, uuid, text, text, uuid, bytea, int),
  rowlock.bootstrap(uuid, bytea, int),
  rowlock.credentials_of(text),
  rowlock.password_of(uuid, uuid),
  rowlock.create_session(uuid, uuid, text, text, bytea),
  rowlock.create_session_by_link(uuid, bytea, bytea),
  rowlock.refresh_session(text, bytea, bytea, interval),
  rowlock.session_of(uuid),
  rowlock.end_session(uuid, uuid),
  rowlock.prune_access(interval),
  rowlock.create_api_key(uuid, uuid, text, text, jsonb, bytea),
  rowlock.rotate_api_key(uuid, uuid, text, text, uuid, text, bytea, interval),
  rowlock.revoke_api_key(text, text, uuid),
  rowlock.api_key_of(bytea),
  rowlock.sign_in_failed(text, text, text),
  rowlock.count_attempts(jsonb),
  rowlock.forgive_attempts(text[]),
  rowlock.keep_secret(text, bytea),
  rowlock.signing_keys_of(text, bytea, interval, interval),
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
