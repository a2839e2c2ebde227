/**
 * The data directory: ours alone (0700). Started as root, it is root's, and the account that runs
 * PostgreSQL may pass through it (0711) to what is its own: `pg` and `run`. So it cannot put links
 * in the way of what root writes, nor another key in the place of ours.
 *
 *     <data directory>/pg              the cluster (PGDATA)
 *                     /rowlock.lock    who uses it
 *                     /postgres.log    what PostgreSQL says (as root: in run/)
 *                     /.s.PGSQL.5432   its socket (as root: in run/)
 *                     /operator-key    the key that a server made up, when it was told none
 *                     /postgresql-…    its programs, when they had to be copied
 */
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rmdir,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Account } from './account.ts'
import { runProgram } from './run-program.ts'

/** The data directory cannot be used, for a reason that its owner has to remove. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError'
}

/** Directory for data that was asked for in a place that PostgreSQL's account cannot reach. */
export const FALLBACK_DIR = '/var/lib/rowlock'

const OURS = new RegExp(
  '^(pg|pg\\.new|run|postgresql-.*|postgres\\.log.*|rowlock\\.lock.*|operator-key.*|' +
    '\\.s\\.PGSQL\\..*|lost\\+found)$',
)

/**
 * Makes the directory where it is missing, and returns its path without symbolic links. Throws
 * `DataDirectoryError` when it is somebody else's, or has other things in it.
 */
export async function createDataDirectory(path: string): Promise<string> {
  const wanted = resolve(path)
  try {
    await createOpen(wanted)
    const directory = await realpath(wanted)
    refuseForeign(directory, await readdir(directory))
    return directory
  } catch (error) {
    throw directoryError(wanted, error as NodeJS.ErrnoException)
  }
}

/**
 * Makes a directory and those above it, unless it is there. Those made on the way must not shut out
 * the account, whatever the umask is. Not `mkdir` with `recursive`, which tries for ever where the
 * system calls the directory above missing although it is there, as below `/proc`.
 */
async function createOpen(directory: string): Promise<void> {
  try {
    await mkdir(directory)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || (await exists(dirname(directory)))) throw error
    await createOpen(dirname(directory))
    await chmod(dirname(directory), 0o755)
    await createOpen(directory)
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

/** Tells whoever chose a path what the system says about it: it is no bug. */
function directoryError(directory: string, error: NodeJS.ErrnoException): Error {
  if (error.code === undefined) return error
  if (error.code === 'EACCES' || error.code === 'EPERM') return foreignError(directory, error)
  const message = `${directory} cannot be a data directory: ${error.message}.`
  return new DataDirectoryError(message, { cause: error })
}

function foreignError(directory: string, cause: unknown): DataDirectoryError {
  return new DataDirectoryError(
    `${directory} belongs to another user. Start Rowlock as that user or as root, ` +
      'or choose another data directory.',
    { cause },
  )
}

/** A directory that has other things in it must not change hands because of a slip in a setting. */
function refuseForeign(directory: string, names: readonly string[]): void {
  const foreign = names.filter((name) => !OURS.test(name))
  if (foreign.length === 0 || names.includes('pg')) return
  const what = foreign.includes('PG_VERSION') ? 'is a PostgreSQL cluster' : 'is not empty'
  throw new DataDirectoryError(
    `${directory} ${what}, and no data directory of Rowlock. Choose another data directory.`,
  )
}

/** Directories of the data, and of PostgreSQL's socket and log. */
export interface DataPlace {
  readonly dataDir: string
  readonly runDir: string
}

/**
 * Makes the directory private, and makes sure that the account can reach what is its own in it. An
 * empty directory below, say, a private home is moved to `fallbackDir`, and a symbolic link put in
 * its place, so that the data is found again. Returns the directories to use.
 */
export async function secureDataDirectory(
  directory: string,
  account: Account | null,
  fallbackDir: string,
  log: (message: string) => void,
): Promise<DataPlace> {
  if (account === null) {
    await makePrivate(directory)
    return { dataDir: directory, runDir: directory }
  }
  const names = await readdir(directory)
  const runDir = await divide(directory, account)
  if (await canUse(runDir, account)) return { dataDir: directory, runDir }
  if (names.includes('pg')) {
    throw new DataDirectoryError(
      `${directory} cannot be reached by ${account.name}, as which PostgreSQL has to run. ` +
        'Allow others to search the directories above it (chmod o+x), or move it.',
    )
  }
  await rmdir(runDir)
  const dataDir = await relocate(directory, account, fallbackDir, log)
  return { dataDir, runDir: join(dataDir, RUN) }
}

const RUN = 'run'

/** The directory to root, and in it one to the account. */
async function divide(directory: string, account: Account): Promise<string> {
  const runDir = join(directory, RUN)
  try {
    await chown(directory, 0, 0)
    await chmod(directory, 0o711)
    // From here on nobody but root changes what is in it. In the version before the account could.
    const found = await lstat(runDir).catch(() => null)
    if (found !== null && !found.isDirectory()) await unlink(runDir)
    await mkdir(runDir, { recursive: true })
    await chown(runDir, account.uid, account.gid)
    await chmod(runDir, 0o700)
    return runDir
  } catch (error) {
    throw foreignError(directory, error)
  }
}

async function makePrivate(directory: string): Promise<void> {
  try {
    await chmod(directory, 0o700)
  } catch (error) {
    throw foreignError(directory, error)
  }
}

async function canUse(directory: string, account: Account): Promise<boolean> {
  const script = 'cd "$1" && test -w . && test -r .'
  return (await runProgram('/bin/sh', ['-c', script, 'sh', directory], account)).ok
}

async function relocate(
  directory: string,
  account: Account,
  fallbackDir: string,
  log: (message: string) => void,
): Promise<string> {
  await mkdir(fallbackDir, { recursive: true, mode: 0o755 })
  const target = await mkdtemp(join(fallbackDir, `${basename(directory)}-`))
  const runDir = await divide(target, account)
  if (!(await canUse(runDir, account))) {
    await rmdir(runDir)
    await rmdir(target)
    throw new DataDirectoryError(
      `Neither ${directory} nor ${fallbackDir} can be reached by ${account.name}, as which ` +
        'PostgreSQL has to run. Choose another data directory.',
    )
  }
  await rmdir(directory)
  await symlink(target, directory)
  log(
    `${directory} cannot be reached by ${account.name}, as which PostgreSQL has to run: ` +
      `the data is in ${target}, and ${directory} is a link to it.`,
  )
  return target
}

/** Tells whether the path is a directory that only `uid` can enter. Links do not count. */
export async function isPrivateDirectory(path: string, uid: number): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  if (!found?.isDirectory()) return false
  return found.uid === uid && (found.mode & 0o77) === 0
}
