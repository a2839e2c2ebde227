import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { shortPath } from './short-path.ts'

/** Directory of the database of `rowlock dev`, next to the one that sells. */
export function developmentDir(dataDir: string): string {
  return `${dataDir}-dev`
}

/** Tells whether a database was ever made in the directory. */
export function hasDatabase(dataDir: string): Promise<boolean> {
  return access(join(dataDir, 'pg')).then(
    () => true,
    () => false,
  )
}

/**
 * Advice to use the database of `rowlock dev`, where there is no other; null otherwise. A command
 * beside it would make a second, empty one, and answer from there.
 */
export async function adviceOnDevelopment(dataDir: string): Promise<string | null> {
  const other = developmentDir(dataDir)
  if ((await hasDatabase(dataDir)) || !(await hasDatabase(other))) return null
  const path = shortPath(other)
  return `The database of "rowlock dev" is in ${path}: to use it, set ROWLOCK_DATA_DIR=${path}.`
}
