import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { writeAs } from './account-files.ts'
import type { Endpoint } from './endpoint.ts'
import { isPostmasterOf } from './process-start.ts'

/** Lines that a running (or killed) postmaster wrote into `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number
  readonly endpoint: Endpoint
}

/** A pid that no process can have: larger than any system gives out. */
const NOBODY_PID = 2_147_483_646

/** Reads `postmaster.pid`; null when there is none, or it is only half written yet. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid = '', , , port = '', socketDir = '', address = ''] = text.split('\n')
  if (!/^\d+$/.test(pid)) return null
  const host = socketDir.trim() === '' ? address.trim() : socketDir.trim()
  return { pid: Number(pid), endpoint: { host, port: Number(port) } }
}

/** The postmaster of the cluster when it lives, else null. */
export async function readLivingPostmaster(clusterDir: string): Promise<PostmasterFile | null> {
  const file = await readPostmasterFile(clusterDir)
  if (file === null) return null
  return (await isPostmasterOf(file.pid, await realpath(clusterDir))) ? file : null
}

/**
 * After a crash the recorded pid may belong to a stranger, or to a zombie that nobody collects
 * (Node as the first process of a container): PostgreSQL would take it for a living postmaster.
 * In `postmaster.pid` only the pid is replaced: the rest lets PostgreSQL notice children of the
 * dead postmaster that still use its memory. Call only when `readLivingPostmaster` gave null.
 */
export async function disownPostmaster(
  { clusterDir, account }: { readonly clusterDir: string; readonly account: Account | null },
  endpoint: Endpoint,
): Promise<void> {
  if (endpoint.host.startsWith('/')) {
    await rm(join(endpoint.host, `.s.PGSQL.${endpoint.port}.lock`), { force: true })
  }
  const path = join(clusterDir, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return
  await writeAs(account, path, text.replace(/^-?\d+/, String(NOBODY_PID)))
}
