/** Results of long work on sources, made once for all test files that need them. */
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lockDirectory } from '../../src/db/embedded/directory-lock.ts'
import { until } from './until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HOME = join(ROOT, 'node_modules/.cache/rowlock-made')
const TURN_MS_MAX = 300_000

/**
 * The directory that `make` has filled out of `sources`, paths of files as they are now. Who comes
 * first makes it and the others wait; all may only read it. When a source changes it is made again,
 * and what was made before goes.
 */
export async function madeOnce(
  name: string,
  sources: Iterable<string> | AsyncIterable<string>,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const place = join(HOME, name)
  await mkdir(place, { recursive: true })
  const made = join(place, await hashOf(sources))
  if (await isThere(made)) return made
  const turn = () => lockDirectory(place, join(HOME, `${name}.lock`))
  const lock = await until(`our turn to make ${name}`, turn, TURN_MS_MAX)
  try {
    if (await isThere(made)) return made
    for (const old of await readdir(place)) await rm(join(place, old), { recursive: true })
    const draft = await mkdtemp(join(place, 'draft-'))
    await make(draft)
    await rename(draft, made)
    return made
  } finally {
    await lock.release()
  }
}

async function hashOf(sources: Iterable<string> | AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256')
  const paths: string[] = []
  for await (const path of sources) paths.push(path)
  for (const path of paths.sort()) {
    // Git knows files that were deleted, and a pattern finds directories.
    const bytes = await readFile(join(ROOT, path)).catch(() => null)
    if (bytes !== null) hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex').slice(0, 16)
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
