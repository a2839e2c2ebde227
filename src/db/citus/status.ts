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
  readonly hasStandby: boolean
  /**
   * Bytes of the log that its standby has not applied: of the slowest. Null without a standby, and
   * for a login that may not see how far it is (`pg_read_all_stats`).
   */
  readonly standbyLagBytes: number | null
}

/** A shard on its way to another node. */
export interface CitusMove {
  readonly shard: number
  readonly from: string
  readonly to: string
  /** Bytes of the log that the new node has not applied; null while the first copy is made. */
  readonly lagBytes: number | null
}

/** Spread of the shows of a sharded database. */
export interface CitusStatus {
  readonly shards: number
  readonly shows: number
  readonly nodes: readonly CitusNode[]
  readonly moves: readonly CitusMove[]
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
  select
    format('%s:%s', node.nodename, node.nodeport) as node,
    asked.success as answers,
    asked.success and split_part(asked.result, ' ', 1) <> '0' as "hasStandby",
    case when asked.success then nullif(split_part(asked.result, ' ', 2), '')::float8 end as lag
  from run_command_on_all_nodes($1) as asked
  join pg_dist_node as node using (nodeid)`

/** Shards that move are replicated, too, and no standby. */
const LAG_AT_NODE = `
  select format('%s %s', count(*), max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)))
  from pg_stat_replication as standby
  left join pg_replication_slots as slot on slot.active_pid = standby.pid
  where slot.slot_type is distinct from 'logical'`

const SHOWS = `
  select rowlock.bucket_of(show.show_id) as bucket, count(*)::int as shows
  from rowlock.shows as show
  group by 1`

const MOVES = `
  select
    shardid::int as shard,
    format('%s:%s', sourcename, sourceport) as "from",
    format('%s:%s', targetname, targetport) as "to",
    pg_wal_lsn_diff(source_lsn, target_lsn)::float8 as "lagBytes"
  from get_rebalance_progress()
  where table_name = 'rowlock.policies'::regclass
    and progress < 2
  order by shardid`

interface Answer {
  readonly node: string
  readonly answers: boolean
  readonly hasStandby: boolean
  readonly lag: number | null
}

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
    const answers = await client.query<Answer>(ANSWERS, [LAG_AT_NODE])
    const counts = await client.query<{ bucket: number; shows: number }>(SHOWS)
    const moves = await client.query<CitusMove>(MOVES)
    const reached = new Map(answers.rows.map((row) => [row.node, row]))
    const showsIn = new Map(counts.rows.map(({ bucket, shows }) => [bucket, shows]))
    const found = nodes.rows.map(({ node, isCoordinator, buckets }) => ({
      node,
      isCoordinator,
      answers: reached.get(node)?.answers ?? false,
      shards: buckets.length,
      shows: sum(buckets.map((bucket) => showsIn.get(bucket) ?? 0)),
      hasStandby: reached.get(node)?.hasStandby ?? false,
      standbyLagBytes: reached.get(node)?.lag ?? null,
    }))
    return {
      shards: sum(found.map(({ shards }) => shards)),
      shows: sum(found.map(({ shows }) => shows)),
      nodes: found,
      moves: moves.rows,
    }
  } finally {
    await client.end()
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
