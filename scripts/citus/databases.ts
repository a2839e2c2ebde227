/** Databases of a Citus cluster: each has to be made on every node, and its nodes joined anew. */
import { connectClient } from '../../src/db/connection.ts'

/** Makes Citus know of the nodes in the database of these URLs. Without workers, one keeps all. */
export async function joinNodes(coordinator: string, workers: readonly string[]): Promise<void> {
  await ask(coordinator, 'create extension if not exists citus')
  const { hostname, port } = new URL(coordinator)
  await ask(coordinator, 'select citus_set_coordinator_host($1, $2)', [hostname, portOf(port)])
  for (const url of workers) await addNode(coordinator, url)
  await ask(
    coordinator,
    `select citus_set_node_property(nodename, nodeport, 'shouldhaveshards', $1)
     from pg_dist_node
     where groupid = 0`,
    [workers.length === 0],
  )
}

/** Adds a worker, which has no shards yet. */
export async function addNode(coordinator: string, worker: string): Promise<void> {
  await ask(worker, 'create extension if not exists citus')
  const { hostname, port } = new URL(worker)
  await ask(coordinator, 'select citus_add_node($1, $2)', [hostname, portOf(port)])
}

/** Makes a database on the nodes that the coordinator's own one knows of; its URL. */
export async function createCitusDatabase(coordinator: string, name: string): Promise<string> {
  const nodes = await workersOf(coordinator)
  for (const url of [coordinator, ...nodes]) await ask(url, `create database "${name}"`)
  const database = onDatabase(coordinator, name)
  await joinNodes(
    database,
    nodes.map((url) => onDatabase(url, name)),
  )
  return database
}

/** Drops it everywhere. */
export async function dropCitusDatabase(coordinator: string, name: string): Promise<void> {
  for (const url of [coordinator, ...(await workersOf(coordinator))]) {
    await ask(url, `drop database if exists "${name}" with (force)`)
  }
}

/** The workers as this coordinator reaches them, with its own login and database. */
export async function workersOf(coordinator: string): Promise<string[]> {
  const rows = await ask<{ nodename: string; nodeport: number }>(
    coordinator,
    'select nodename, nodeport from pg_dist_node where groupid <> 0 order by nodeid',
  )
  return rows.map(({ nodename, nodeport }) => {
    const url = new URL(coordinator)
    url.hostname = nodename
    url.port = String(nodeport)
    return url.href
  })
}

/** Makes the URL of another database of the same server. */
export function onDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}

/** One statement on a connection of its own. */
export async function ask<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = await connectClient({ connectionString: url })
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A URL says nothing where it is the usual one. */
function portOf(port: string): number {
  return Number(port || 5432)
}
