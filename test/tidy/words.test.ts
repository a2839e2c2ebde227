import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { ROOT_DIR, sourceFile, sourceFiles } from './rules/source-file.ts'
import {
  askingComments,
  emptyFileNames,
  emptyNames,
  endingsOutsideCli,
  machinePaths,
  putOffWork,
  undocumentedExports,
} from './rules/words.ts'

const PRODUCT = sourceFiles(['src', 'rig', 'stress', 'verify', 'web'], ['.ts', '.tsx'])
const CODE = [...PRODUCT, ...sourceFiles(['test', 'scripts', 'bench', 'examples'], ['.ts'])]
const SQL = sourceFiles(['sql'], ['.sql'])
const ROUTINES = SQL.filter(({ path }) => /^sql\/(?:functions|views)\//.test(path))
const PROSE = sourceFiles(['docs', 'deploy', 'examples', '.ci'], ['.md', '.sh', '.yaml', '.json'])
const FEATURES = sourceFiles(['test'], ['.feature'])
const ROOT = sourceFiles([''], ['.md', '.json', '.yaml', '.mjs', 'Dockerfile']).filter(
  ({ path }) => !path.includes('/'),
)
const ALL = [...CODE, ...SQL, ...PROSE, ...FEATURES, ...ROOT]

/** Messages of every commit there is; an unpacked archive has none. */
function commitMessages(): string {
  const log = spawnSync('git', ['log', '--format=%B'], { cwd: ROOT_DIR, encoding: 'utf8' })
  return log.status === 0 ? log.stdout : ''
}

describe('words', () => {
  it('no comment puts work off', () => {
    assert.deepEqual(putOffWork(ALL), [])
  })

  it('only the command line ends the process', () => {
    assert.deepEqual(endingsOutsideCli(PRODUCT), [])
  })

  it('nothing speaks of the paths of one machine', () => {
    assert.deepEqual(machinePaths(ALL), [])
  })

  it('nor does any message of a commit', () => {
    const messages = sourceFile('commits', commitMessages())
    assert.deepEqual(machinePaths([messages]), [])
  })

  it('files are named after something', () => {
    assert.deepEqual(emptyFileNames([...CODE, ...FEATURES]), [])
  })

  it('every export of the product says why it is there', () => {
    assert.deepEqual(undocumentedExports(PRODUCT), [])
  })

  it('doc comments begin with a verb or a noun', () => {
    assert.deepEqual(askingComments([...CODE, ...ROUTINES]), [])
  })

  it('no export is named after nothing', () => {
    assert.deepEqual(emptyNames(PRODUCT), [])
  })
})

describe('the rules of words can fail', () => {
  const one = (text: string, path = 'src/db/a.ts') => [sourceFile(path, text)]

  it('on a comment that puts work off', () => {
    assert.equal(putOffWork(one(`// ${'TO'}${'DO'}: later`)).length, 1)
  })

  it('on endings outside the command line', () => {
    assert.equal(endingsOutsideCli(one('process.exit(1)')).length, 1)
    assert.equal(endingsOutsideCli(one('process.exitCode = 1', 'stress/a.ts')).length, 1)
    assert.equal(endingsOutsideCli(one('process.exit(1)', 'src/cli/a.ts')).length, 0)
    assert.equal(endingsOutsideCli(one('process.platform')).length, 0)
  })

  it('on the path of one machine', () => {
    for (const home of ['home', 'work', 'Users']) {
      assert.equal(machinePaths(one(`// see /${home}/somebody/rowlock`)).length, 1)
    }
    assert.equal(machinePaths(one('// see https://example.org/home/page')).length, 0)
  })

  it('on a file that is named after nothing', () => {
    assert.equal(emptyFileNames([sourceFile('src/db/seat-helper.ts', '')]).length, 1)
    assert.deepEqual(emptyFileNames([sourceFile('test/db/hold-seats.test.ts', '')]), [])
  })

  it('on an export without a doc comment', () => {
    const text = `/** Says why. */
export const A = ['x'] as const
export type B = (typeof A)[number]
export async function c() {}
`
    assert.deepEqual(undocumentedExports(one(text)), ['src/db/a.ts:4: c has no doc comment'])
  })

  it('on a doc comment that begins like a question', () => {
    assert.equal(askingComments(one(`/** ${'What'} a seat is. */\nexport const A = 1`)).length, 1)
    assert.equal(askingComments(one('/**\n * Whether it is free,\n * or not.\n */')).length, 1)
    for (const word of ['Where', 'Which', 'When', 'Why', 'Whom', 'Whoever', 'As']) {
      assert.equal(askingComments(one(`/** ${word} it is so. */`)).length, 1)
    }
    const said = '/** Tells what a seat is. */\n// Whether it is.\n/** Whole shares of it. */'
    assert.deepEqual(askingComments(one(said)), [])
  })

  it('on such a comment about a function of SQL', () => {
    const headers = (text: string) => askingComments(one(text, 'sql/functions/sell.sql'))
    assert.equal(headers('-- What is sold.\ncreate').length, 1)
    assert.equal(headers('select 1;\n\n-- Under which name it is\n-- sold.\ncreate').length, 1)
    assert.deepEqual(headers('-- Sells seats.\n-- What is left stays.\n  -- Why: so.\n'), [])
  })

  it('on an export that is named after nothing', () => {
    assert.equal(emptyNames(one('export class SeatManager {}')).length, 1)
  })
})
