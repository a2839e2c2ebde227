import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isCode, type Mutant } from './mutant.ts'
import type { Fate } from './table.ts'

/** Finding of a run, and the code that it is true of. */
export interface Verdict {
  readonly fate: Fate
  /** Test that found it, or the reason why none could. */
  readonly told: string
  readonly seconds: number
  /** Hash of all that the verdict rests on. */
  readonly code: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Verdicts of former runs, in a file that may be lost. One on the same code holds, so that a run
 * that was stopped goes on where it was; one on other code tells which test to try first.
 */
export class Memory {
  readonly #path: string
  readonly #verdicts: Map<string, Verdict>

  constructor(path: string) {
    this.#path = path
    this.#verdicts = new Map(Object.entries(readJson(path)))
  }

  get(name: string): Verdict | undefined {
    return this.#verdicts.get(name)
  }

  /** Remembers it, and writes the file anew: whoever is killed then has lost nothing. */
  keep(name: string, verdict: Verdict): void {
    this.#verdicts.set(name, verdict)
    mkdirSync(dirname(this.#path), { recursive: true })
    writeFileSync(`${this.#path}.tmp`, JSON.stringify(Object.fromEntries(this.#verdicts), null, 1))
    renameSync(`${this.#path}.tmp`, this.#path)
  }
}

function readJson(path: string): Record<string, Verdict> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Hash of a mistake and of all that decides whether these files of tests find it. */
export async function codeOf(mutant: Mutant, tests: readonly string[]): Promise<string> {
  const { mutations, equivalent } = mutant
  // What stands in TypeScript carries commands to the kernel and answers back, and no more.
  const folders = isCode(mutant) ? ['sql', 'src', 'test/support'] : ['sql', 'test/support']
  const beside = tests.map((test) => `test/${dirname(test)}`)
  const hashes = [...new Set([...folders, ...beside])].sort().map(hashOf)
  const files = [...tests].sort().map((test) => readFile(join(ROOT, 'test', `${test}.test.ts`)))
  const texts = (await Promise.all(files)).map(digest)
  return digest(JSON.stringify([mutations, equivalent, await Promise.all(hashes), texts]))
}

const known = new Map<string, Promise<string>>()

function hashOf(folder: string): Promise<string> {
  const hash = known.get(folder) ?? hashFolder(join(ROOT, folder))
  known.set(folder, hash)
  return hash
}

/** Tests in it stand for themselves: a new one makes no old verdict doubtful. */
async function hashFolder(path: string): Promise<string> {
  const found = await readdir(path, { recursive: true, withFileTypes: true })
  const files = found
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = await Promise.all(files.map((file) => readFile(file)))
  return digest(texts.map((text, i) => `${files[i]?.slice(ROOT.length)} ${digest(text)}`).join())
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
