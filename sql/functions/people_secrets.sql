-- The secret of that name: the first one that any server offered, for ever. Safe to retry.
create or replace function rowlock.keep_secret(p_name text, p_value bytea) returns bytea
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
begin
  insert into rowlock.secrets (name, value)
  values (p_name, p_value)
  on conflict (name) do nothing;
  return (select secret.value from rowlock.secrets as secret where secret.name = p_name);
end
$$;
