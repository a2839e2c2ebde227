/** A clock that jumps far ahead of the show and of the server is not believed: nothing is done. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BookSeatsBody, newUuid, Refusal } from '../../src/protocol/index.ts'
import { by, codeOf, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('clock_ahead')
await useTestClock(kernel.owner, { isDoubted: true })
const engine = await useServer(kernel.database.settings)

/** Tells what a write answers while the clock is an hour ahead. */
async function anHourAhead(write: () => Promise<unknown>): Promise<unknown> {
  await advanceClock(kernel.owner, 3_600)
  try {
    return await write()
  } catch (error) {
    return error
  } finally {
    await advanceClock(kernel.owner, -3_600)
  }
}

async function versionOf(show: string): Promise<number> {
  return (await engine.getAvailability(show)).read().version
}

for (const kind of ['sold before', 'new'] as const) {
  test(`a show that was ${kind} is not written to, and its time stays`, async () => {
    const show = await createShow(engine, ['A1', 'A2'])
    if (kind === 'sold before') await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
    const before = await versionOf(show)
    const error = await anHourAhead(() => engine.holdSeats(by('Bob'), show, { seats: ['A2'] }))
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.code, 'unavailable')
    assert.match(error.message, /clock is far ahead of this server's; nothing was done/)
    assert.equal(await versionOf(show), before)
    assert.equal(await engine.readSecondsAhead(show), 0)
    assert.equal(await codeOf(engine.holdSeats(by('Bob'), show, { seats: ['A2'] })), 'done')
  })
}

test('a sale is not remembered as refused: it may be tried again under its key', async () => {
  const show = await createShow(engine, ['A1'])
  const key = newUuid()
  const body: BookSeatsBody = { seats: ['A1'] }
  const book = () => engine.bookSeats(by('Bob', key), show, body)
  assert.equal(((await anHourAhead(book)) as Refusal).code, 'unavailable')
  const { replayed, value } = await book()
  assert.deepEqual([replayed, value.seats], [false, ['A1']])
})

test('a clock that is less than a minute off has not jumped', async () => {
  const show = await createShow(engine, ['A1'])
  await advanceClock(kernel.owner, 50)
  assert.equal(await codeOf(engine.holdSeats(by('Bob'), show, { seats: ['A1'] })), 'done')
  await advanceClock(kernel.owner, -50)
})
