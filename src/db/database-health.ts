import type { Database } from './database.ts'
import { migrationStatus } from './migrate.ts'
import type { SqlFiles } from './sql-files.ts'

/** State of a database for health checks. */
export interface DatabaseHealth {
  /** False when it did not answer in time. */
  readonly reachable: boolean
  /**
   * True when every migration that this server knows is applied; false also when that could not be
   * read. A database that is newer counts: while servers are replaced one by one, those of the
   * version before must not all become unready at once.
   */
  readonly migrated: boolean
  /** Such as `18.4`. */
  readonly version: string
  /** Null when it could not be read. */
  readonly showCount: number | null
  /** Settings that are off, so that a crash could lose what is answered. */
  readonly unsafe: readonly string[]
}

const PATIENCE_MS = 2_000

/** Asks the database how it is; never throws. `files` saves reading the SQL directory each time. */
export async function readDatabaseHealth(
  database: Database,
  files?: SqlFiles,
): Promise<DatabaseHealth> {
  const version = `${Math.floor(database.versionNumber / 10_000)}.${database.versionNumber % 100}`
  const unsafe = database.unsafe()
  const lost = { reachable: false, migrated: false, version, showCount: null, unsafe }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<DatabaseHealth>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, lost)
  })
  try {
    return await Promise.race([ask(database, version, files), late])
  } catch (error) {
    database.failures.note(error, 'watch')
    return lost
  } finally {
    clearTimeout(timer)
  }
}

async function ask(
  database: Database,
  version: string,
  files: SqlFiles | undefined,
): Promise<DatabaseHealth> {
  const status = await migrationStatus(database.pool, files === undefined ? {} : { files })
  const isMissing = status.pending.length > 0
  const unsafe = database.unsafe()
  if (isMissing) return { reachable: true, migrated: false, version, showCount: null, unsafe }
  const [row] = await database.read<{ count: number }>(
    'select count(*)::int as count from rowlock.shows',
  )
  return { reachable: true, migrated: true, version, showCount: row?.count ?? null, unsafe }
}
