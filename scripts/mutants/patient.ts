import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SQL_DIR } from '../../src/db/sql-files.ts'
import { dropTemplate } from '../../test/support/database.ts'
import type { Mutant } from './mutant.ts'

/** Code with a mistake in it, ready to be tested. */
export interface Patient {
  /** Directory of the kernel, when it is not the usual one. */
  readonly sqlDir?: string
  /** Root of the code and its tests, when it is not the usual one. */
  readonly root?: string
  remove(): Promise<void>
}

/** A mutant that says nothing about the tests: its text has gone, or no assertion failed. */
export class StaleMutant extends Error {
  override readonly name = 'StaleMutant'
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Files that tests need of the repository, besides what is linked. */
const COPIED = [
  'src',
  'test',
  'rig',
  'stress',
  'verify',
  'package.json',
  'tsconfig.json',
  'openapi.json',
]
const LINKED = ['node_modules', 'sql', 'web', 'docs', 'dist', 'scripts', 'bench', 'examples']

/** A copy of the kernel with the mistake in it. */
export async function mutatedKernel(mutant: Mutant): Promise<Patient> {
  const sqlDir = await mkdtemp(join(tmpdir(), 'rowlock-mutant-'))
  await cp(SQL_DIR, sqlDir, { recursive: true })
  await mutateFiles(mutant, sqlDir)
  return {
    sqlDir,
    remove: async () => {
      await dropTemplate(sqlDir)
      await rm(sqlDir, { recursive: true })
    },
  }
}

/** A copy of the code and its tests with the mistake in it; everything else is linked. */
export async function mutatedCode(mutant: Mutant): Promise<Patient> {
  const root = await mkdtemp(join(tmpdir(), 'rowlock-mutant-'))
  for (const name of COPIED) await cp(join(ROOT, name), join(root, name), { recursive: true })
  for (const name of LINKED) await symlink(join(ROOT, name), join(root, name))
  await mutateFiles(mutant, root)
  return { root, remove: () => rm(root, { recursive: true }) }
}

async function mutateFiles({ mutations }: Mutant, directory: string): Promise<void> {
  for (const { file, find, replace } of mutations) {
    const path = join(directory, file)
    const text = await readFile(path, 'utf8').catch(() => '')
    const count = text.split(find).length - 1
    if (count !== 1) throw new StaleMutant(`${file} has ${count} times: ${find}`)
    const mutated = text.replace(find, () => replace)
    if (mutated === text) throw new StaleMutant(`${file} stays the same`)
    await writeFile(path, mutated)
  }
}
