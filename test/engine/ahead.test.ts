/** A clock that was ahead for a moment: a show's time stays there, and somebody is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('ahead')
await useTestClock(kernel.owner)
const engine = await useServer(kernel.database.settings)

test('health and check say how far a show is ahead of the clock', async () => {
  const show = await createShow(engine, ['A1', 'A2', 'A3'])
  const other = await createShow(engine, ['A1'])
  await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
  assert.equal(engine.status().secondsAhead, 0)
  assert.equal(await engine.readSecondsAhead(show), 0)

  await advanceClock(kernel.owner, 3_600)
  await engine.holdSeats(by('Alice'), show, { seats: ['A2'] })
  await advanceClock(kernel.owner, -3_600)
  await engine.holdSeats(by('Alice'), show, { seats: ['A3'] })
  await engine.holdSeats(by('Alice'), other, { seats: ['A1'] })

  const { secondsAhead } = engine.status()
  assert.ok(secondsAhead > 3_500 && secondsAhead <= 3_600, String(secondsAhead))
  const read = await engine.readSecondsAhead(show)
  assert.ok(read > 3_500 && read <= 3_600, String(read))
  assert.equal(await engine.readSecondsAhead(other), 0)
})
