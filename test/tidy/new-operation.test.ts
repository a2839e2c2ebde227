import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesThatName, pathsListed } from './rules/new-operation.ts'
import { readSource, sourceFile, sourceFiles } from './rules/source-file.ts'

/** The example that CONTRIBUTING goes by. */
const EXAMPLE = 'extendHold'
const COUNT_MAX = 8
const LISTED = pathsListed(readSource('CONTRIBUTING.md') ?? '', 'A new operation')
/** Code that an operation is made of. The command line may use it; nothing there has to. */
const PRODUCT = [...sourceFiles(['src'], ['.ts']), ...sourceFiles(['sql'], ['.sql'])].filter(
  ({ path }) => !path.startsWith('src/cli/') && path !== 'sql/schema.sql',
)

describe('a new operation', () => {
  it(`takes ${COUNT_MAX} files that somebody writes, listed in CONTRIBUTING`, () => {
    assert.equal(LISTED.length, COUNT_MAX)
    const name = new RegExp(EXAMPLE.replace(/[A-Z]/g, '[-_ ]?$&'), 'i')
    const strangers = LISTED.filter((path) => !name.test(`${path} ${readSource(path) ?? ''}`))
    assert.deepEqual(strangers, [])
  })

  it('is named nowhere else by hand', () => {
    const unlisted = filesThatName(EXAMPLE, PRODUCT).filter((path) => !LISTED.includes(path))
    assert.deepEqual(unlisted, [])
  })
})

describe('the count of files can fail', () => {
  it('on a list that names an operation in any spelling, not in what a program made', () => {
    const files = [
      sourceFile('src/a.ts', "import { extendHold } from './b.ts'"),
      sourceFile('sql/functions/extend_hold.sql', ''),
      sourceFile('src/b.ts', '// Made from the contract.\nextendHold()'),
      sourceFile('src/c.ts', 'extendHolds(ExtendHoldBody)'),
    ]
    assert.deepEqual(filesThatName('extendHold', files), [
      'src/a.ts',
      'sql/functions/extend_hold.sql',
    ])
  })

  it('reads the numbered paths of one section', () => {
    const page = '## Other\n\n1. `a`\n\n## List\n\n1. `b`: x\n2. `c`\n\n## Next\n\n1. `d`\n'
    assert.deepEqual(pathsListed(page, 'List'), ['b', 'c'])
  })
})
