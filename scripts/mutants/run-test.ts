import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Patient } from './patient.ts'

/** Failure of a test on a mutant. */
export interface Kill {
  /** The file and the name of the test that failed: `file: name`. */
  readonly test: string
  /** True when it failed by saying that something is not so, or by breaking down. */
  readonly isAssertion: boolean
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Share of the usual number of random histories; they are the same in every run. */
const SCALE = '0.1'
const SEED = '1'
const MS_MAX = 120_000

/**
 * Runs a file of tests (`file`), or the tests of it that have a name (`file: name`); null when all
 * pass. Controls are left out: they mutate by themselves.
 */
export async function runTest(
  test: string,
  { sqlDir, root = ROOT }: Partial<Patient>,
): Promise<Kill | null> {
  const { file, name } = partsOf(test)
  const path = join(root, 'test', `${file}.test.ts`)
  const names = name === null ? [] : [`--test-name-pattern=/${escapeRegExp(name)}/`]
  const pattern = ['--test-skip-pattern=/^control/', ...names]
  const usual = ['--test', '--test-isolation=none', '--test-reporter=tap']
  const args = [...usual, ...pattern, path]
  const kernel = sqlDir === undefined ? {} : { ROWLOCK_TEST_SQL_DIR: sqlDir }
  const random = { ROWLOCK_TEST_SCALE: SCALE, ROWLOCK_TEST_SEED: SEED }
  // Half of what starting costs.
  const cache = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/rowlock-compiled') }
  const env = { ...process.env, ...kernel, ...random, ...cache }
  const child = spawn(process.execPath, args, { env, cwd: root, timeout: MS_MAX })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return code === 0 ? null : failureIn(file, said)
}

/** Takes `file: name` apart. */
export function partsOf(test: string): { file: string; name: string | null } {
  const [, file = test, name = null] = /^([\w/-]+): (.*)$/.exec(test) ?? []
  return { file, name }
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/**
 * Reads a failure of a test (not of a suite) off the report in TAP: the first assertion, or else
 * the first that broke down.
 */
export function failureIn(file: string, tap: string): Kill {
  let brokeDown: Kill | null = null
  for (const failure of tap.split(/^ *not ok \d+ - /m).slice(1)) {
    const [name = ''] = failure.split('\n', 1)
    const details = failure.slice(0, failure.indexOf('\n...') + 1 || undefined)
    if (/failureType: 'subtestsFailed'/.test(details)) continue
    const isBroken = /has \d+ times:|failureType: 'hookFailed'/.test(details)
    // A random history that fails wraps the assertion that it ran into.
    const isSaid = /code: 'ERR_ASSERTION'|Property failed after|AssertionError/.test(details)
    const kill = { test: `${file}: ${untapped(name)}`, isAssertion: isSaid && !isBroken }
    if (kill.isAssertion) return kill
    brokeDown ??= kill
  }
  return brokeDown ?? { test: `${file}: it does not even start`, isAssertion: false }
}

/** TAP has a backslash before what would begin a comment. */
function untapped(name: string): string {
  return name.replaceAll(/\\([\\#])/g, '$1')
}
