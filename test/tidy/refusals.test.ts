/** "When two apply, the one that stands first in the table wins": every list is in its order. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ERRORS } from '../../src/protocol/index.ts'
import { OPERATIONS } from '../../src/protocol/operations/index.ts'
import { codesInHeader, outOfOrder } from './rules/refusals.ts'
import { sourceFiles } from './rules/source-file.ts'

const TABLE = Object.keys(ERRORS)
const KERNEL = sourceFiles(['sql/functions'], ['.sql'])
/**
 * Codes that are looked at before a command reaches the function of its operation, or by the
 * engine.
 */
const ELSEWHERE = ['forbidden', 'show_unknown', 'idempotency_key_reused', 'already_confirmed']

/** Operations that are a command of the kernel, with the file that says what it means. */
const COMMANDS = Object.entries(OPERATIONS).flatMap(([name, operation]) => {
  if (!('command' in operation)) return []
  const path = `sql/functions/${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}.sql`
  const file = KERNEL.find((one) => one.path === path)
  assert.ok(file, `${name} has no ${path}`)
  return [{ name, file, refusals: operation.refusals as readonly string[] }]
})

describe('the order of refusals', () => {
  it('is that of the table wherever an operation lists what it refuses', () => {
    const wrong = Object.entries(OPERATIONS).flatMap(([name, { refusals }]) =>
      outOfOrder(refusals, TABLE).map((pair) => `${name}: ${pair}`),
    )
    assert.deepEqual(wrong, [])
  })

  for (const { name, file, refusals } of COMMANDS) {
    it(`${name}: the contract and the kernel say the same`, () => {
      const wanted = refusals.filter((code) => !ELSEWHERE.includes(code))
      const said = codesInHeader(file).filter((code) => TABLE.includes(code))
      assert.deepEqual(said, wanted)
    })
  }
})

describe('the rules of refusals can fail', () => {
  const table = ['a_first', 'b_second', 'c_third']
  const file = {
    text: '-- sells.\n-- Outcomes, first match wins: a_first (of\n-- all), b_second; done.\ncode',
  }

  it('on a list in another order', () => {
    assert.deepEqual(outOfOrder(['a_first', 'c_third', 'b_second'], table), [
      'b_second before c_third',
    ])
    assert.deepEqual(outOfOrder(['a_first', 'c_third'], table), [])
  })

  it('on what a header says', () => {
    assert.deepEqual(codesInHeader(file), ['a_first', 'b_second', 'done'])
  })
})
