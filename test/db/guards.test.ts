/** The last guards: what the tables refuse, whoever writes them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('guards')

test('nobody changes history, not even the owner of the database', async () => {
  await kernel.createShow(2)
  for (const text of [
    "update rowlock.journal set actor = 'somebody else'",
    'delete from rowlock.journal',
    'truncate rowlock.journal',
  ]) {
    await assert.rejects(kernel.owner.query(text), /append-only/, text)
  }
})

test('a seat that is sold changes hands by no update, and one that is held does', async () => {
  const showId = await kernel.createShow(2)
  const session = await kernel.session()
  await session.one(command('book', showId, { seats: [0], seller: true }))
  await session.one(command('hold', showId, { seats: [1], hold_seconds: 60 }))
  const give = (seat: number) =>
    kernel.owner.query(
      `update rowlock.claims set hold_id = gen_random_uuid()
       where show_id = $1 and seat_no = $2`,
      [showId, seat],
    )
  await assert.rejects(give(0), /changes hands only by cancel or swap/)
  assert.equal((await give(1)).rowCount, 1)
})
