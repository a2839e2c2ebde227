import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { CommandError } from '../failure.ts'
import { keep, readOwn } from './own-file.ts'

/** The operator key, and where it came from. */
export interface OperatorKey {
  readonly key: string
  readonly origin: 'configured' | 'kept' | 'made' | 'fleeting'
  /** Path of the file that keeps the key; null when it is not kept. */
  readonly path: string | null
}

/**
 * The configured key, else the one that is kept in the data directory, which is made at the first
 * start. Without a directory of ours the key is new at every start.
 */
export async function readOperatorKey(
  configured: string | null,
  dataDir: string | null,
): Promise<OperatorKey> {
  if (configured !== null) return { key: configured, origin: 'configured', path: null }
  if (dataDir === null) return { key: newKey(), origin: 'fleeting', path: null }
  const path = join(dataDir, 'operator-key')
  const kept = await readKept(path)
  if (kept !== null) return { key: kept, origin: 'kept', path }
  await keep(path, newKey())
  return { key: (await readKept(path)) ?? '', origin: 'made', path }
}

function newKey(): string {
  return `rlk_${randomBytes(24).toString('base64url')}`
}

async function readKept(path: string): Promise<string | null> {
  try {
    const key = (await readOwn(path)).trim()
    if (/^[\x21-\x7e]{16,}$/.test(key)) return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof CommandError) throw error
    throw new CommandError('usage', `The operator key cannot be read: ${(error as Error).message}`)
  }
  const advice = 'Delete it to get a new one at the next start, or set ROWLOCK_OPERATOR_KEY.'
  throw new CommandError('usage', `${path} has no operator key of 16 characters. ${advice}`)
}
