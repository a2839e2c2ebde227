import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'

/** Address that the host of the test cluster tells everybody who comes. */
export interface ClusterAddress {
  /** Superuser, database `postgres`. */
  readonly owner: pg.ClientConfig
  /** The login for serving. */
  readonly server: pg.ClientConfig
}

/** The checkout, so that two checkouts do not share a cluster. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Directory of the test cluster of this checkout and user. */
export function clusterHome(): string {
  const hash = createHash('sha256').update(ROOT).digest('hex').slice(0, 8)
  const home = join(tmpdir(), `rowlock-test-${userInfo().uid}-${hash}`)
  mkdirSync(home, { recursive: true })
  // The database runs as another user when the tests run as root.
  chmodSync(home, 0o711)
  return home
}

/** Address on which the host of the test cluster listens. */
export function hostSocket(home: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${home.replace(/\W/g, '-')}`
  return join(home, 'host.sock')
}
