import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'
import { replaceAs, writeAs } from './account-files.ts'
import type { Endpoint } from './endpoint.ts'

/** Settings of postgresql.conf, by name. */
export type ClusterSettings = Readonly<Record<string, string | number | boolean>>

/**
 * Durable: what was answered survives a power cut. No JIT: our functions are short, and compiling
 * them would cost more than running them.
 */
const DEFAULTS: ClusterSettings = {
  max_connections: 100,
  fsync: true,
  full_page_writes: true,
  synchronous_commit: true,
  jit: false,
  log_checkpoints: false,
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const FILE = 'rowlock.conf'

/**
 * Writes the settings for the next start into the cluster, and says whether they differ from those
 * of the last. A file, because arguments of `pg_ctl` go through a shell, and paths have blanks.
 */
export async function writeSettings(
  { clusterDir, account }: { readonly clusterDir: string; readonly account: Account | null },
  endpoint: Endpoint,
  settings: ClusterSettings,
): Promise<boolean> {
  const text = render({ ...DEFAULTS, ...settings, ...listening(endpoint) })
  const path = join(clusterDir, FILE)
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return false
  await replaceAs(account, path, text)
  return true
}

/** Makes the cluster read our file; called once, on a cluster that was just made. */
export async function includeSettings(clusterDir: string, account: Account | null): Promise<void> {
  const path = join(clusterDir, 'postgresql.conf')
  const text = await readFile(path, 'utf8')
  const include = `# Written by Rowlock at every start.\ninclude = '${FILE}'\n`
  await writeAs(account, path, `${text}\n${include}`)
}

function listening(endpoint: Endpoint): ClusterSettings {
  const isSocket = endpoint.host.startsWith('/')
  return {
    listen_addresses: isSocket ? '' : endpoint.host,
    port: endpoint.port,
    // A list of names: quoted, because a comma would divide it.
    unix_socket_directories: isSocket ? `"${endpoint.host.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
  }
}

function render(settings: ClusterSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(value)}\n`)
    .join('')
}

function quote(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = String(value).replaceAll('\\', '\\\\').replaceAll("'", "''")
  return `'${text}'`
}
