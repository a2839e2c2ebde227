/**
 * Thousands of random histories of a show, each played by the kernel and by a model of it in
 * memory: every answer, every status and every entry must be the same.
 *
 * Promises 2, 5 and 9.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Picture } from '../../src/engine/pictures/picture.ts'
import { useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { lettersOf, liveClaims, readLetters, replayJournal, toAnswer } from './compare.ts'
import { type History, histories, toCommands } from './history.ts'
import { changedTerms, clocksOf, modelTerms, type Played, preparePlayers } from './player.ts'
import { ShowModel } from './show-model.ts'

const kernel = await useKernel('model histories')
const newPlayer = await preparePlayers(kernel)

/** Follows a history that was played one command at a time, and says where the two differ. */
function compare(history: History, played: Played): void {
  const clocks = clocksOf(history)
  const model = new ShowModel(modelTerms(history.terms), clocks[0] ?? 0)
  let picture = new Picture()
  toCommands(history).forEach((commands, index) => {
    model.clock = clocks[index] as number
    const { change } = history.steps[index] as History['steps'][number]
    if (change) model.change(changedTerms(change))
    const result = played.steps[index] as Played['steps'][number]
    const expected = commands.map((command) => model.run(command))
    assert.deepEqual(result.outcomes.map(toAnswer), expected, `the answers of step ${index}`)
    assert.equal(readLetters(result.full), model.statuses(), `the statuses of step ${index}`)
    // As PictureReader does: a picture is not brought back in time, but made anew.
    if (result.changes.now < picture.now) picture = new Picture()
    picture.apply(picture.version === 0 ? result.full : result.changes)
    assert.equal(lettersOf(picture), model.statuses(), `the picture brought to step ${index}`)
    assert.equal(result.full.version, model.version)
    assert.equal(result.full.now, model.now)
  })
  assert.deepEqual(played.violations, [])
  assert.deepEqual(replayJournal(played.journal, model.now), liveClaims(played, model.now))
}

test('the kernel answers every history of single commands as the model does', async () => {
  const player = await newPlayer()
  const property = fc.asyncProperty(histories(24, 1), async (history) => {
    compare(history, await player.play(history, toCommands(history)))
  })
  await fc.assert(property, runs('single commands', 3000))
})

test('housekeeping changes nothing that anybody can see', async () => {
  const player = await newPlayer()
  const property = fc.asyncProperty(histories(24, 1), async (history) => {
    const commands = toCommands(history)
    const played = await player.play(history, commands)
    const pruned = await player.play(history, commands, 'together', true)
    pruned.steps.forEach(({ outcomes, full }, index) => {
      const step = played.steps[index] as Played['steps'][number]
      assert.deepEqual(outcomes, step.outcomes)
      assert.equal(readLetters(full), readLetters(step.full))
    })
    assert.deepEqual(pruned.journal, played.journal)
  })
  await fc.assert(property, runs('housekeeping', 500))
})
