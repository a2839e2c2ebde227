/**
 * Releases of before, for the tests of upgrades: `test/releases` has the functions and views of
 * each release, under the number of its last migration, and the commit of its sources. Migrations
 * are in `sql/migrations` still: they never change.
 */
import { spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SQL_DIR } from '../../src/db/sql-files.ts'

/** A release whose servers may still run when a newer one has migrated the database. */
export interface Release {
  readonly name: string
  readonly commit: string
  readonly lastMigration: string
  /** Titles of its scenarios that mean something else by now. */
  readonly changedScenarios: readonly string[]
}

/** The sources of a release, or why they are not here. */
export type ReleaseSources =
  | { readonly directory: string; remove(): Promise<void> }
  | { readonly missing: string }

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RELEASES = fileURLToPath(new URL('../releases', import.meta.url))

/** The release before this one: the last that was kept. */
export async function previousRelease(): Promise<Release> {
  const name = (await readdir(RELEASES)).sort().at(-1) ?? ''
  const kept = JSON.parse(await readFile(join(RELEASES, name, 'release.json'), 'utf8'))
  return { name, ...kept }
}

/** A directory like `sql/` as the release had it, for `migrate`; whoever asks removes it. */
export async function sqlOfRelease({ name, lastMigration }: Release): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `rowlock-${name}-sql-`))
  await cp(join(RELEASES, name, 'sql'), directory, { recursive: true })
  await mkdir(join(directory, 'migrations'))
  for (const file of await readdir(join(SQL_DIR, 'migrations'))) {
    if (file > lastMigration) continue
    await cp(join(SQL_DIR, 'migrations', file), join(directory, 'migrations', file))
  }
  return directory
}

/** Unpacks the sources of a release, from the history of this clone. */
export async function unpackRelease({ name, commit }: Release): Promise<ReleaseSources> {
  const known = spawnSync('git', ['-C', ROOT, 'cat-file', '-e', `${commit}^{commit}`])
  if (known.error) return { missing: 'git is not installed' }
  if (known.status !== 0) {
    return { missing: `the history of this clone does not reach release ${name}` }
  }
  const directory = await mkdtemp(join(tmpdir(), `rowlock-${name}-`))
  const remove = () => rm(directory, { recursive: true, force: true })
  const archive = join(directory, 'release.tar')
  const made = spawnSync('git', ['-C', ROOT, 'archive', '--output', archive, commit])
  const unpacked = spawnSync('tar', ['-xf', archive, '-C', directory])
  if (made.status === 0 && unpacked.status === 0) return { directory, remove }
  await remove()
  return { missing: 'git archive and tar could not unpack it' }
}

/** Lends the sources the dependencies of this checkout, which are enough for the engine. */
export async function lendModules(directory: string): Promise<void> {
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'junction')
}

/** Keeps functions and views as they are now, as those of the commit that is released. */
export async function keepRelease(commit: string): Promise<Release> {
  const lastMigration = (await readdir(join(SQL_DIR, 'migrations'))).sort().at(-1) ?? ''
  const name = lastMigration.slice(0, 3)
  const directory = join(RELEASES, name)
  await rm(directory, { recursive: true, force: true })
  for (const part of ['functions', 'views']) {
    await cp(join(SQL_DIR, part), join(directory, 'sql', part), { recursive: true })
  }
  const kept = { commit, lastMigration, changedScenarios: [] }
  await writeFile(join(directory, 'release.json'), `${JSON.stringify(kept, null, 2)}\n`)
  return { name, ...kept }
}
