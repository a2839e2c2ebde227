/** Questions that come while one is under way go together, and fail by themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AskedTogether } from '../../../src/feed/webhooks/asked-together.ts'

/** Answers twice the number, in the order of the questions; refuses what is odd. */
function useDoubling(atOnceMax: number) {
  const asked: (readonly number[])[] = []
  let answer: (() => void) | null = null
  const together = new AskedTogether<number, number>(async (questions) => {
    asked.push(questions)
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return questions.map((question) =>
      question % 2 === 0
        ? { status: 'fulfilled', value: 2 * question }
        : { status: 'rejected', reason: new Error(`${question} is odd`) },
    )
  }, atOnceMax)
  const next = async () => {
    await new Promise(setImmediate)
    answer?.()
    await new Promise(setImmediate)
  }
  return { together, asked, next }
}

test('what is asked in one turn, or while an answer is due, goes together', async () => {
  const { together, asked, next } = useDoubling(3)
  const first = [2, 4].map((question) => together.ask(question))
  await new Promise(setImmediate)
  const later = [6, 8, 10, 12].map((question) => together.ask(question))
  assert.deepEqual(asked, [[2, 4]])
  await next()
  assert.deepEqual(asked, [
    [2, 4],
    [6, 8, 10],
  ])
  await next()
  await next()
  assert.deepEqual(await Promise.all([...first, ...later]), [4, 8, 12, 16, 20, 24])
  assert.deepEqual(asked.at(-1), [12])
  const last = together.ask(14)
  await next()
  assert.equal(await last, 28)
})

test('one that fails takes none of the others along', async () => {
  const { together, next } = useDoubling(3)
  const answers = Promise.allSettled([2, 3, 4].map((question) => together.ask(question)))
  await next()
  const told = (await answers).map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))
  assert.deepEqual(told, [4, 'refused', 8])
})

test('a round trip that fails fails for all of them, and the next one goes out', async () => {
  let failing = true
  const together = new AskedTogether<number, number>(async (questions) => {
    if (failing) throw new Error('no answer')
    return questions.map((value) => ({ status: 'fulfilled', value }))
  }, 10)
  const answers = await Promise.allSettled([together.ask(1), together.ask(2)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  failing = false
  assert.equal(await together.ask(3), 3)
})
