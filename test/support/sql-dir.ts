import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'

/** A directory like `sql/` with the given files, removed after the tests. */
export async function useSqlDir(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-sql-'))
  after(() => rm(directory, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) await writeSql(directory, path, text)
  return directory
}

/** Writes one file below it, such as `migrations/002_more.sql`. */
export async function writeSql(directory: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true })
  await writeFile(join(directory, path), text)
}
