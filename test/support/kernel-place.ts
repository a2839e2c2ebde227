import type pg from 'pg'
import { ask } from '../../scripts/citus/databases.ts'
import { OF_CATALOGUE } from '../../src/db/citus/distribute.ts'
import { readKernelFunctions } from '../../src/db/citus/kernel-parts.ts'
import { connectClient } from '../../src/db/connection.ts'
import type { TestDatabase } from './database.ts'

/**
 * Place of the kernel that serves a test database: schema `rowlock` of one PostgreSQL, or the
 * schema of the only shard, on the node that has it.
 */
export interface KernelPlace {
  readonly owner: pg.ClientConfig
  readonly shard: ShardPlace | null
}

interface ShardPlace {
  readonly schema: string
  readonly coordinator: pg.ClientConfig
  /** Names of the functions that are there; others are the coordinator's. */
  readonly functions: ReadonlySet<string>
}

/** Doors that kernels of shards do not have, and tests go through. */
const DOORS = [
  'rowlock.apply(json)',
  'rowlock.change_show(uuid, uuid, text, bigint, jsonb)',
] as const

/** Finds it. A sharded database must have one shard, so that all shows are in one kernel. */
export async function placeOf({ isSharded, owner, ownerUrl }: TestDatabase): Promise<KernelPlace> {
  if (!isSharded) return { owner, shard: null }
  const { node, schema } = await findKernel(ownerUrl)
  await openDoors(ownerUrl, node, schema)
  const found = await ask<{ name: string }>(
    node,
    'select proname as name from pg_proc where pronamespace = $1::regnamespace',
    [schema],
  )
  const functions = new Set(['clock', 'is_ahead', ...found.map(({ name }) => name)])
  return { owner: { connectionString: node }, shard: { schema, coordinator: owner, functions } }
}

async function findKernel(coordinator: string): Promise<{ node: string; schema: string }> {
  const found = await ask<{ shard: string; host: string; port: number }>(
    coordinator,
    `select shardid as shard, nodename as host, nodeport as port
     from pg_dist_shard
     join pg_dist_placement using (shardid)
     join pg_dist_node using (groupid)
     where logicalrelid = 'rowlock.policies'::regclass`,
  )
  const [only, ...others] = found
  if (only === undefined || others.length > 0) throw new Error('There are several kernels.')
  const node = new URL(coordinator)
  node.hostname = only.host
  node.port = String(only.port)
  const kernels = await ask<{ schema: string }>(
    node.href,
    'select nspname as schema from pg_namespace where nspname ^@ $1',
    [`rowlock_g${only.shard}_`],
  )
  return { node: node.href, schema: kernels[0]?.schema ?? '' }
}

/** The audit log is the coordinator's; here is one like it. */
const AUDIT_COLUMNS = `
  select string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ') as columns
  from pg_attribute
  where attrelid = 'rowlock.audit_log'::regclass and attnum > 0 and not attisdropped`

async function openDoors(coordinator: string, node: string, schema: string): Promise<void> {
  const client = await connectClient({ connectionString: coordinator })
  try {
    await client.query('set search_path = pg_catalog')
    const texts = await readKernelFunctions(client, DOORS)
    const { rows } = await client.query<{ columns: string }>(AUDIT_COLUMNS)
    const functions = texts.map((text) => `${text.replaceAll('@kernel', schema)};`)
    await ask(
      node,
      `set citus.enable_ddl_propagation = off;
       set check_function_bodies = off;
       create table if not exists ${schema}.audit_log (${rows[0]?.columns});
       ${functions.join('\n')}
       create sequence if not exists ${schema}.show_ids start 1000000;
       alter view ${schema}.shows
         alter column show_id set default nextval('${schema}.show_ids')`,
    )
  } finally {
    await client.end()
  }
}

/** Nodes have one clock for all their kernels. */
const SCHEMA = /\browlock(?=\.(?!clock\(|is_ahead\()|, pg_temp)/g
const CALLED = /\browlock\.(\w+)\(/g
/** Every node has a copy of the catalogue: whoever writes one copy has two different plans. */
const WRITES_CATALOGUE = new RegExp(
  `\\b(?:insert into|update|delete from) rowlock\\.(?:${OF_CATALOGUE.join('|')})\\b`,
)

/** Connects to where the kernel is. Statements name `rowlock`, wherever that is. */
export async function connectTo({ owner, shard }: KernelPlace): Promise<pg.Client> {
  const client = await connectClient(owner)
  if (shard === null) return client
  // Shards are written by kernels only, and by us.
  await client.query('set citus.enable_manual_changes_to_shards = on')
  await client.query('set citus.enable_ddl_propagation = off')
  const coordinator = await connectClient(shard.coordinator)
  const end = client.end.bind(client)
  client.end = (async () => {
    await Promise.all([end(), coordinator.end()])
  }) as typeof client.end
  const query = client.query.bind(client)
  client.query = ((asked: string | pg.QueryConfig, values?: unknown[]) => {
    const config = typeof asked === 'string' ? { text: asked, values: values ?? [] } : asked
    const { text } = config
    const isElsewhere =
      !/create or replace function/.test(text) &&
      (WRITES_CATALOGUE.test(text) ||
        [...text.matchAll(CALLED)].some(([, name]) => !shard.functions.has(name ?? '')))
    if (isElsewhere) return coordinator.query(config)
    return query({ ...config, text: text.replace(SCHEMA, shard.schema) })
  }) as typeof client.query
  return client
}
