import { readFile, stat } from 'node:fs/promises'

/** The user that PostgreSQL runs as, when that is not the user of this process. */
export interface Account {
  readonly uid: number
  readonly gid: number
  readonly name: string
}

/** Made for daemons, in order of preference. */
const ACCOUNT_NAMES = ['postgres', 'nobody']

/**
 * PostgreSQL refuses to run as root. Started as root, this picks the user that already owns the
 * cluster, else `postgres`, else `nobody`; otherwise null: run as ourselves.
 */
export async function chooseAccount(clusterDir: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null
  const accounts = await readAccounts()
  const owner = await stat(clusterDir).catch(() => null)
  if (owner !== null && owner.uid !== 0) {
    const known = accounts.find((account) => account.uid === owner.uid)
    return known ?? { uid: owner.uid, gid: owner.gid, name: `user ${owner.uid}` }
  }
  for (const name of ACCOUNT_NAMES) {
    const found = accounts.find((account) => account.name === name && account.uid !== 0)
    if (found) return found
  }
  return { uid: 65_534, gid: 65_534, name: 'user 65534' }
}

async function readAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
