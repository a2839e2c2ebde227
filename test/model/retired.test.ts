/**
 * Random histories of venues and plans that are retired and brought back, each played by the engine
 * and by a model of it: what is retired takes nothing new, and what is on sale sells on.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { setClock, useTestClock } from '../support/test-clock.ts'
import { Catalogue, type Noun, type Step } from './catalogue-model.ts'
import { CataloguePlayer } from './catalogue-player.ts'

const kernel = await useKernel('model retired')
await useTestClock(kernel.owner)
const engine = await useServer(kernel.database.settings)
/** Long before any show. */
const BEGINNING = Date.parse('2029-01-01T12:00:00Z')

/** Long enough for most histories to meet what was retired some steps before. */
const LENGTH = { minLength: 1, maxLength: 30, size: 'max' } as const

const target = fc.nat({ max: 7 })
const noun = fc.constantFrom<Noun>('venue', 'plan')
const retired = fc.constantFrom(true, true, false)
const seat = fc.constantFrom('A1', 'A2', 'A3')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: one('retire'), noun, retired, target }) },
  { weight: 2, arbitrary: fc.record({ kind: one('rename'), noun, target }) },
  { weight: 2, arbitrary: fc.record({ kind: one('create plan'), target }) },
  { weight: 5, arbitrary: fc.record({ kind: one('create show', 'same show'), target }) },
  { weight: 3, arbitrary: fc.record({ kind: one('repeat'), target }) },
  { weight: 2, arbitrary: fc.record({ kind: one('retry'), target }) },
  { weight: 4, arbitrary: fc.record({ kind: one('book', 'hold'), seat, target }) },
)

function one<Kind extends string>(...kinds: readonly Kind[]): fc.Arbitrary<Kind> {
  return fc.constantFrom(...kinds)
}

/** The clock stands still within a step, so that the model knows every instant. */
async function follow(steps: readonly Step[]): Promise<void> {
  await setClock(kernel.owner, new Date(BEGINNING - 1000).toISOString())
  const player = await CataloguePlayer.of(engine)
  const model = new Catalogue()
  for (const [index, one] of steps.entries()) {
    const now = new Date(BEGINNING + index * 1000).toISOString()
    await setClock(kernel.owner, now)
    const expected = model.run(one, now)
    assert.equal(await player.run(one, now), expected, `step ${index}: ${JSON.stringify(one)}`)
    assert.deepEqual(await player.look(), model.look(), `what there is after step ${index}`)
  }
}

test('what is retired takes nothing new, and what is on sale sells on', async () => {
  const property = fc.asyncProperty(fc.array(step, LENGTH), follow)
  await fc.assert(property, runs('retired', 300))
})
