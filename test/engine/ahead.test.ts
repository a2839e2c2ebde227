/** A clock that was ahead for a moment: a show's time stays there, and somebody is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by, codeOf, createShow, shopper, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('ahead')
await useTestClock(kernel.owner)
const engine = await useServer(kernel.database.settings)
const seller = { ...by('box office'), caller: { ...shopper('box office'), boxOffice: true } }

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

test('until the clock has caught up, the box office gives back what nobody wants', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  await advanceClock(kernel.owner, 3_600)
  await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
  await advanceClock(kernel.owner, -3_600)
  await engine.holdSeats(by('Bob'), show, { seats: ['A2'], holdSeconds: 60 })
  await advanceClock(kernel.owner, 600)
  assert.equal(await codeOf(engine.bookSeats(seller, show, { seats: ['A2'] })), 'seats_unavailable')

  const { items } = await engine.listHolds(seller.caller, show, { limit: 10 })
  const left = items.find(({ seats }) => seats.includes('A2'))
  await engine.releaseHold(seller, show, String(left?.id), {})
  assert.equal(await codeOf(engine.bookSeats(seller, show, { seats: ['A2'] })), 'done')
  assert.deepEqual(await engine.checkShow(show), [])
})
