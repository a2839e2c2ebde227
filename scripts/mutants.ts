/**
 * `npm run mutants [-- part of a name]`: makes one mistake after the other in a copy of the kernel
 * and runs a quick part of the tests on each. A mistake that no test finds is a hole in the tests.
 * Takes some seconds per mutant, so it is not part of `npm test`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SQL_DIR } from '../src/db/sql-files.ts'
import { dropTemplate } from '../test/support/database.ts'
import type { Mutant } from './mutants/mutant.ts'
import { MUTANTS } from './mutants/mutants.ts'

/** The first that fails ends the trial. */
const TESTS = [
  'model/histories',
  'model/batches',
  'model/malformed',
  'model/rare',
  'race/address-budget',
  'isolation/seats',
  'isolation/holds',
  'isolation/shows',
  'race/expiry',
  'race/retries',
]
/** Of the usual number of random histories. */
const SCALE = '0.1'
const MS_MAX = 120_000
const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The name of the first test that failed, or null when none did. */
async function run(test: string, sqlDir: string): Promise<string | null> {
  const path = join(ROOT, 'test', `${test}.test.ts`)
  const args = ['--test', '--test-reporter=tap', '--test-skip-pattern=/^control/', path]
  const env = { ...process.env, ROWLOCK_TEST_SQL_DIR: sqlDir, ROWLOCK_TEST_SCALE: SCALE }
  const child = spawn(process.execPath, args, { env, timeout: MS_MAX })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  if (code === 0) return null
  const failed = said.match(/^ *not ok \d+ - (.*)$/m)?.[1] ?? 'it does not even start'
  return `${test}: ${failed}`
}

async function apply({ mutations }: Mutant, sqlDir: string): Promise<void> {
  for (const { file, find, replace } of mutations) {
    const path = join(sqlDir, file)
    const text = await readFile(path, 'utf8')
    const count = text.split(find).length - 1
    if (count !== 1) throw new Error(`${file} has ${count} times: ${find}`)
    await writeFile(
      path,
      text.replace(find, () => replace),
    )
  }
}

/** Who found it, or null. */
async function hunt(mutant: Mutant): Promise<string | null> {
  const sqlDir = await mkdtemp(join(tmpdir(), 'rowlock-mutant-'))
  try {
    await cp(SQL_DIR, sqlDir, { recursive: true })
    await apply(mutant, sqlDir)
    for (const test of TESTS) {
      const found = await run(test, sqlDir)
      if (found !== null) return found
    }
    return null
  } finally {
    await dropTemplate(sqlDir)
    await rm(sqlDir, { recursive: true })
  }
}

const wanted = process.argv[2] ?? ''
const counts = { killed: 0, equivalent: 0, survived: 0, stale: 0 }
for (const mutant of MUTANTS.filter(({ name }) => name.includes(wanted))) {
  const beganAt = performance.now()
  let line: string
  try {
    const found = await hunt(mutant)
    const fate = found ? 'killed' : mutant.equivalent ? 'equivalent' : 'survived'
    counts[fate] += 1
    line = `${fate.padEnd(10)} ${mutant.name} | ${found ?? mutant.equivalent ?? 'nobody noticed'}`
  } catch (error) {
    counts.stale += 1
    line = `stale      ${mutant.name} | ${error}`
  }
  console.log(`${((performance.now() - beganAt) / 1000).toFixed(1).padStart(5)} s ${line}`)
}
console.log(counts)
if (counts.survived + counts.stale > 0) process.exitCode = 1
