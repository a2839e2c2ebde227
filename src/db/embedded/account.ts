import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The user that PostgreSQL runs as, when that is not the user of this process. */
export interface Account {
  readonly uid: number
  readonly gid: number
  readonly name: string
}

/** In order of preference: the first is ours alone. */
const ACCOUNT_NAMES = ['rowlock', 'postgres']
/**
 * User id that programs without an account of their own run as: it can signal, trace and read what
 * is ours.
 */
const NOBODY_UID = 65_534

/** Started as root, and there is no account to run PostgreSQL as. */
export class NoAccountError extends Error {
  override readonly name = 'NoAccountError'
}

/**
 * PostgreSQL refuses to run as root. Started as root, this picks the user that already owns the
 * cluster, else `rowlock`, else `postgres`, else it makes `rowlock`, a system account without a
 * login; never `nobody`. Otherwise null: run as ourselves.
 */
export async function chooseAccount(
  clusterDir: string,
  log: (message: string) => void = () => {},
): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const accounts = await readAccounts()
  const owner = await stat(clusterDir).catch(() => null)
  if (owner !== null && owner.uid !== 0 && owner.uid !== NOBODY_UID) {
    const known = accounts.find((account) => account.uid === owner.uid)
    return known ?? { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` }
  }
  return findAccount(accounts) ?? makeAccount(log)
}

function findAccount(accounts: readonly Account[]): Account | null {
  for (const name of ACCOUNT_NAMES) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0)
    if (found) return found
  }
  return null
}

/** Commands that make an account as the packages of distributions do; the second is BusyBox's. */
const MAKERS = [
  ['/usr/sbin/useradd', '--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'rowlock'],
  ['/usr/sbin/adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', 'rowlock'],
] as const

async function makeAccount(log: (message: string) => void): Promise<Account> {
  for (const [program, ...args] of MAKERS) {
    const isDone = await promisify(execFile)(program, args).then(
      () => true,
      () => false,
    )
    const made = isDone ? findAccount(await readAccounts()) : null
    if (made === null) continue
    log(`Created the system account ${made.name} to run PostgreSQL, which refuses to run as root.`)
    return made
  }
  throw new NoAccountError(
    'PostgreSQL refuses to run as root, and there is no account for it. Add one ' +
      '(useradd --system --no-create-home rowlock), or start Rowlock as an ordinary user.',
  )
}

async function readAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
