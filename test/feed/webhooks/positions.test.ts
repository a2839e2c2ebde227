/** Readers of events go on after a restore: nothing is left out without a word. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../../src/db/connection.ts'
import { useTestDatabase } from '../../support/database.ts'
import { by, codeOf, createShow, useServer } from '../../support/engines.ts'

const database = await useTestDatabase('positions')
const engine = await useServer(database.settings)
const owner = await connectClient(database.owner)
after(() => owner.end())

const follow = (show: string, from: string, limit = 100) =>
  engine.listEvents(show, { after: from, limit, owner: null })

async function idsAfter(show: string, from: string): Promise<string[]> {
  return (await follow(show, from)).events.map(({ id }) => id)
}

async function untilExpired(show: string): Promise<string> {
  for (;;) {
    const { events, after: end } = await follow(show, '0')
    if (events.some(({ type }) => type === 'hold.expired')) return end
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a position that the history does not have is refused, and the last one is not', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 5 })
  assert.equal((await follow(show, '0')).after, '1')
  assert.deepEqual(await follow(show, '1'), { events: [], after: '1' })
  for (const strange of ['2', '2.1', '1_r1', '0_r1']) {
    assert.equal(await codeOf(follow(show, strange)), 'position_unknown', strange)
  }
})

test('after a restore, positions from before it go on where the history is the same', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 5 })
  await engine.holdSeats(by('Alice'), show, { seats: ['A1'], holdSeconds: 1 })
  const before = await untilExpired(show)
  assert.equal(before, '2.1')
  await owner.query('select rowlock.note_restore()')
  await engine.bookSeats(by('Bob'), show, { seats: ['A2'] })
  await engine.bookSeats(by('Bob'), show, { seats: ['A3'] })
  const expired = `evt_${show}_2_expired`
  const news = [`evt_${show}_3_r1`, `evt_${show}_4_r1`]
  assert.deepEqual(await idsAfter(show, '2'), [expired, ...news])
  // Which holds had run out by then is of the history before: told once more, with the same id.
  assert.deepEqual(await idsAfter(show, before), [expired, ...news])
  // Versions that were given away before, too.
  for (const undone of ['3', '3.1', '4']) {
    assert.equal(await codeOf(follow(show, undone)), 'position_unknown', undone)
  }
  assert.deepEqual(await follow(show, '4.1_r1'), { events: [], after: '4.1_r1' })
  assert.deepEqual(await idsAfter(show, '3.1_r1'), [news[1]])
  assert.equal(await codeOf(follow(show, '4.1_r2')), 'position_unknown')
})

test('page by page, it is the same', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 5 })
  await engine.bookSeats(by('Bob'), show, { seats: ['A1'] })
  const { after: from } = await follow(show, '0', 1)
  await owner.query('select rowlock.note_restore()')
  await engine.bookSeats(by('Bob'), show, { seats: ['A2'] })
  const ids: (number | null)[] = []
  for (let place = from; ; ) {
    const page = await follow(show, place, 1)
    if (page.events.length === 0) break
    ids.push(...page.events.map(({ version }) => version))
    place = page.after
  }
  assert.deepEqual(ids, [2, 3])
})

test('who has just read a version goes on from it, whatever was restored', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: 5 })
  const version = String((await engine.readVersions([show])).versions.get(show))
  const query = { after: version, limit: 1, owner: null }
  assert.equal(await codeOf(engine.listEvents(show, query)), 'position_unknown')
  assert.deepEqual((await engine.listEvents(show, { ...query, isOfToday: true })).events, [])
})
