import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One SQL file: its path below the SQL directory (with `/`), its text and the text's hash. */
export interface SqlFile {
  readonly path: string
  readonly text: string
  readonly hash: string
}

/** Contents of the SQL directory: what the database should be. */
export interface SqlFiles {
  /** Numbered, in order: applied once each. */
  readonly migrations: readonly SqlFile[]
  /** Functions, then views, then grants: re-applied together when `routinesHash` changes. */
  readonly routines: readonly SqlFile[]
  /** Files for nodes of a sharded database besides. */
  readonly citus: readonly SqlFile[]
  readonly routinesHash: string
}

/** The product's own `sql/`, from the sources as well as from a build in `dist/`. */
export const SQL_DIR: string = fileURLToPath(new URL('sql', import.meta.resolve('#package.json')))

const MIGRATION_NAME = /^\d{3}_[a-z0-9_]+\.sql$/

/**
 * Reads the SQL directory. Line ends are normalised, so that a checkout on Windows has the same
 * hashes. Throws when a migration is misnamed or two have the same number.
 */
export async function readSqlFiles(directory: string = SQL_DIR): Promise<SqlFiles> {
  const migrations = await readTree(directory, 'migrations')
  checkNumbers(migrations)
  const functions = await readTree(directory, 'functions')
  const views = await readTree(directory, 'views')
  const routines = grantsLast([...functions, ...views])
  const citus = await readTree(directory, 'citus')
  const hashed = [...routines, ...citus].map((file) => `${file.path} ${file.hash}\n`)
  return { migrations, routines, citus, routinesHash: hashOf(hashed.join('')) }
}

/** One hash of everything, by which a migrated database can be recognised. */
export function hashOfAll(files: SqlFiles): string {
  const migrations = files.migrations.map((file) => `${file.path} ${file.hash}\n`)
  return hashOf(`${migrations.join('')}${files.routinesHash}`)
}

/** SHA-256 of a text, in hexadecimal digits. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Tells whether a file grants and defines nothing: those named `zz_…`. */
export function isGrants({ path }: SqlFile): boolean {
  return basename(path).startsWith('zz_')
}

/** Grants speak of functions and views alike, so they come after both. */
function grantsLast(files: readonly SqlFile[]): SqlFile[] {
  return [...files.filter((file) => !isGrants(file)), ...files.filter(isGrants)]
}

async function readTree(directory: string, folder: string): Promise<SqlFile[]> {
  const root = join(directory, folder)
  if (!existsSync(root)) return []
  const names = (await readdir(root, { recursive: true }))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.replaceAll(sep, '/'))
    .sort()
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(join(root, name), 'utf8')).replaceAll('\r\n', '\n')
      return { path: `${folder}/${name}`, text, hash: hashOf(text) }
    }),
  )
}

function checkNumbers(migrations: readonly SqlFile[]): void {
  const seen = new Map<string, string>()
  for (const { path } of migrations) {
    const name = basename(path)
    if (!MIGRATION_NAME.test(name)) {
      throw new Error(`${path}: a migration is named like 001_what_it_does.sql`)
    }
    const number = name.slice(0, 3)
    const other = seen.get(number)
    if (other) throw new Error(`${path} and ${other} have the same number`)
    seen.set(number, path)
  }
}
