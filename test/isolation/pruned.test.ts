/** Claims that ran out stay until no clock that jumps back can bring their hold to life. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('pruned')
await useTestClock(kernel.owner)

async function prunedClaims(show: number): Promise<number> {
  const { rows } = await kernel.owner.query<{ claims: number }>(
    `select (rowlock.prune_show($1, interval '1 hour') ->> 'claims')::int as claims`,
    [show],
  )
  return rows[0]?.claims ?? 0
}

test('what ran out is pruned after a while, or when something younger is written', async () => {
  const session = await kernel.session()
  const show = await kernel.createShow(10)
  await session.one(command('hold', show, { seats: [0], hold_seconds: 60 }))
  await advanceClock(kernel.owner, 120)
  assert.equal(await prunedClaims(show), 0, 'it ran out a minute ago')
  await session.one(command('hold', show, { seats: [1], hold_seconds: 60 }))
  assert.equal(await prunedClaims(show), 1, 'an entry is younger than its end')
  await advanceClock(kernel.owner, 3_800)
  assert.equal(await prunedClaims(show), 1, 'it ran out more than an hour ago')
})
