import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { TEST_SQL_DIR } from './database.ts'

/** A directory like `sql/` with the given files, removed after the tests. */
export async function useSqlDir(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rowlock-sql-'))
  after(() => rm(directory, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) await writeSql(directory, path, text)
  return directory
}

/** A directory with the migrations before one, such as `004`: how databases of then were made. */
export async function useMigrationsBefore(number: string): Promise<string> {
  const names = (await readdir(join(TEST_SQL_DIR, 'migrations'))).filter((name) => name < number)
  const files = names.map(async (name) => {
    const path = `migrations/${name}`
    return [path, await readFile(join(TEST_SQL_DIR, path), 'utf8')] as const
  })
  return useSqlDir(Object.fromEntries(await Promise.all(files)))
}

/** Writes one file below it, such as `migrations/002_more.sql`. */
export async function writeSql(directory: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true })
  await writeFile(join(directory, path), text)
}
