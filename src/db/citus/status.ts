import { type ConnectionTarget, connectPatiently, toClientConfig } from '../connection.ts'
import { CitusMissingError, isSharded } from './distribute.ts'

/** A node of a sharded database. */
export interface CitusNode {
  readonly node: string
  readonly isCoordinator: boolean
  /** True when the coordinator reaches it now. */
  readonly answers: boolean
  readonly shards: number
  readonly shows: number
}

/** Spread of the shows of a sharded database. */
export interface CitusStatus {
  readonly shards: number
  readonly shows: number
  readonly nodes: readonly CitusNode[]
  /** Shards that are on their way to another node. */
  readonly moving: number
}

const NODES = `
  select
    format('%s:%s', node.nodename, node.nodeport) as node,
    node.groupid = 0 as "isCoordinator",
    array_remove(array_agg(shard.shardid), null)::int[] as buckets
  from pg_dist_node as node
  left join pg_dist_placement as placement on placement.groupid = node.groupid
  left join pg_dist_shard as shard
    on shard.shardid = placement.shardid
    and shard.logicalrelid = 'rowlock.policies'::regclass
  where node.noderole = 'primary'
  group by node.nodeid
  order by node.nodeid`

/** A node that is down is no failure of the question. */
const ANSWERS = `
  select format('%s:%s', node.nodename, node.nodeport) as node, asked.success as answers
  from run_command_on_all_nodes('select 1') as asked
  join pg_dist_node as node using (nodeid)`

const SHOWS = `
  select rowlock.bucket_of(show.show_id) as bucket, count(*)::int as shows
  from rowlock.shows as show
  group by 1`

const MOVING = `
  select count(*)::int as moving
  from get_rebalance_progress()
  where table_name = 'rowlock.policies'::regclass
    and progress < 2`

/** Asks a coordinator. Throws `CitusMissingError` where nothing is sharded. */
export async function readCitusStatus(
  target: ConnectionTarget,
  patienceMs: number,
): Promise<CitusStatus> {
  const client = await connectPatiently(toClientConfig(target, 'rowlock citus'), { patienceMs })
  try {
    if (!(await isSharded(client))) {
      throw new CitusMissingError('The database is not sharded: "rowlock migrate --citus" does it.')
    }
    const nodes = await client.query<{ node: string; isCoordinator: boolean; buckets: number[] }>(
      NODES,
    )
    const answers = await client.query<{ node: string; answers: boolean }>(ANSWERS)
    const counts = await client.query<{ bucket: number; shows: number }>(SHOWS)
    const moving = await client.query<{ moving: number }>(MOVING)
    const reached = new Map(answers.rows.map((row) => [row.node, row.answers]))
    const showsIn = new Map(counts.rows.map(({ bucket, shows }) => [bucket, shows]))
    const found = nodes.rows.map(({ node, isCoordinator, buckets }) => ({
      node,
      isCoordinator,
      answers: reached.get(node) ?? false,
      shards: buckets.length,
      shows: sum(buckets.map((bucket) => showsIn.get(bucket) ?? 0)),
    }))
    return {
      shards: sum(found.map(({ shards }) => shards)),
      shows: sum(found.map(({ shows }) => shows)),
      nodes: found,
      moving: moving.rows[0]?.moving ?? 0,
    }
  } finally {
    await client.end()
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
