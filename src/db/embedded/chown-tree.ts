import { lchown, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account.ts'

/** Gives a directory with all that is in it to an account. Links are changed, not followed. */
export async function chownTree(root: string, account: Account): Promise<void> {
  const names = await readdir(root, { recursive: true })
  for (const name of ['', ...names]) await lchown(join(root, name), account.uid, account.gid)
}
