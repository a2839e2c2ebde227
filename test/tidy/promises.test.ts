import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  numbersCited,
  promisesOf,
  rulesAmiss,
  unknownPromises,
  untested,
} from './rules/promises.ts'
import { readSource, sourceFile, sourceFiles } from './rules/source-file.ts'

const PROMISES = promisesOf(readSource('docs/promises.md') ?? '')
const TESTS = sourceFiles(['test'], ['.ts', '.feature']).filter(
  ({ path }) => !path.startsWith('test/tidy/'),
)
const ALL = [
  ...TESTS,
  ...sourceFiles(
    ['src', 'rig', 'stress', 'verify', 'web', 'bench', 'scripts', 'examples'],
    ['.ts', '.tsx'],
  ),
  ...sourceFiles(['sql'], ['.sql']),
  ...sourceFiles(['docs'], ['.md']),
]

describe('promises', () => {
  it('are numbered from 1 without gaps', () => {
    const numbers = PROMISES.map(({ number }) => number)
    assert.ok(numbers.length >= 14)
    assert.deepEqual(
      numbers,
      [...numbers.keys()].map((index) => index + 1),
    )
  })

  it('are there wherever one is cited', () => {
    assert.deepEqual(unknownPromises(ALL, PROMISES), [])
  })

  it('are each cited by the tests that enforce them', () => {
    assert.deepEqual(untested(PROMISES, TESTS), [])
  })

  it('name every rule of the check, and no other', () => {
    const sql = sourceFiles(['sql/functions'], ['.sql'])
    assert.deepEqual(
      rulesAmiss(
        PROMISES,
        sql.filter(({ path }) => /violations/.test(path)),
      ),
      [],
    )
  })
})

describe('the rules of promises can fail', () => {
  const page = `# All
## 1. First\n\n- Tests: [\`a\`](../test/a.test.ts)\n- \`rowlock check\`: "one", "two"
## 2. Second\n`
  const promises = promisesOf(page)
  const test = (text: string) => [sourceFile('test/a.test.ts', text)]

  it('on a promise that nobody gave', () => {
    assert.deepEqual(numbersCited('(promise 1), Promises 2, 3 and 15: promises'), [1, 2, 3, 15])
    assert.deepEqual(unknownPromises(test('promise 3'), promises), [
      'test/a.test.ts:1: cites promise 3',
    ])
  })

  it('on a promise without a test, or with one that is not there or does not say so', () => {
    assert.deepEqual(untested(promises, test('Promise 1.')), ['promise 2 names no test'])
    assert.equal(untested(promises, test('Promise 2.')).length, 2)
    assert.equal(untested(promises, []).length, 2)
  })

  it('on rules that only one of page and check has', () => {
    const sql = [sourceFile('sql/functions/violations.sql', "select 1, 'one',\nselect 2, 'three'")]
    assert.deepEqual(rulesAmiss(promises, sql), [
      'docs do not say 2: three',
      'the check has no 1: two',
    ])
  })
})
