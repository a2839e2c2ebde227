import { constants } from 'node:fs'
import { link, open, rm, writeFile } from 'node:fs/promises'
import { CommandError } from '../failure.ts'

/**
 * Reads a secret from a file that must belong to this user alone and be no link: anyone who could
 * have put it there, or can read it, knows what is in it. Throws a `CommandError` otherwise.
 */
export async function readOwn(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const { uid, mode } = await file.stat()
    const ours = process.getuid?.()
    if (ours !== undefined && (uid !== ours || (mode & 0o77) !== 0)) {
      throw new CommandError(
        'usage',
        `${path} belongs to another user, or others may read it: it may not be the key that was ` +
          'made here. Make it yours (chown, chmod 600) if it is, or delete it.',
      )
    }
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Written aside and linked: a crash must not leave half a key, nor two starts two keys. */
export async function keep(path: string, key: string): Promise<void> {
  const draft = `${path}.${process.pid}`
  await rm(draft, { force: true })
  await writeFile(draft, `${key}\n`, { mode: 0o600, flush: true, flag: 'wx' })
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes away what was kept, if anything was. */
export async function remove(path: string): Promise<void> {
  await rm(path, { force: true })
}
