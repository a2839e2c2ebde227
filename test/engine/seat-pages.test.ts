/** Pages of seats are kept as they are, but never longer than they are true. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('seat pages')
await useTestClock(kernel.owner)
const engine = await useServer(kernel.database.settings)

test('a page is the same until a seat of its show changes, also by time alone', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  const other = await createShow(engine, ['A1', 'A2'])
  const list = (key = show) => engine.listSeats(key, { limit: 100 })
  const statuses = async () => (await list()).items.map(({ status }) => status)
  const first = await list()
  assert.equal(await list(), first)
  assert.notEqual(await list(other), first)
  assert.notEqual(await engine.listSeats(show, { limit: 1 }), first)
  await engine.holdSeats(by('Alice'), show, { seats: ['A1'], holdSeconds: 60 })
  assert.deepEqual(await statuses(), ['held', 'available'])
  await advanceClock(kernel.owner, 61)
  assert.deepEqual(await statuses(), ['available', 'available'])
  await engine.bookSeats(by('Bob'), show, { seats: ['A2'] })
  assert.deepEqual(await statuses(), ['available', 'booked'])
})
