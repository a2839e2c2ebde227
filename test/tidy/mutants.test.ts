/**
 * Mistakes that are planted are found by an assertion, or not at all: a test that breaks down has
 * noticed nothing, and a mistake whose text is gone proves nothing.
 */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Mutant } from '../../scripts/mutants/mutant.ts'
import { MUTANTS } from '../../scripts/mutants/mutants.ts'
import { failureIn, partsOf } from '../../scripts/mutants/run-test.ts'

function report(name: string, details: string): string {
  return `TAP version 13\nnot ok 1 - ${name}\n  ---\n${details}\n  ...\n1..1\n`
}

const ASSERTION = "  failureType: 'testCodeFailure'\n  code: 'ERR_ASSERTION'"

test('an assertion that fails is a kill', () => {
  const kill = failureIn('isolation/seats', report('two holds', ASSERTION))
  assert.deepEqual(kill, { test: 'isolation/seats: two holds', isAssertion: true })
})

test('a suite is passed over, for the test in it that failed', () => {
  const inner = `    not ok 1 - inner\n      ---\n  ${ASSERTION}\n      ...\n`
  const kill = failureIn('a', `${inner}${report('suite', "  failureType: 'subtestsFailed'")}`)
  assert.deepEqual(kill, { test: 'a: inner', isAssertion: true })
})

for (const [name, details] of [
  ['a mistake of its own that is not found', `${ASSERTION}\n  error: 'apply has 0 times: for'`],
  ['a hook that fails', `  failureType: 'hookFailed'\n  code: 'ERR_ASSERTION'`],
  ['an error that nobody expected', "  failureType: 'testCodeFailure'\n  error: 'no such table'"],
  ['time that runs out', "  failureType: 'testTimeoutFailure'\n  code: 'ERR_TEST_FAILURE'"],
] as const) {
  test(`${name} is no kill`, () => {
    assert.equal(failureIn('a', report('b', details)).isAssertion, false)
  })
}

test('an assertion counts, whatever broke down before it', () => {
  const broken = report('first', "  failureType: 'testCodeFailure'\n  error: 'no such table'")
  const kill = failureIn('a', `${broken}${report('second', ASSERTION)}`)
  assert.deepEqual(kill, { test: 'a: second', isAssertion: true })
})

test('a test that found a mistake is found again by its name', () => {
  const { test } = failureIn('model/noted', report('an id \\#1: of a hold', ASSERTION))
  assert.deepEqual(partsOf(test), { file: 'model/noted', name: 'an id #1: of a hold' })
})

test('a test that does not start is no kill', () => {
  assert.equal(failureIn('a', 'TAP version 13\n').isAssertion, false)
})

async function staleIn({ name, mutations }: Mutant): Promise<string[]> {
  const stale: string[] = []
  for (const { file, find } of mutations) {
    const path = file.startsWith('src/') ? file : `sql/${file}`
    const text = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8').catch(() => '')
    const count = text.split(find).length - 1
    if (count !== 1) stale.push(`${name}: ${path} has ${count} times: ${find}`)
  }
  return stale
}

test('every mistake can be planted in the code as it is', async () => {
  assert.deepEqual((await Promise.all(MUTANTS.map(staleIn))).flat(), [])
})

/** Files of SQL in which there are no mistakes to plant, and why. */
const SPARED: Readonly<Record<string, string>> = {}

async function sqlFiles(): Promise<string[]> {
  const names = await Promise.all(
    ['functions', 'views'].map(async (folder) => {
      const files = await readdir(new URL(`../../sql/${folder}`, import.meta.url))
      return files.filter((file) => file.endsWith('.sql')).map((file) => `${folder}/${file}`)
    }),
  )
  return names.flat()
}

test('every file of functions and views has planted mistakes, or a reason for none', async () => {
  const files = await sqlFiles()
  assert.ok(files.length > 50)
  const planted = new Set(MUTANTS.flatMap(({ mutations }) => mutations.map(({ file }) => file)))
  const without = files.filter((file) => !planted.has(file))
  assert.deepEqual(without, Object.keys(SPARED), 'plant mistakes in scripts/mutants')
})
