/** Languages that clients are made for, where their runtimes are at hand. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = new URL('../../', import.meta.url)

/** A client in another language, and what runs it. */
export interface Language {
  readonly name: string
  readonly program: string
  /** Commands that run a text, and one that prints a line only where the runtime is new enough. */
  readonly probe: readonly string[]
  /** Directory of the programs that tests play, and how their names end. */
  readonly tests: string
  readonly ending: string
  readonly guide: string
  /** Makes one program of the blocks of the guide. */
  readonly start: string
}

/** Clients in other languages. */
export const LANGUAGES: readonly Language[] = [
  {
    name: 'Python',
    program: 'python3',
    probe: ['-c', 'import sys; sys.version_info >= (3, 11) and print("fit")'],
    tests: 'clients/python/tests',
    ending: 'py',
    guide: 'docs/guides/python.md',
    start: `import sys; sys.path.insert(0, '${pathOf('clients/python')}')`,
  },
  {
    name: 'PHP',
    program: 'php',
    probe: ['-r', 'echo PHP_VERSION_ID >= 80200 ? "fit\n" : "";'],
    tests: 'clients/php/tests',
    ending: 'php',
    guide: 'docs/guides/php.md',
    start: `spl_autoload_register(fn ($name) => require '${pathOf('clients/php/src/')}'
      . basename(str_replace('\\\\', '/', $name)) . '.php');`,
  },
]

/** Finds a file of the repository. */
export function pathOf(name: string): string {
  return fileURLToPath(new URL(name, ROOT))
}

/** Says why a client cannot be run here; false where it can. */
export async function whyNot({ program, probe }: Language): Promise<string | false> {
  const { stdout } = await run(program, [...probe]).catch(() => ({ stdout: '' }))
  return stdout.trim() !== 'fit' && `${program} is not here, or too old`
}

/** Names a program that the tests play. */
export function programOf({ tests, ending }: Language, name: string): string {
  return pathOf(`${tests}/${name}.${ending}`)
}
