import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Command } from '../../src/engine/lanes/command.ts'
import type { ModelAnswer, ShowModel } from './show-model.ts'

/**
 * An order in which the commands of a batch, one after the other, get the answers that the batch
 * gave; the model is brought to its end. What was done stands in the order of its versions; what
 * changed nothing stands wherever its answer was right. Fails when there is no such order.
 */
export function serialOrder(
  model: ShowModel,
  commands: readonly Command[],
  answers: readonly ModelAnswer[],
): number[] {
  const order: number[] = []
  const isDone = ({ code, replayed }: ModelAnswer) => code === 'done' && !replayed
  const waiting = new Set(answers.flatMap((answer, n) => (isDone(answer) ? [] : [n])))
  const done = answers
    .flatMap((answer, n) => (isDone(answer) ? [n] : []))
    .toSorted((one, two) => version(answers[one]) - version(answers[two]))

  const placeFitting = () => {
    for (const n of waiting) {
      const command = commands[n] as Command
      const decision = model.decide(command)
      if (!isDeepStrictEqual(decision.answer, answers[n])) continue
      model.commit(command, decision)
      order.push(n)
      waiting.delete(n)
      // What it left under its request id may be what another one was answered from.
      return true
    }
    return false
  }

  while (placeFitting());
  for (const n of done) {
    const command = commands[n] as Command
    assert.deepEqual(answers[n], model.run(command), `command ${n} was done out of turn`)
    order.push(n)
    while (placeFitting());
  }
  const odd = [...waiting].map((n) => ({ command: commands[n], answer: answers[n] }))
  assert.deepEqual(odd, [], 'answers that were never right')
  return order
}

function version(answer: ModelAnswer | undefined): number {
  return answer?.entry?.version ?? 0
}
