/** A show that is brought back to its beginning: everything ends, each with an entry of its own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, useKernel } from '../support/kernel.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const kernel = await useKernel('reset')
await useTestClock(kernel.owner)

async function reset(showId: number): Promise<number> {
  const { rows } = await kernel.owner.query<{ count: number }>(
    "select rowlock.reset_show($1, 'test')::int as count",
    [showId],
  )
  return rows[0]?.count ?? -1
}

/** A show with a hold, a sale and a block, and a hold that has run out. */
async function aShow(): Promise<number> {
  const showId = await kernel.createShow(6)
  const session = await kernel.session()
  await session.one(command('hold', showId, { seats: [0], hold_seconds: 1 }))
  await advanceClock(kernel.owner, 2)
  const hers = { owner: 'user_1', holder: 'Ada', metadata: { order: '7' } }
  await session.one(command('hold', showId, { seats: [1, 2], hold_seconds: 600, ...hers }))
  await session.one(command('book', showId, { seats: [3], seller: true }))
  await session.one(command('block', showId, { seats: [4], reference: 'camera' }))
  return showId
}

async function claimCount(showId: number): Promise<number> {
  const { rows } = await kernel.owner.query('select from rowlock.claims where show_id = $1', [
    showId,
  ])
  return rows.length
}

test('whatever is held, sold or blocked ends as what it is, and no other show', async () => {
  const [showId, other] = [await aShow(), await aShow()]
  const before = await claimCount(other)
  assert.equal(await reset(showId), 3)
  const { rows } = await kernel.owner.query<Record<string, unknown>>(
    `select kind, seats, freed, owner, holder, metadata, actor
     from rowlock.journal where show_id = $1 and details ->> 'reset' = 'true' order by freed`,
    [showId],
  )
  const nobodys = { seats: [], owner: null, holder: null, metadata: null, actor: 'test' }
  assert.deepEqual(rows, [
    {
      ...nobodys,
      kind: 'release',
      freed: [1, 2],
      owner: 'user_1',
      holder: 'Ada',
      metadata: { order: '7' },
    },
    { ...nobodys, kind: 'cancel', freed: [3] },
    { ...nobodys, kind: 'unblock', freed: [4] },
  ])
  assert.deepEqual(await kernel.violations(showId), [])
  assert.deepEqual([await claimCount(showId), await claimCount(other)], [0, before])
})

test('it waits for whoever sells just now, and ends that sale, too', async () => {
  const showId = await kernel.createShow(2)
  const session = await kernel.session()
  await session.begin()
  await session.one(command('book', showId, { seats: [0], seller: true }))
  const other = await kernel.session()
  const counted = other.client.query<{ count: number }>(
    "select rowlock.reset_show($1, 'test')::int as count",
    [showId],
  )
  await other.untilWaiting()
  await session.commit()
  assert.equal((await counted).rows[0]?.count, 1)
})
