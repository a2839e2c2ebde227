import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { processStart } from './process-start.ts'

/** Another living Rowlock uses the data directory. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError'
  /** The process that has it, on `host`. */
  readonly pid: number

  constructor(directory: string, owner: LockOwner) {
    super(
      `${directory} is in use by another Rowlock (process ${owner.pid} on ${owner.host}). ` +
        'Stop that one, connect to its database, or choose another data directory.',
    )
    this.pid = owner.pid
  }
}

/** A lock that is held; `touch` it every few seconds, `release` it at the end. */
export interface DirectoryLock {
  touch(): Promise<void>
  release(): Promise<void>
}

interface LockOwner {
  readonly pid: number
  readonly start: string
  readonly host: string
}

const ATTEMPTS_MAX = 20
/**
 * Processes of another machine or container cannot be looked at: they are alive while they touch
 * their lock, which they do every two seconds.
 */
const FOREIGN_SILENCE_MS = 10_000

/**
 * Takes the lock file `path` for this process, or throws `DirectoryInUseError`. The lock of a
 * process that died is taken over.
 */
export async function lockDirectory(directory: string, path: string): Promise<DirectoryLock> {
  const mine: LockOwner = {
    pid: process.pid,
    start: (await processStart(process.pid)) ?? '',
    host: hostname(),
  }
  const text = JSON.stringify(mine)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    if (await create(path, text)) return heldLock(path, text)
    const found = await readFile(path, 'utf8').catch(() => null)
    if (found === null) continue
    const owner = parseOwner(found)
    if (owner !== null && (await isAlive(owner, path))) {
      throw new DirectoryInUseError(directory, owner)
    }
    await removeStale(path, found)
  }
  throw new Error(`${path} could not be taken: too many processes start at once.`)
}

/** Written aside and linked, so that nobody ever sees a lock that is half written. */
async function create(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}`
  // Not through whatever lies there under that name, be it of a crash or of somebody else.
  await rm(draft, { force: true })
  await writeFile(draft, text, { flag: 'wx' })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Moves the stale lock away and looks at what was moved: somebody quicker may have put a fresh
 * lock in its place, which then goes back.
 */
async function removeStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`
  try {
    await rename(path, aside)
    if ((await readFile(aside, 'utf8')) !== stale) await link(aside, path)
  } catch {
    await delay(10)
  } finally {
    await rm(aside, { force: true })
  }
}

function parseOwner(text: string): LockOwner | null {
  try {
    const { pid, start, host } = JSON.parse(text) as Partial<LockOwner>
    if (typeof pid !== 'number' || typeof start !== 'string' || typeof host !== 'string') {
      return null
    }
    return { pid, start, host }
  } catch {
    return null
  }
}

async function isAlive(owner: LockOwner, path: string): Promise<boolean> {
  if (owner.host === hostname()) return (await processStart(owner.pid)) === owner.start
  const giveUpAt = performance.now() + FOREIGN_SILENCE_MS
  while (performance.now() < giveUpAt) {
    const touched = await stat(path).catch(() => null)
    if (touched === null || Date.now() - touched.mtimeMs > FOREIGN_SILENCE_MS) return false
    await delay(500)
  }
  return true
}

function heldLock(path: string, text: string): DirectoryLock {
  return {
    touch: async () => {
      const now = new Date()
      await utimes(path, now, now).catch(() => {})
    },
    release: async () => {
      const found = await readFile(path, 'utf8').catch(() => null)
      if (found === text) await rm(path, { force: true })
    },
  }
}
