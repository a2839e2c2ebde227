/**
 * A batch is a faster way to what its commands would do one by one. Random histories of batches
 * are played; each batch must have an order in which the model gives the same answers; and in that
 * order, each command sent alone, the kernel must end with the same journal and the same claims, of
 * those that still count.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { countingClaims, liveClaims, readLetters, replayJournal, toAnswer } from './compare.ts'
import { type History, histories, toCommands } from './history.ts'
import { changedTerms, clocksOf, modelTerms, type Played, preparePlayers } from './player.ts'
import { serialOrder } from './serial-order.ts'
import { ShowModel } from './show-model.ts'

const kernel = await useKernel('model batches')
const newPlayer = await preparePlayers(kernel)

/** The order in which each batch's commands could have come one by one; the show's last time. */
function ordersOf(history: History, played: Played) {
  const clocks = clocksOf(history)
  let model = new ShowModel(modelTerms(history.terms), clocks[0] ?? 0)
  const orders = toCommands(history).map((commands, index) => {
    model.clock = clocks[index] as number
    const { change } = history.steps[index] as History['steps'][number]
    if (change) model.change(changedTerms(change))
    const { outcomes, full } = played.steps[index] as Played['steps'][number]
    assert.equal(outcomes.length, commands.length, 'one answer for each command')
    const answers = outcomes.map(toAnswer)
    const serial = serialOrder(model, commands, answers)
    if (!serial) assert.fail(`no order explains ${JSON.stringify({ commands, answers }, null, 1)}`)
    model = serial.model
    assert.equal(readLetters(full), model.statuses(), `the statuses of step ${index}`)
    return serial.order
  })
  assert.deepEqual(played.violations, [])
  assert.deepEqual(replayJournal(played.journal, model.now), liveClaims(played, model.now))
  return { orders, now: model.now }
}

/** Sorts the seats that were freed: they are told in no particular order. */
function sortFreed(journal: readonly unknown[]): unknown[] {
  type Entry = { freed: number[] }
  return (journal as Entry[]).map((entry) => ({ ...entry, freed: entry.freed.toSorted() }))
}

async function agree(history: History): Promise<void> {
  const player = await ready
  const commands = toCommands(history)
  const together = await player.play(history, commands)
  const { orders, now } = ordersOf(history, together)
  const inOrder = commands.map((batch, index) => orders[index]?.map((n) => batch[n] as never) ?? [])
  const alone = await player.play(history, inOrder, 'one by one')
  orders.forEach((order, index) => {
    const given = together.steps[index]?.outcomes.map(toAnswer) ?? []
    const inTurn = alone.steps[index]?.outcomes.map(toAnswer) ?? []
    assert.deepEqual(
      inTurn,
      order.map((n) => given[n]),
    )
  })
  assert.deepEqual(sortFreed(alone.journal), sortFreed(together.journal))
  assert.deepEqual(countingClaims(alone, now), countingClaims(together, now))
}

const ready = newPlayer()

test('a batch answers as its commands would, one by one in some order', async () => {
  await fc.assert(fc.asyncProperty(histories(6, 6), agree), runs('small batches', 900))
})

test('so does a large batch, where many want the same seats', async () => {
  await fc.assert(fc.asyncProperty(histories(3, 20), agree), runs('large batches', 200))
})
