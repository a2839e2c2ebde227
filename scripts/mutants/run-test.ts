import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Patient } from './patient.ts'

/** Failure of a test on a mutant. */
export interface Kill {
  /** The file and the name of the first test that failed. */
  readonly test: string
  /** True when it failed by saying that something is not so, or by breaking down. */
  readonly isAssertion: boolean
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Of the usual number of random histories. */
const SCALE = '0.1'
const MS_MAX = 120_000

/** Runs one file of tests; null when all pass. Controls are left out: they mutate by themselves. */
export async function runTest(
  test: string,
  { sqlDir, root = ROOT }: Partial<Patient>,
): Promise<Kill | null> {
  const path = join(root, 'test', `${test}.test.ts`)
  const args = ['--test', '--test-reporter=tap', '--test-skip-pattern=/^control/', path]
  const kernel = sqlDir === undefined ? {} : { ROWLOCK_TEST_SQL_DIR: sqlDir }
  const env = { ...process.env, ...kernel, ROWLOCK_TEST_SCALE: SCALE }
  const child = spawn(process.execPath, args, { env, cwd: root, timeout: MS_MAX })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return code === 0 ? null : firstFailure(test, said)
}

/** Reads the first failure of a test (not of a suite) off the report in TAP. */
export function firstFailure(test: string, tap: string): Kill {
  const failures = tap.split(/^ *not ok \d+ - /m).slice(1)
  for (const failure of failures) {
    const [name = ''] = failure.split('\n', 1)
    const details = failure.slice(0, failure.indexOf('\n...') + 1 || undefined)
    if (/failureType: 'subtestsFailed'/.test(details)) continue
    const isBroken = /has \d+ times:|failureType: 'hookFailed'/.test(details)
    // A random history that fails wraps the assertion that it ran into.
    const isSaid = /code: 'ERR_ASSERTION'|Property failed after|AssertionError/.test(details)
    return { test: `${test}: ${name}`, isAssertion: isSaid && !isBroken }
  }
  return { test: `${test}: it does not even start`, isAssertion: false }
}
