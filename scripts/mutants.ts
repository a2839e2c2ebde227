/**
 * `npm run mutants [-- --only 'part of a name'] [--except 'part of a name'] [--again] [--jobs 2]
 * [--table docs/mutants.md]`: makes one mistake after the other in a copy of the kernel or of the
 * engine, and runs a quick part of the tests on each.
 *
 * A mutant is killed by an assertion of a test that passes on the clean code, and by nothing else:
 * a test that cannot start, or a text that is no longer there, proves nothing: that is stale.
 * The test that killed a mutant last is tried first. Verdicts on the same code are not asked for
 * again (unless `--again`), so a run that was stopped goes on where it was.
 * Takes some seconds per mutant, so it is not part of `npm test`.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { codeOf, Memory, type Verdict } from './mutants/memory.ts'
import { isCode, type Mutant } from './mutants/mutant.ts'
import { MUTANTS } from './mutants/mutants.ts'
import { mutatedCode, mutatedKernel, type Patient, StaleMutant } from './mutants/patient.ts'
import { partsOf, runTest } from './mutants/run-test.ts'
import { countsPerFile, type Fate, mutantTable, type Result } from './mutants/table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [''] },
    except: { type: 'string', multiple: true, default: [] },
    again: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '1' },
    memory: { type: 'string', default: 'node_modules/.cache/rowlock-mutants.json' },
    table: { type: 'string' },
  },
})

/** The first that fails ends the trial; the quickest come first. */
const KERNEL_TESTS = [
  'model/rare',
  'model/amended',
  'model/noted',
  'model/batches',
  'model/malformed',
  'isolation/holds',
  'isolation/seats',
  'model/histories',
  'isolation/shows',
  'race/address-budget',
  'race/expiry',
  'race/retries',
]

const memory = new Memory(values.memory)
const clean = new Map<string, Promise<boolean>>()

/** Tells whether a test passes on what is not mutated, by itself or among its neighbours. */
function isClean(test: string): Promise<boolean> {
  const { file } = partsOf(test)
  const asked = async () =>
    (await runTest(test, {})) === null || (test !== file && (await isClean(file)))
  const answer = clean.get(test) ?? asked()
  clean.set(test, answer)
  return answer
}

/** Tests of the kernel: those first that found most of the mistakes in the same file. */
function likeliest(mutant: Mutant): readonly string[] {
  const [file] = mutant.name.split(':')
  const beside = MUTANTS.filter(({ name }) => name.startsWith(`${file}:`))
  const kills = beside.map(({ name }) => partsOf(memory.get(name)?.told ?? '').file)
  const count = (test: string) => kills.filter((one) => one === test).length
  return KERNEL_TESTS.toSorted((one, other) => count(other) - count(one))
}

/** Name of the test that fails on it and passes on the clean code; null if there is none. */
async function hunt(mutant: Mutant, patient: Patient): Promise<string | null> {
  const tests = mutant.tests ?? KERNEL_TESTS
  const before = memory.get(mutant.name)
  const isFirst = before?.fate === 'killed' && tests.includes(partsOf(before.told).file)
  const doubts: string[] = []
  for (const test of isFirst ? [before.told, ...tests] : (mutant.tests ?? likeliest(mutant))) {
    const failure = await runTest(test, patient)
    if (failure === null) continue
    if (failure.isAssertion && (await isClean(failure.test))) return failure.test
    doubts.push(failure.isAssertion ? `on the clean code, too: ${failure.test}` : failure.test)
  }
  if (doubts.length > 0) throw new StaleMutant(`no assertion: ${doubts[0]}`)
  return null
}

async function judge(mutant: Mutant): Promise<[Fate, string]> {
  let patient: Patient | null = null
  try {
    patient = await (isCode(mutant) ? mutatedCode(mutant) : mutatedKernel(mutant))
    const kill = await hunt(mutant, patient)
    if (kill !== null) return [mutant.equivalent ? 'stale' : 'killed', kill]
    if (mutant.equivalent) return ['equivalent', mutant.equivalent]
    return ['survived', 'nobody noticed']
  } catch (error) {
    if (error instanceof StaleMutant) return ['stale', error.message]
    throw error
  } finally {
    await patient?.remove()
  }
}

/** Hash of the code that a verdict rests on: a kill needs no more than the test that killed. */
function codeFor(mutant: Mutant, fate: Fate, told: string): Promise<string> {
  const all = mutant.tests ?? KERNEL_TESTS
  return codeOf(mutant, fate === 'killed' ? [partsOf(told).file] : all)
}

async function holds(mutant: Mutant, { fate, told, code }: Verdict): Promise<boolean> {
  return (await codeFor(mutant, fate, told).catch(() => '')) === code
}

async function resultOf(mutant: Mutant): Promise<Result> {
  const before = memory.get(mutant.name)
  if (before && !values.again && (await holds(mutant, before))) return { mutant, ...before }
  const beganAt = performance.now()
  const [fate, told] = await judge(mutant)
  const seconds = (performance.now() - beganAt) / 1000
  // What is stale may be the machine's fault, so it is tried again.
  if (fate !== 'stale')
    memory.keep(mutant.name, { fate, told, seconds, code: await codeFor(mutant, fate, told) })
  console.log(`${seconds.toFixed(1).padStart(5)} s ${fate.padEnd(10)} ${mutant.name} | ${told}`)
  return { mutant, fate, told, seconds }
}

const isAny = (parts: readonly string[]) => (mutant: Mutant) =>
  parts.some((part) => mutant.name.includes(part))
const chosen = MUTANTS.filter(isAny(values.only)).filter((one) => !isAny(values.except)(one))
const results: Result[] = []
const waiting = chosen.entries()
const work = async () => {
  for (const [index, mutant] of waiting) results[index] = await resultOf(mutant)
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work))
console.log(countsPerFile(results))
for (const { mutant, fate, told } of results)
  if (fate === 'survived' || fate === 'stale') console.log(`${fate}: ${mutant.name} | ${told}`)
if (values.table) await writeFile(values.table, mutantTable(results))
if (results.some(({ fate }) => fate === 'survived' || fate === 'stale')) process.exitCode = 1
