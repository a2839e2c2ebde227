-- Rights of servers: call the functions that are entry points, read, write nothing. What could let
-- somebody in, and who somebody is, they read through functions, one user or page at a time. Policy
-- (how long keys live, what may be pruned) is no parameter of an entry point. Resetting and pruning
-- are the owner's.
revoke all on all functions in schema rowlock from public;

-- The role of this database is made where the migrator may. Where it may not and nobody has made
-- it, the shared one has to do.
do $$
declare
  v_name text := 'rowlock_server_' || current_database();
begin
  if octet_length(v_name) > 63 then
    select 'rowlock_server_' || oid into v_name
    from pg_database
    where datname = current_database();
  end if;
  if exists (
    select
    from rowlock.server_roles as known
    join pg_roles as role on role.rolname = known.name
    where not known.shared
  ) then
    return;
  end if;
  delete from rowlock.server_roles as known
  where not known.shared;
  begin
    if not exists (select from pg_roles where rolname = v_name) then
      execute format('create role %I nologin', v_name);
    end if;
    insert into rowlock.server_roles (name, shared) values (v_name, false);
  exception
    -- Another server made it just now.
    when duplicate_object or unique_violation then
      insert into rowlock.server_roles (name, shared) values (v_name, false);
    when insufficient_privilege then
      insert into rowlock.server_roles (name, shared) values ('rowlock_server', true)
      on conflict (name) do nothing;
  end;
end
$$;

do $$
declare
  v_role record;
