/**
 * Acts that happen to a cluster while it sells: a shard moves to another node, a node is killed and
 * comes back. Everything answered has to be there afterwards.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { migrate } from '../../src/db/index.ts'
import { Buyers } from './buyers.ts'
import { type CitusCluster, startCitus } from './cluster.ts'
import { addNode, ask } from './databases.ts'

/** Report on one part of it. */
export interface Act {
  readonly name: string
  readonly answered: number
  readonly failures: readonly string[]
  readonly pauseMs: number
}

/** Report on a rehearsal. */
export interface Rehearsal {
  readonly acts: readonly Act[]
  /** Answered bookings that are not there, and broken promises. */
  readonly lost: readonly string[]
  readonly violations: readonly unknown[]
  /** On how many nodes the shards were at the end. */
  readonly nodeCount: number
}

const SHOWS = 16
const SHARDS = 8
const BUYERS = 8
const SOME_MS = 2_000
const DOWN_MS = 1_500

/** Throws `NoCitusError` where there is no Citus. Everything is removed afterwards. */
export async function rehearseCitus(log: (line: string) => void = () => {}): Promise<Rehearsal> {
  const cluster = await startCitus(2, {}, true)
  try {
    const { url } = cluster.coordinator
    await migrate(url, { shardCount: SHARDS })
    log('A coordinator, two workers and a node for later are up.')
    const buyers = await Buyers.open({ target: url }, SHOWS)
    try {
      return await play(cluster, buyers, log)
    } finally {
      await buyers.close()
    }
  } finally {
    await cluster.stop()
  }
}

async function play(
  cluster: CitusCluster,
  buyers: Buyers,
  log: (line: string) => void,
): Promise<Rehearsal> {
  const { url } = cluster.coordinator
  const acts: Act[] = []
  const act = async (name: string, happen: () => Promise<unknown>) => {
    const before = { answered: buyers.answered.size, failures: buyers.failures.length }
    buyers.pauseMs = 0
    buyers.start(BUYERS)
    await delay(SOME_MS)
    await happen()
    await delay(SOME_MS)
    await buyers.stop()
    const answered = buyers.answered.size - before.answered
    const failures = buyers.failures.slice(before.failures)
    acts.push({ name, answered, failures, pauseMs: buyers.pauseMs })
    const pause = `longest pause ${Math.round(buyers.pauseMs)} ms`
    log(`${name}: ${answered} bookings, ${failures.length} failures, ${pause}`)
  }
  await act('nothing happens', async () => {})
  await act('a shard moves', () => moveOne(url))
  await act('a node is added, and takes its share', () => addSpare(cluster))
  const [first] = cluster.workers
  await act('a worker is killed and comes back', async () => {
    await first?.kill()
    await delay(DOWN_MS)
    await first?.start()
  })
  return {
    acts,
    lost: await buyers.lost(),
    violations: await buyers.violations(),
    nodeCount: await countNodes(url),
  }
}

async function addSpare({ coordinator: { url }, spare }: CitusCluster): Promise<void> {
  await addNode(url, spare?.url ?? '')
  await ask(url, 'select citus_rebalance_start()')
  await ask(url, 'select citus_rebalance_wait()')
}

async function moveOne(url: string): Promise<void> {
  await ask(
    url,
    `select citus_move_shard_placement(
       shard.shardid, node.nodename, node.nodeport, other.nodename, other.nodeport
     )
     from pg_dist_shard as shard
     join pg_dist_placement as placement using (shardid)
     join pg_dist_node as node using (groupid)
     join pg_dist_node as other on other.groupid not in (0, node.groupid)
     where shard.logicalrelid = 'rowlock.policies'::regclass
     order by shard.shardid
     limit 1`,
  )
}

async function countNodes(url: string): Promise<number> {
  const [row] = await ask<{ count: number }>(
    url,
    `select count(distinct groupid)::int as count
     from pg_dist_placement
     join pg_dist_shard using (shardid)
     where logicalrelid = 'rowlock.policies'::regclass`,
  )
  return row?.count ?? 0
}
