import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { longFiles, longFunctions, longLines, sqlFunctions } from './rules/sizes.ts'
import { sourceFile, sourceFiles } from './rules/source-file.ts'

const CODE = ['src', 'rig', 'stress', 'verify', 'test', 'scripts', 'bench', 'examples', 'web']
const FILES = [...sourceFiles(CODE, ['.ts', '.tsx']), ...sourceFiles(['sql'], ['.sql'])]
/** What a program makes nobody reads from top to bottom. */
const WRITTEN = FILES.filter(
  ({ path, text }) => path !== 'sql/schema.sql' && !text.startsWith('// Made from '),
)

/** One function that is a table, with a row for each operation. */
const TABLES = new Set(['scripts/costs/dearest.ts'])

const lines = (count: number) => Array.from({ length: count }, (_, n) => `  step(${n})`)

describe('sizes', () => {
  it('no line is longer than 100 columns', () => {
    const features = sourceFiles(['test'], ['.feature'])
    assert.deepEqual(longLines([...WRITTEN, ...features]), [])
  })

  it('no file is longer than 400 lines', () => {
    assert.deepEqual(longFiles(WRITTEN), [])
  })

  it('no function is longer than 70 lines', () => {
    assert.deepEqual(longFunctions(WRITTEN.filter(({ path }) => !TABLES.has(path))), [])
  })
})

describe('the rules of sizes can fail', () => {
  it('on a line of 101 columns, but not on one of 100', () => {
    const file = sourceFile('src/a.ts', `${'é'.repeat(100)}\n${'x'.repeat(101)}\n`)
    assert.deepEqual(longLines([file]), ['src/a.ts:2: 101 columns, at most 100'])
  })

  it('on a file of 401 lines, but not on one of 400', () => {
    const short = sourceFile('src/a.ts', 'a\n'.repeat(400))
    const long = sourceFile('src/b.ts', 'a\n'.repeat(401))
    assert.deepEqual(longFiles([short, long]), ['src/b.ts:1: 401 lines, at most 400'])
  })

  for (const [what, first, last] of [
    ['a function', 'export async function sell(seat: string): Promise<void> {', '}'],
    ['a function whose parameters take lines', 'function sell(\n  seat: string,\n): void {', '}'],
    ['an arrow', 'const sell = (seat: string) => {', '}'],
    ['a method', 'class Shop {\n  async #sell(seat: string): Promise<void> {', '  }\n}'],
    ['a callback', "it('sells', async () => {", '})'],
  ] as const) {
    it(`on ${what} of more than 70 lines`, () => {
      const around = [...first.split('\n'), last.split('\n')[0]].filter((line) => {
        return line !== 'class Shop {'
      }).length
      const short = [first, ...lines(70 - around), last].join('\n')
      const long = [first, ...lines(71 - around), last].join('\n')
      assert.deepEqual(longFunctions([sourceFile('src/a.ts', short)]), [])
      assert.match(longFunctions([sourceFile('src/a.ts', long)])[0] ?? '', /has 71 lines/)
    })
  }

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

  it('not on a group of tests, nor on what only looks like code', () => {
    const group = ["describe('selling', () => {", ...lines(100), '})'].join('\n')
    const text = ['const page = `', 'function sell() {', ...lines(100), '}', '`'].join('\n')
    const files = [sourceFile('test/a.ts', group), sourceFile('src/b.ts', text)]
    assert.deepEqual(longFunctions(files), [])
  })
})