begin
  for v_role in
    select known.name, known.shared
    from rowlock.server_roles as known
    join pg_roles as role on role.rolname = known.name
  loop
    execute format('revoke all on all functions in schema rowlock from %I', v_role.name);
    execute format('revoke all on all tables in schema rowlock from %I', v_role.name);
    execute format('grant connect on database %I to %I', current_database(), v_role.name);
    execute format('grant usage on schema rowlock to %I', v_role.name);
    execute format('grant select on all tables in schema rowlock to %I', v_role.name);
    execute format(
      'revoke select on
         rowlock.users,
         rowlock.sessions,
         rowlock.refresh_tokens,
         rowlock.sign_in_links,
         rowlock.api_key_secrets,
         rowlock.second_factors,
         rowlock.recovery_codes,
         rowlock.passkeys,
         rowlock.passkey_challenges,
         rowlock.signing_keys,
         rowlock.secrets,
         rowlock.attempts,
         rowlock.webhook_secrets,
         rowlock.locks,
         rowlock.people_with_email,
         rowlock.people
       from %I',
      v_role.name
    );
    execute format(
      'grant execute on function
         rowlock.apply(json),
         rowlock.apply_at(bigint, json, bigint),
         rowlock.bucket_of(bigint),
         rowlock.read_show(bigint, bigint),
         rowlock.create_venue(uuid, uuid, uuid, text, text, text),
         rowlock.create_plan(uuid, uuid, uuid, uuid, text, jsonb, json, text, jsonb),
         rowlock.create_show(
           uuid, uuid, text, uuid, text, text, timestamptz, uuid, jsonb, jsonb, json
         ),
         rowlock.change_show(uuid, uuid, text, bigint, jsonb),
         rowlock.change_venue(uuid, uuid, text, uuid, jsonb),
         rowlock.change_plan(uuid, uuid, text, uuid, jsonb),
         rowlock.delete_show(uuid, uuid, text, text),
         rowlock.repeat_show(uuid, uuid, text, bigint, jsonb),
         rowlock.add_seats(uuid, uuid, text, bigint, int, json, jsonb),
         rowlock.violations(bigint),
         rowlock.check_show(bigint),
         rowlock.create_user(uuid, uuid, text, text, jsonb),
         rowlock.change_user(text, text, text, uuid, jsonb, uuid, uuid, jsonb),
         rowlock.user_of(uuid),
         rowlock.users_of(uuid, text, text, int),
         rowlock.change_password(
           text, text, uuid, uuid, text, text, bytea, bytea, bytea, jsonb
         ),
         rowlock.create_sign_in_link(uuid, uuid, text, text, uuid, bytea),
         rowlock.bootstrap(uuid, bytea),
         rowlock.credentials_of(text),
         rowlock.password_of(uuid, uuid),
         rowlock.create_session(text, uuid, text, text, jsonb, jsonb),
         rowlock.create_session_by_link(text, bytea, jsonb, jsonb),
         rowlock.refresh_session(text, text, bytea, bytea, bytea),
         rowlock.access_of(bytea),
         rowlock.session_of(uuid),
         rowlock.sessions_of(uuid),
         rowlock.end_session(text, text, text, uuid, uuid),
         rowlock.second_factor_of(uuid),
         rowlock.link_factor_of(bytea),
         rowlock.link_factors_of(bytea),
         rowlock.begin_second_factor(uuid, bytea, jsonb),
         rowlock.confirm_second_factor(text, text, uuid, uuid, bytea, bigint, bytea[]),
         rowlock.end_second_factor(text, text, text, uuid, jsonb),
         rowlock.create_passkey_challenge(bytea),
         rowlock.passkey_of(bytea),
         rowlock.passkeys_of(uuid),
         rowlock.begin_passkey(uuid, uuid, bytea, jsonb),
         rowlock.confirm_passkey(text, text, uuid, uuid, jsonb, bytea[]),
         rowlock.end_passkey(text, text, uuid, uuid, jsonb),
         rowlock.create_session_by_passkey(text, jsonb, jsonb),
         rowlock.create_api_key(uuid, uuid, text, text, jsonb, bytea),
         rowlock.rotate_api_key(uuid, uuid, text, text, uuid, text, bytea, interval),
         rowlock.revoke_api_key(text, text, uuid),
         rowlock.change_api_key(text, text, uuid, jsonb),
         rowlock.api_key_of(bytea),
         rowlock.sign_in_failed(text, text, text),
         rowlock.count_tries(jsonb),
         rowlock.forgive_attempts(text[]),
         rowlock.keep_secret(text, bytea),
         rowlock.note_show(bigint),
         rowlock.events_after(bigint, bigint, bigint, int),
         rowlock.create_webhook(uuid, uuid, text, jsonb, text),
         rowlock.change_webhook(text, text, uuid, jsonb),
         rowlock.delete_webhook(text, text, uuid),
         rowlock.delete_webhook(uuid, uuid, text, text, uuid, jsonb),
         rowlock.rotate_webhook_secret(uuid, uuid, text, text, uuid, text, interval),
         rowlock.replay_webhook(text, text, uuid, bigint, bigint),
         rowlock.webhook_lags(int),
         rowlock.webhook_work(int),
         rowlock.webhook_turn(bigint, uuid),
         rowlock.webhook_turns(bigint[], uuid),
         rowlock.webhook_target(text, uuid),
         rowlock.settle_lease(uuid, bigint, uuid, bigint, bigint, boolean, jsonb, jsonb),
         rowlock.settle_leases(uuid, jsonb),
         rowlock.lease_attempts(int),
         rowlock.settle_attempt(uuid, bigint, jsonb, boolean),
         rowlock.clock(),
         rowlock.ms(timestamptz)
       to %I',
      v_role.name
    );
    continue when not v_role.shared;
    execute format('grant select on rowlock.people to %I', v_role.name);
    execute format(
      'grant execute on function
         rowlock.signing_keys_of(text, bytea, interval, interval),
         rowlock.create_session(uuid, uuid, text, text, bytea),
         rowlock.create_session_by_link(uuid, bytea, bytea),
         rowlock.refresh_session(text, bytea, bytea, interval),
         rowlock.end_session(uuid, uuid),
         rowlock.change_password(text, text, uuid, uuid, text, text),
         rowlock.create_sign_in_link(uuid, uuid, text, text, uuid, bytea, int),
         rowlock.bootstrap(uuid, bytea, int),
         rowlock.count_attempts(jsonb)
       to %I',
      v_role.name
    );
  end loop;
end
$$;

-- Lets the user that migrates become the role of servers, in case it serves, too. Before PostgreSQL
-- 16 who creates a role is no member of it, and later one that may only grant it. Where another
-- user made the role, membership is granted by hand.
do $$
declare
  v_role text := current_setting('role');
  v_server text;
begin
  for v_server in select known.name from rowlock.server_roles as known loop
    begin
      perform set_config('role', v_server, true);
      perform set_config('role', v_role, true);
    exception
      when insufficient_privilege then
        begin
          execute format('grant %I to %I', v_server, current_user);
        exception
          when insufficient_privilege then null;
        end;
      when invalid_parameter_value then null;
    end;
  end loop;
end
$$;
