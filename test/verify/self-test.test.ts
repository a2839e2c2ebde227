import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RULES } from '../../verify/judge/finding.ts'
import { judge } from '../../verify/judge/judge.ts'
import { LIES } from '../../verify/self-test/lies.ts'
import { selfTest } from '../../verify/self-test/self-test.ts'
import { simulate } from '../../verify/self-test/simulate.ts'

describe('the judge', () => {
  const result = selfTest()

  it('finds nothing in what is right', () => {
    assert.deepEqual(result.falseAlarms, [])
  })

  for (const { name, rule, isCaught } of result.lies) {
    it(`finds out that ${name}`, () => assert.ok(isCaught, `${rule} was not said`))
  }

  it('has a lie for every rule', () => {
    const told = new Set<string>(LIES.map(({ rule }) => rule))
    const untold = Object.keys(RULES).filter((rule) => !told.has(rule))
    assert.deepEqual(untold, [])
  })

  it('compares something: an empty history is no clean one', () => {
    const { counts, histories } = judge(simulate('counts'))
    assert.equal(histories, 1)
    for (const name of ['done', 'refused', 'entries', 'reads', 'events', 'deliveries'] as const) {
      assert.ok(counts[name] > 0, name)
    }
  })
})
