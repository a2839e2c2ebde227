import { execFile } from 'node:child_process'
import { appendFile, mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Holds the database of a run of hours, and is full within a second. */
const SIZE = '1g'
const PART = Buffer.alloc(1_048_576)

/** A file system that can be filled without doing harm to anything else. */
export interface SmallDisk {
  readonly directory: string
  fill(): Promise<void>
  empty(): Promise<void>
  remove(): Promise<void>
}

/** Mounts one. Null where that is not allowed: then no disk is ever full. */
export async function mountSmallDisk(parent: string): Promise<SmallDisk | null> {
  const directory = join(parent, 'disk')
  const filler = join(directory, 'filler')
  await mkdir(directory, { mode: 0o755 })
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0755`, 'tmpfs', directory])
  } catch {
    return null
  }
  return {
    directory,
    fill: async () => {
      await writeFile(filler, '')
      const { bavail, bsize } = await statfs(directory)
      for (let left = bavail * bsize; left > 0; left -= PART.length) {
        const isFull = await appendFile(filler, PART).then(
          () => false,
          () => true,
        )
        if (isFull) return
      }
    },
    empty: () => rm(filler, { force: true }),
    remove: async () => {
      await run('umount', [directory])
    },
  }
}
