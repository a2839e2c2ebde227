-- What every node of a sharded database has, besides the tables and their shards: the way from a
-- show to the kernel of its shard. A kernel is a schema of its own: views of the shard's tables and
-- of this node's copies of the catalogue's, and the functions of sql/functions word for word, with
-- that schema in place of rowlock. Its name ends in the hash of its text, so that another text is
-- another kernel, and a call runs in one of them from beginning to end.

-- The bucket of a show is its shard: a batch goes to one of them.
create or replace function rowlock.bucket_of(p_show_id bigint) returns int
language sql stable
set search_path = rowlock, pg_temp
as $$
  select get_shard_id_for_distribution_column('rowlock.policies', p_show_id)::int
$$;

-- The kernel of a show's shard, made where it is missing: a shard that was moved here has none yet.
-- Fails with 40001 where the shard is on another node: who asks again is sent there.
create or replace function rowlock.kernel_of(p_show bigint, p_hash text) returns text
language plpgsql
set search_path = rowlock, pg_temp
as $$
declare
  v_shard bigint := get_shard_id_for_distribution_column('rowlock.policies', p_show);
  v_kernel text := format('rowlock_g%s_%s', v_shard, p_hash);
begin
  -- What a commit waits for here is up to this node: for its disk at least.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  -- As Citus's own writers do: a shard that is about to leave is waited for.
  perform lock_shard_metadata(5, array[v_shard]);
  if not exists (
    select
    from pg_dist_placement as placement
    join pg_dist_local_group as here on here.groupid = placement.groupid
    where placement.shardid = v_shard
  ) then
    raise exception using
      errcode = 'serialization_failure',
      message = format('rowlock: shard %s is on another node', v_shard);
  end if;
  if to_regclass(v_kernel || '.policies') is null then
    perform rowlock.make_kernel(v_shard, v_kernel);
  end if;
  return v_kernel;
end
$$;

-- Makes a kernel, unless somebody else has done so meanwhile.
create or replace function rowlock.make_kernel(p_shard bigint, p_kernel text) returns void
language plpgsql
set search_path = rowlock, pg_temp
set citus.enable_ddl_propagation = off
set check_function_bodies = off
set client_min_messages = warning
set lock_timeout = '10s'
as $$
declare
  v_table record;
  v_part text;
begin
  perform pg_advisory_xact_lock(hashtext(p_kernel));
  -- Asked in a statement: what this session knows by name may be from before it waited.
  if exists (
    select
    from pg_class as class
    join pg_namespace as schema on schema.oid = class.relnamespace
    where schema.nspname = p_kernel
      and class.relname = 'policies'
  ) then
    return;
  end if;
  -- Of a shard that was here before, and took the views of its tables with it.
  execute format('drop schema if exists %I cascade', p_kernel);
  execute format('create schema %I', p_kernel);
  for v_table in
    select class.relname as name, class.relname || '_' || shard.shardid as shard
    from pg_dist_shard as shard
    join pg_dist_partition as part on part.logicalrelid = shard.logicalrelid
    join pg_class as class on class.oid = shard.logicalrelid
    where class.relnamespace = 'rowlock'::regnamespace
      and class.relname <> 'kernel_parts'
      and (
        part.partmethod = 'n'
        or shard.shardminvalue = (
          select one.shardminvalue from pg_dist_shard as one where one.shardid = p_shard
        )
      )
  loop
    execute format(
      'create view %I.%I as select * from rowlock.%I', p_kernel, v_table.name, v_table.shard
    );
  end loop;
  for v_part in
    select part.text
    from rowlock.kernel_parts as part
    order by part.place
  loop
    execute replace(v_part, '@kernel', p_kernel);
  end loop;
end
$$;
