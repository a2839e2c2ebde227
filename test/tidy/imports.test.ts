import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { backDoors, dashboardOffences, layerOffences, strayImports } from './rules/imports.ts'
import { sourceFile, sourceFiles } from './rules/source-file.ts'

const PRODUCT = sourceFiles(['src', 'rig', 'stress', 'verify', 'web'], ['.ts', '.tsx'])

describe('imports', () => {
  it('point only to the left: protocol, db and plans, engine, auth and feed, server, cli', () => {
    assert.deepEqual(layerOffences(PRODUCT), [])
  })

  it('of the dashboard point only to the left, and pages do not know each other', () => {
    assert.deepEqual(dashboardOffences(PRODUCT), [])
  })

  it('never reach past the index of another layer', () => {
    assert.deepEqual(backDoors(PRODUCT), [])
  })

  it('of the product never lead out of it', () => {
    assert.deepEqual(strayImports(PRODUCT), [])
  })
})

describe('the rules of imports can fail', () => {
  const one = (path: string, text: string) => [sourceFile(path, text)]

  for (const [path, text] of [
    ['src/engine/a.ts', "import { b } from '../server/b.ts'"],
    ['src/engine/a.ts', "import type {\n  B,\n} from '../auth/b.ts'"],
    ['src/protocol/a.ts', "export * from '../db/b.ts'"],
    ['src/plans/a.ts', "import { b } from '../db/b.ts'"],
    ['src/plans/a.ts', "import { b } from '../engine/b.ts'"],
    ['src/server/a.ts', "const b = await import('../cli/b.ts')"],
    ['src/client/a.ts', "import '../engine/b.ts'"],
    ['web/map/a.ts', "import { b } from '../../src/engine/b.ts'"],
    ['src/misplaced/a.ts', "import { b } from '../protocol/b.ts'"],
  ] as const) {
    it(`on ${text.replace(/\s+/g, ' ')} in ${path}`, () => {
      assert.equal(layerOffences(one(path, text)).length, 1)
    })
  }

  for (const [path, text] of [
    ['web/dashboard/parts/a.ts', "import { b } from '../show/b.ts'"],
    ['web/dashboard/shows/a.ts', "import type { B } from '../show/b.ts'"],
    ['web/dashboard/misplaced/a.ts', "import { b } from '../time/b.ts'"],
  ] as const) {
    it(`on ${text} in ${path}`, () => {
      assert.equal(dashboardOffences(one(path, text)).length, 1)
    })
  }

  it('not on what points down', () => {
    const text = "import { b } from '../protocol/b.ts'\nimport { c } from '../engine/c.ts'"
    assert.deepEqual(layerOffences(one('src/server/a.ts', text)), [])
  })

  it('on what reaches past an index, but not past that of a folder or a door', () => {
    const text = "import { a } from '../protocol/operations/roles.ts'"
    assert.equal(backDoors(one('src/server/a.ts', text)).length, 1)
    assert.deepEqual(backDoors(one('src/server/a.ts', text.replace('roles', 'index'))), [])
    const labels = "import { seatKey } from '../../src/protocol/labels.ts'"
    assert.deepEqual(backDoors(one('web/map/a.ts', labels)), [])
    assert.equal(backDoors(one('src/server/x/a.ts', labels.replace('/src', ''))).length, 1)
  })

  it('on a product that imports its tests', () => {
    const stray = strayImports(one('src/db/a.ts', "import { b } from '../../test/b.ts'"))
    assert.deepEqual(stray, ['src/db/a.ts:1: imports test/b.ts'])
  })
})
