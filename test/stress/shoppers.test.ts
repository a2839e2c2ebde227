import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRandom } from '../../rig/index.ts'
import { createShopper, type Shopper } from '../../stress/shoppers/shopper.ts'

const crowd = (seed: string, count = 500): Shopper[] =>
  Array.from({ length: count }, (_, number) => createShopper(seed, number))

/** Everything about a shopper, with the first decisions that they take on the way. */
function character({ random, ...drawn }: Shopper): unknown {
  return { ...drawn, decisions: Array.from({ length: 5 }, () => random.next()) }
}

describe('shoppers', () => {
  it('are the same for the same seed', () => {
    assert.deepEqual(crowd('one').map(character), crowd('one').map(character))
  })

  it('are others for another seed, and each is somebody else', () => {
    const texts = (seed: string) => crowd(seed).map((one) => JSON.stringify(character(one)))
    assert.equal(new Set([...texts('one'), ...texts('two')]).size, 1_000)
  })

  it('do everything that people do', () => {
    const all = crowd('one', 2_000)
    const traits: readonly ((one: Shopper) => boolean)[] = [
      (one) => one.approach === 'chosen',
      (one) => one.approach === 'best',
      (one) => one.approach === 'places',
      (one) => one.approach === 'direct',
      (one) => one.abandons,
      (one) => one.remorse === 'some',
      (one) => one.remorse === 'all',
      (one) => one.extendsHold,
      (one) => one.paysLate,
      (one) => one.confirmsTwice,
      (one) => one.reusesKey,
      (one) => one.doubleClicks,
      (one) => one.lossShare > 0.1,
      (one) => one.swaps,
      (one) => one.cancels === 'some',
      (one) => one.cancels === 'all',
    ]
    for (const trait of traits) assert.ok(all.some(trait), trait.toString())
    assert.deepEqual([...new Set(all.map(({ party }) => party))].sort(), [1, 2, 3, 4, 5, 6])
  })
})

describe('seeded decisions', () => {
  it('are spread evenly, and never 1', () => {
    const random = createRandom('even')
    const values = Array.from({ length: 20_000 }, () => random.next())
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    assert.ok(Math.abs(mean - 0.5) < 0.01, String(mean))
    assert.ok(values.every((value) => value >= 0 && value < 1))
  })

  it('keep within their bounds', () => {
    const random = createRandom('bounds')
    const wholes = Array.from({ length: 1_000 }, () => random.whole(2, 4))
    assert.deepEqual([...new Set(wholes)].sort(), [2, 3, 4])
    const spans = Array.from({ length: 20_000 }, () => random.span(10))
    const mean = spans.reduce((sum, span) => sum + span, 0) / spans.length
    assert.ok(Math.max(...spans) <= 50)
    assert.ok(Math.abs(mean - 10) < 0.5, String(mean))
  })
})
