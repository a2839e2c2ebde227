import { isDeepStrictEqual } from 'node:util'
import type { Command } from '../../src/engine/lanes/command.ts'
import type { ModelAnswer } from './model-answers.ts'
import type { ShowModel } from './show-model.ts'

/** An order of the commands of a batch, and the show after it. */
export interface Serial {
  readonly order: readonly number[]
  readonly model: ShowModel
}

/**
 * An order in which the commands of a batch, one after the other, get the answers that the batch
 * gave; null when there is none. What was done stands in the order of its versions; what changed
 * nothing stands wherever its answer was right.
 */
export function serialOrder(
  model: ShowModel,
  commands: readonly Command[],
  answers: readonly ModelAnswer[],
): Serial | null {
  const numbers = commands.map((_, n) => n)
  const isDone = (n: number) => answers[n]?.code === 'done' && !answers[n]?.replayed
  const done = numbers.filter(isDone).toSorted((one, two) => version(one) - version(two))
  const waiting = numbers.filter((n) => !isDone(n))
  return search(model.clone(), [], waiting, done)

  function version(n: number): number {
    return answers[n]?.entry?.version ?? 0
  }

  function search(
    show: ShowModel,
    order: readonly number[],
    open: readonly number[],
    next: readonly number[],
  ): Serial | null {
    const [after, later] = placeQuiet(show, order, open, next)
    for (const n of later) {
      // What it leaves under its request id is what others under it would be told from then on.
      const place = fitting(show, n)
      if (!place) continue
      const found = search(place, [...after, n], without(later, n), next)
      if (found) return found
    }
    const [first, ...rest] = next
    if (first === undefined) return later.length === 0 ? { order: after, model: show } : null
    const place = fitting(show, first)
    return place && search(place, [...after, first], later, rest)
  }

  /** Places whatever fits and leaves nothing that another one could be told. */
  function placeQuiet(
    show: ShowModel,
    order: readonly number[],
    open: readonly number[],
    next: readonly number[],
  ): [order: number[], open: number[]] {
    const [after, later] = [[...order], [...open]]
    for (const n of open) {
      const command = commands[n] as Command
      const decision = show.decide(command)
      if (!isDeepStrictEqual(decision.answer, answers[n])) continue
      const isTwin = [...later, ...next].some((other) => {
        return other !== n && commands[other]?.request_id === command.request_id
      })
      if (decision.isRemembered && isTwin) continue
      show.commit(command, decision)
      after.push(n)
      later.splice(later.indexOf(n), 1)
    }
    return [after, later]
  }

  /** The show after a command, if its answer is right there. */
  function fitting(show: ShowModel, n: number): ShowModel | null {
    const command = commands[n] as Command
    const place = show.clone()
    return isDeepStrictEqual(place.run(command), answers[n]) ? place : null
  }
}

function without(numbers: readonly number[], gone: number): number[] {
  return numbers.filter((n) => n !== gone)
}
