import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Parts that are judged, or judge: figures of other code say nothing of this one. */
const PARTS = ['sql', 'src', 'verify', 'rig', 'scripts/campaign', 'package-lock.json']

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Digest of the code as it is on disk just now. */
export async function codeDigest(root = ROOT): Promise<string> {
  const files = (await Promise.all(PARTS.map((part) => filesOf(root, part)))).flat().toSorted()
  const digests = await Promise.all(
    files.map(async (file) => `${file} ${hash('sha256', await readFile(join(root, file)))}`),
  )
  return hash('sha256', digests.join('\n')).slice(0, 16)
}

async function filesOf(root: string, part: string): Promise<string[]> {
  const entries = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(
    () => null,
  )
  if (entries === null) return [part]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
}
