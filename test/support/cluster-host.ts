/**
 * The process that runs the test cluster, for all test processes of this checkout. Whoever uses
 * the cluster holds a connection to this process; when the last one has gone, however it ended,
 * the cluster stops. So nothing is left behind, and nobody has to be told who is last.
 */
import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { DataDirectoryError } from '../../src/db/embedded/data-directory.ts'
import { DirectoryInUseError } from '../../src/db/embedded/directory-lock.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../src/db/embedded.ts'
import { type ClusterAddress, clusterHome, hostSocket } from './cluster-address.ts'
import { dropOldDatabases } from './old-databases.ts'

const GRACE_MS = 2000
const FIRST_GRACE_MS = 15_000

const home = clusterHome()
const dataDir = join(home, 'db')

/** Nothing in it is worth more than a quick start, so what cannot be used is made again. */
async function start(): Promise<EmbeddedDatabase> {
  try {
    return await startCluster()
  } catch (error) {
    if (!(error instanceof DataDirectoryError)) throw error
    await rm(dataDir, { recursive: true, force: true })
    return startCluster()
  }
}

function startCluster(): Promise<EmbeddedDatabase> {
  return startEmbedded({
    dataDir,
    settings: {
      max_connections: 300,
      fsync: false,
      full_page_writes: false,
      shared_buffers: '64MB',
      max_wal_size: '256MB',
    },
  })
}

function serve(database: EmbeddedDatabase, address: ClusterAddress): void {
  const users = new Set<Socket>()
  const waiting = new Set<Socket>()
  let timer: NodeJS.Timeout
  const server = createServer((socket) => {
    clearTimeout(timer)
    users.add(socket)
    socket.on('error', () => {})
    // A user that says anything wants to see the end, if it is the last.
    socket.on('data', () => waiting.add(socket))
    socket.on('data', () => leave(socket, 0))
    socket.on('close', () => leave(socket, GRACE_MS))
    socket.write(`${JSON.stringify(address)}\n`)
  })
  const leave = (socket: Socket, graceMs: number) => {
    if (!users.delete(socket)) return
    if (users.size === 0) timer = setTimeout(stop, graceMs)
    else socket.end()
  }
  const stop = async () => {
    server.close()
    await database.stop()
    for (const socket of waiting) socket.destroy()
    process.exit(0)
  }
  server.listen(hostSocket(home))
  timer = setTimeout(stop, FIRST_GRACE_MS)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}

try {
  const database = await start()
  const { ownerConfig, serverConfig } = database
  const owner = { ...ownerConfig, database: 'postgres' }
  await dropOldDatabases(owner)
  await rm(hostSocket(home), { force: true })
  serve(database, { owner, server: { ...serverConfig, database: 'postgres' } })
} catch (error) {
  // Somebody else was quicker, or is still stopping; who wants a cluster asks again.
  if (!(error instanceof DirectoryInUseError)) throw error
}
