-- Servers act as a role of this database alone. `rowlock_server` is one role for all databases of a
-- cluster: who may act as it in one could do so in every other.

-- The roles that servers act as, here. A shared one is that of the version before: it stays as long
-- as servers of that version run, and goes with `rowlock migrate --retire-shared-role`.
create table rowlock.server_roles (
  name text not null,
  shared boolean not null,
  constraint server_roles_pkey primary key (name)
);

-- Whether this database has had servers of the version before, it tells by what they were granted.
insert into rowlock.server_roles (name, shared)
select 'rowlock_server', true
where has_schema_privilege('rowlock_server', 'rowlock', 'usage');

-- Whoever has an account in the cluster has none here, unless it is given.
do $$
begin
  execute format('revoke connect, temporary on database %I from public', current_database());
end
$$;
