import { chown, lstat, mkdtemp, rmdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { removeAs } from './account-files.ts'
import { isPrivateDirectory } from './data-directory.ts'

/**
 * Address on which the cluster listens: a unix socket in a private directory, or loopback on
 * Windows.
 */
export interface Endpoint {
  /** For the driver: the socket's directory, or an address. */
  readonly host: string
  readonly port: number
}

/** Kernels allow 103 (macOS) or 107 bytes for the path of a socket. */
const SOCKET_PATH_BYTES_MAX = 99
const SOCKET_PORT = 5432
const SHORT_DIR = '/tmp'

/** An endpoint for a cluster that is about to start; that of an earlier run where it will do. */
export async function chooseEndpoint(
  dataDir: string,
  account: Account | null,
  earlier?: Endpoint,
): Promise<Endpoint> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  if (socketPathBytes(dataDir) <= SOCKET_PATH_BYTES_MAX) {
    return { host: dataDir, port: SOCKET_PORT }
  }
  const isMade = earlier?.host.startsWith(join(SHORT_DIR, 'rowlock-'))
  if (earlier && isMade && (await isTrustworthy(earlier, account))) return earlier
  const host = await mkdtemp(join(SHORT_DIR, 'rowlock-'))
  if (account !== null) await chown(host, account.uid, account.gid)
  return { host, port: SOCKET_PORT }
}

/**
 * Tells whether an endpoint of an earlier run may be used again: nobody else can have put it there.
 */
export async function isTrustworthy(endpoint: Endpoint, account: Account | null): Promise<boolean> {
  if (process.platform === 'win32') return endpoint.host === '127.0.0.1'
  const uid = account?.uid ?? process.getuid?.() ?? -1
  if (await isPrivateDirectory(endpoint.host, uid)) return true
  return account !== null && (await isOfRoot(endpoint.host))
}

/** A data directory of the version before had the socket in it, and is root's by now. */
async function isOfRoot(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  return found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o22) === 0
}

/** Parts of a cluster's place that its endpoint depends on. */
interface EndpointPlace {
  readonly dataDir: string
  readonly runDir: string
  readonly account: Account | null
}

/** Removes what `chooseEndpoint` made outside the data directory. */
export async function removeEndpoint(
  endpoint: Endpoint,
  { dataDir, runDir, account }: EndpointPlace,
): Promise<void> {
  if (process.platform === 'win32' || [dataDir, runDir].includes(endpoint.host)) return
  if (endpoint.host.startsWith(join(SHORT_DIR, 'rowlock-'))) {
    await removeAs(account, endpoint.host)
    await rmdir(endpoint.host).catch(() => {})
  }
}

function socketPathBytes(directory: string): number {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${SOCKET_PORT}`))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
