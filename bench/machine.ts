import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { ENGINE_DEFAULTS } from '../src/engine/index.ts'
import { pgbenchVersion } from './cases/pgbench.ts'
import type { World } from './world.ts'

/** Settings that figures depend on, by name. */
export type Configuration = Readonly<Record<string, string>>

const SETTINGS = [
  'fsync',
  'full_page_writes',
  'synchronous_commit',
  'shared_buffers',
  'min_wal_size',
  'max_wal_size',
  'autovacuum',
]

/** The product, the machine and the settings that a run measures. */
export async function readConfiguration(world: World): Promise<Configuration> {
  const { options, database } = world
  const rows = await database.read<{ name: string; value: string }>(
    `select name, current_setting(name) as value
     from unnest($1::text[]) with ordinality as wanted (name, place)
     order by place`,
    [SETTINGS],
  )
  const [version] = await database.read<{ text: string }>('select version() as text')
  const { batchMax } = { ...ENGINE_DEFAULTS, ...options.engine }
  return {
    commit: commit(),
    processor: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    'load before': loadavg()
      .map((load) => load.toFixed(2))
      .join(' '),
    node: process.version,
    postgresql: version?.text.split(',')[0] ?? 'unknown',
    settings: rows.map(({ name, value }) => `${name}=${value}`).join(', '),
    'limit by': (await pgbenchVersion()) ?? 'the driver pg (pgbench is not installed)',
    servers: `src/server run as .ts, at most ${batchMax} in a batch`,
    rounds: `${options.rounds} of ${options.seconds} s after ${options.warmSeconds} s, medians`,
  }
}

/** The short id of the commit; marked when the tree differs from it. */
export function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    const changed =
      git('status', '--porcelain', '--', 'src', 'rig', 'stress', 'sql', 'bench') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`
  } catch {
    return 'unknown'
  }
}
