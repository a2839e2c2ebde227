import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { longFiles, longFunctions, longLines, sqlFunctions } from './rules/sizes.ts'
import { sourceFile, sourceFiles } from './rules/source-file.ts'

const CODE = ['src', 'rig', 'stress', 'verify', 'test', 'scripts', 'bench', 'examples', 'web']
/** Files that people read: what a program makes nobody reads from top to bottom. */
const TS = sourceFiles(CODE, ['.ts', '.tsx']).filter(
  ({ text }) => !text.startsWith('// Made from '),
)
const SQL = sourceFiles(['sql'], ['.sql']).filter(({ path }) => path !== 'sql/schema.sql')

const lines = (count: number) => Array.from({ length: count }, (_, n) => `  step(${n})`)

describe('sizes', () => {
  it('no line is longer than 100 columns', () => {
    const features = sourceFiles(['test'], ['.feature'])
    assert.deepEqual(longLines([...TS, ...SQL, ...features]), [])
  })

  it('no file of SQL is longer than 400 lines', () => {
    assert.deepEqual(longFiles(SQL), [])
  })

  it('no function of the kernel is longer than 120 lines', () => {
    assert.deepEqual(longFunctions(SQL), [])
  })
})

describe('the rules of sizes can fail', () => {
  it('on a line of 101 columns, but not on one of 100', () => {
    const file = sourceFile('src/a.ts', `${'é'.repeat(100)}\n${'x'.repeat(101)}\n`)
    assert.deepEqual(longLines([file]), ['src/a.ts:2: 101 columns, at most 100'])
  })

  it('on a file of 401 lines, but not on one of 400', () => {
    const short = sourceFile('sql/a.sql', 'a\n'.repeat(400))
    const long = sourceFile('sql/b.sql', 'a\n'.repeat(401))
    assert.deepEqual(longFiles([short, long]), ['sql/b.sql:1: 401 lines, at most 400'])
  })

  it('on a function of the kernel', () => {
    const text = `create or replace function rowlock.sell() returns void
language plpgsql
as $$
${lines(117).join('\n')}
$$;`
    const file = sourceFile('sql/functions/sell.sql', text)
    assert.equal(sqlFunctions(file).length, 1)
    assert.deepEqual(longFunctions([file]), [
      'sql/functions/sell.sql:1: rowlock.sell has 121 lines, at most 120',
    ])
  })
})
