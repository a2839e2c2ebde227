import { spawn } from 'node:child_process'
import { createConnection, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type ClusterAddress, clusterHome, hostSocket } from './cluster-address.ts'

/** A claim to the test cluster: it runs at least as long as this process, or until `leave`. */
export interface ClusterLease {
  readonly address: ClusterAddress
  /** Gives it up; resolves when the cluster has stopped, or others still use it. */
  leave(): Promise<void>
}

const START_MS_MAX = 90_000
const HOST = fileURLToPath(new URL('./cluster-host.ts', import.meta.url))

/** Joins the test cluster of this checkout; starts it when nobody has. */
export async function leaseCluster(): Promise<ClusterLease> {
  const path = hostSocket(clusterHome())
  const giveUpAt = performance.now() + START_MS_MAX
  let isStarting = false
  while (performance.now() < giveUpAt) {
    const lease = await join(path)
    if (lease !== null) return lease
    if (!isStarting) {
      isStarting = true
      startHost(() => {
        isStarting = false
      })
    }
    await delay(50)
  }
  throw new Error(`The test cluster did not start: run "node ${HOST}" to see why.`)
}

/** Detached, so that Ctrl-C in the terminal does not take the database from other test runs. */
function startHost(onExit: () => void): void {
  const host = spawn(process.execPath, [HOST], { detached: true, stdio: 'ignore' })
  host.once('exit', onExit)
  host.once('error', onExit)
  host.unref()
}

function join(path: string): Promise<ClusterLease | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path)
    let text = ''
    socket.once('error', () => resolve(null))
    socket.once('close', () => resolve(null))
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (!text.endsWith('\n')) return
      // A test process ends when its tests have, whether it left or not.
      socket.unref()
      resolve({ address: JSON.parse(text) as ClusterAddress, leave: () => leave(socket) })
    })
  })
}

function leave(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.ref()
    socket.once('close', () => resolve())
    socket.write('bye\n')
  })
}
