/** Test that the same write again is told what was told the first time, whatever happened since. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hold } from '../../src/protocol/index.ts'
import { newUuid } from '../../src/protocol/index.ts'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('replays')
await useTestClock(kernel.owner)
const engine = await useServer(kernel.database.settings)

/** Picks what an answer says of the hold, without how long is left of it. */
function told({ secondsLeft, ...hold }: Hold): Omit<Hold, 'secondsLeft'> {
  return hold
}

test('a hold that was paid for, given back or ran out is repeated as it was answered', async () => {
  const show = await createShow(engine, ['A1', 'A2', 'A3'])
  const endings = {
    A1: (id: string) => engine.confirmHold(by('Alice'), show, id, {}),
    A2: (id: string) => engine.releaseHold(by('Alice'), show, id, {}),
    A3: () => advanceClock(kernel.owner, 700),
  }
  for (const [seat, end] of Object.entries(endings)) {
    const key = newUuid()
    const hold = () => engine.holdSeats(by('Alice', key), show, { seats: [seat] })
    const first = await hold()
    await end(first.value.id)
    const again = await hold()
    assert.deepEqual([first.replayed, again.replayed], [false, true])
    assert.deepEqual(told(again.value), told(first.value))
    assert.deepEqual([again.value.status, again.value.booking], ['live', null])
  }
})

test('an extension is repeated as it was answered; only its seconds run on', async () => {
  const show = await createShow(engine, ['A1'])
  const { value: hold } = await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
  const key = newUuid()
  const extend = () => engine.extendHold(by('Alice', key), show, hold.id, { holdSeconds: 900 })
  const first = await extend()
  assert.equal(first.value.secondsLeft, 900)
  await advanceClock(kernel.owner, 100)
  assert.ok((await extend()).value.secondsLeft <= 800)
  await advanceClock(kernel.owner, 1_000)
  const last = await extend()
  assert.deepEqual(told(last.value), told(first.value))
  assert.deepEqual([last.value.status, last.value.secondsLeft], ['live', 0])
  const { status } = await engine.getHold(by('Alice').caller, show, hold.id)
  assert.equal(status, 'expired')
})

test('a part that was given back is repeated as it was answered', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  const { value: hold } = await engine.holdSeats(by('Alice'), show, { seats: ['A1', 'A2'] })
  const key = newUuid()
  const release = () => engine.releaseHold(by('Alice', key), show, hold.id, { seats: ['A2'] })
  const first = await release()
  await engine.confirmHold(by('Alice'), show, hold.id, {})
  const again = await release()
  assert.deepEqual(told(again.value), told(first.value))
  assert.deepEqual([again.value.seats, again.value.status], [['A1'], 'live'])
})

test('a key that was used for seats is taken for changes of the show, and vice versa', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  const clerk = (key: string) => ({
    caller: { ...by('clerk').caller, boxOffice: true, seller: true },
    idempotencyKey: key,
  })
  const [sold, refused, changed] = [newUuid(), newUuid(), newUuid()]
  await engine.bookSeats(clerk(sold), show, { seats: ['A1'] })
  const again = engine.bookSeats(clerk(refused), show, { seats: ['A1'] })
  await assert.rejects(again, { code: 'seats_unavailable' })
  await engine.changeShow(clerk(changed), show, { title: 'Othello' })
  // The refusal of a sale is remembered: its key is no longer free either.
  for (const key of [sold, refused]) {
    const change = engine.changeShow(clerk(key), show, { title: 'Macbeth' })
    await assert.rejects(change, { code: 'idempotency_key_reused' })
  }
  const book = engine.bookSeats(clerk(changed), show, { seats: ['A2'] })
  await assert.rejects(book, { code: 'idempotency_key_reused' })
  const { replayed } = await engine.changeShow(clerk(changed), show, { title: 'Othello' })
  assert.equal(replayed, true)
})
