/**
 * `npm run mutants [-- --only 'part of a name'] [--table docs/mutants.md]`: makes one mistake after
 * the other in a copy of the kernel or of the engine, and runs a quick part of the tests on each.
 *
 * A mutant is killed by an assertion of a test that passes on the clean code, and by nothing else:
 * a test that cannot start, or a text that is no longer there, proves nothing: that is stale.
 * Takes some seconds per mutant, so it is not part of `npm test`.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isCode, type Mutant } from './mutants/mutant.ts'
import { MUTANTS } from './mutants/mutants.ts'
import { mutatedCode, mutatedKernel, type Patient, StaleMutant } from './mutants/patient.ts'
import { type Kill, runTest } from './mutants/run-test.ts'
import { type Fate, mutantTable, type Result } from './mutants/table.ts'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, table: { type: 'string' } },
  allowPositionals: true,
})

/** The first that fails ends the trial. */
const KERNEL_TESTS = [
  'model/histories',
  'model/batches',
  'model/malformed',
  'model/rare',
  'model/amended',
  'race/address-budget',
  'isolation/seats',
  'isolation/holds',
  'isolation/shows',
  'race/expiry',
  'race/retries',
]

const clean = new Map<string, boolean>()

/** Tells whether a test passes on what is not mutated; asked once of each. */
async function isClean(test: string): Promise<boolean> {
  const known = clean.get(test)
  if (known !== undefined) return known
  const outcome = await runTest(test, {})
  clean.set(test, outcome === null)
  return outcome === null
}

async function hunt(mutant: Mutant, patient: Patient): Promise<Kill | null> {
  for (const test of mutant.tests ?? KERNEL_TESTS) {
    const failure = await runTest(test, patient)
    if (failure === null) continue
    if (!(await isClean(test))) throw new StaleMutant(`${test} fails on the clean code, too`)
    if (!failure.isAssertion) throw new StaleMutant(`no assertion: ${failure.test}`)
    return failure
  }
  return null
}

async function judge(mutant: Mutant): Promise<Result> {
  const beganAt = performance.now()
  const result = (fate: Fate, told: string): Result => {
    return { mutant, fate, told, seconds: (performance.now() - beganAt) / 1000 }
  }
  let patient: Patient | null = null
  try {
    patient = await (isCode(mutant) ? mutatedCode(mutant) : mutatedKernel(mutant))
    const kill = await hunt(mutant, patient)
    if (kill) return result(mutant.equivalent ? 'stale' : 'killed', kill.test)
    if (mutant.equivalent) return result('equivalent', mutant.equivalent)
    return result('survived', 'nobody noticed')
  } catch (error) {
    if (error instanceof StaleMutant) return result('stale', error.message)
    throw error
  } finally {
    await patient?.remove()
  }
}

const results: Result[] = []
for (const mutant of MUTANTS.filter(({ name }) => name.includes(values.only))) {
  const result = await judge(mutant)
  results.push(result)
  const seconds = result.seconds.toFixed(1).padStart(5)
  console.log(`${seconds} s ${result.fate.padEnd(10)} ${mutant.name} | ${result.told}`)
}
const counts = Object.entries(Object.groupBy(results, ({ fate }) => fate))
console.log(Object.fromEntries(counts.map(([fate, some]) => [fate, some.length])))
if (values.table) await writeFile(values.table, mutantTable(results))
if (results.some(({ fate }) => fate === 'survived' || fate === 'stale')) process.exitCode = 1
