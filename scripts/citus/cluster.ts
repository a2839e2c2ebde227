/**
 * A small Citus cluster on the loopback: a coordinator, and workers with all shards. For rehearsals
 * and tests only: everybody may log in, and what it kept is gone when it is stopped.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../rig/index.ts'
import { PostgresNode } from '../failover/postgres-node.ts'
import { findPrograms } from '../failover/postgres-programs.ts'
import { joinNodes } from './databases.ts'

/** A running cluster. */
export interface CitusCluster {
  readonly coordinator: PostgresNode
  readonly workers: readonly PostgresNode[]
  /** A node that is up and belongs to nobody yet, where one was asked for. */
  readonly spare: PostgresNode | null
  /** Stops all nodes and removes what they kept. */
  stop(): Promise<void>
}

const NEEDED = ['initdb', 'pg_ctl', 'postgres']

const SETTINGS = {
  shared_preload_libraries: 'citus',
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  // Writes to several nodes are committed in two phases.
  max_prepared_transactions: '200',
  // Shards move by logical replication.
  wal_level: 'logical',
  shared_buffers: '128MB',
}

/** Says why no cluster can be started here. */
export class NoCitusError extends Error {
  override readonly name = 'NoCitusError'
}

/** Starts one; `settings` are for all nodes. Throws `NoCitusError` where Citus is missing. */
export async function startCitus(
  workerCount: number,
  settings: Readonly<Record<string, string>> = {},
  hasSpare = false,
): Promise<CitusCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-citus-'))
  // PostgreSQL does not run as root, and has to reach its directory in here.
  await chmod(directory, 0o755)
  const nodes: PostgresNode[] = []
  const stop = async () => {
    for (const node of nodes) await node.stop('immediate').catch(() => {})
    await rm(directory, { recursive: true, force: true })
  }
  try {
    const programs = await findPrograms(directory, NEEDED)
    if (programs === null) throw new NoCitusError('PostgreSQL is not installed (see PG_BIN)')
    for (let index = 0; index <= workerCount + Number(hasSpare); index++) {
      const node = new PostgresNode(programs, join(directory, `node-${index}`), await freePort())
      nodes.push(node)
      await node.create()
      await node.configure({ ...SETTINGS, ...settings })
      await start(node)
    }
  } catch (error) {
    await stop()
    throw error
  }
  const spare = hasSpare ? (nodes.at(-1) ?? null) : null
  const [coordinator, ...workers] = nodes.slice(0, workerCount + 1) as [
    PostgresNode,
    ...PostgresNode[],
  ]
  const urls = workers.map(({ url }) => url)
  await joinNodes(coordinator.url, urls)
  return { coordinator, workers, spare, stop }
}

async function start(node: PostgresNode): Promise<void> {
  try {
    await node.start()
  } catch (error) {
    if (!/"citus"/.test(String(error))) throw error
    throw new NoCitusError('Citus is not installed for this PostgreSQL', { cause: error })
  }
}
