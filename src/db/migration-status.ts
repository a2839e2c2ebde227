import type pg from 'pg'
import type { SqlFiles } from './sql-files.ts'
import { sqlstateOf } from './sqlstate.ts'

/** Records of `rowlock.migrations`, compared with the SQL directory. */
export interface MigrationStatus {
  readonly upToDate: boolean
  /** Migrations that are not applied yet, in order. */
  readonly pending: readonly string[]
  /** True when functions and views differ from those that were last applied. */
  readonly routinesChanged: boolean
  /** Applied migrations whose file is different now. */
  readonly edited: readonly string[]
  /** Applied migrations that this code does not know: the database is newer. */
  readonly unknown: readonly string[]
}

/** Under this name the hash of all functions and views is recorded. */
export const ROUTINES_NAME = 'functions and views'

/** Compares; an empty database has everything pending. */
export async function readStatus(
  client: pg.Client | pg.Pool,
  files: SqlFiles,
): Promise<MigrationStatus> {
  const recorded = await readRecorded(client)
  const known = new Set(files.migrations.map((file) => file.path))
  const pending: string[] = []
  const edited: string[] = []
  for (const { path, hash } of files.migrations) {
    const was = recorded.get(path)
    if (was === undefined) pending.push(path)
    else if (was !== hash) edited.push(path)
  }
  const unknown = [...recorded.keys()].filter((name) => name !== ROUTINES_NAME && !known.has(name))
  const routinesChanged = recorded.get(ROUTINES_NAME) !== files.routinesHash
  const problems = pending.length + edited.length + unknown.length
  return { upToDate: problems === 0 && !routinesChanged, pending, routinesChanged, edited, unknown }
}

/** Reason why migrating must not go on, in words for an operator; null when it may. */
export function refusalOf(status: MigrationStatus): string | null {
  if (status.unknown.length > 0) {
    return (
      'The database is newer than this Rowlock: it has ' +
      `${status.unknown.join(', ')}. Start a Rowlock at least as new.`
    )
  }
  if (status.edited.length > 0) {
    return (
      `Already applied, but edited since: ${status.edited.join(', ')}. ` +
      'Revert the edit and write a new migration.'
    )
  }
  return null
}

async function readRecorded(client: pg.Client | pg.Pool): Promise<Map<string, string>> {
  try {
    const result = await (client as pg.Pool).query<{ name: string; hash: string }>(
      'select name, hash from rowlock.migrations',
    )
    return new Map(result.rows.map((row) => [row.name, row.hash]))
  } catch (error) {
    // 42P01, 3F000: no such table or schema, so nothing was ever applied.
    if (['42P01', '3F000'].includes(sqlstateOf(error) ?? '')) return new Map()
    throw error
  }
}
