/** Reads are current: whatever was answered before a read was asked for is in it (promise 8). */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import type { Engine } from '../../src/engine/index.ts'
import { PictureReader } from '../../src/engine/pictures/picture-reader.ts'
import { useTestDatabase } from '../support/database.ts'
import { by, codeOf, createShow, useServer } from '../support/engines.ts'
import { advanceClock, useTestClock } from '../support/test-clock.ts'

const testDatabase = await useTestDatabase('pictures')
const owner = await connectClient(testDatabase.owner)
after(() => owner.end())
await useTestClock(owner)
const servers = [
  await useServer(testDatabase.settings),
  await useServer(testDatabase.settings),
] as const
const database = await openDatabase(testDatabase.settings)
after(() => database.close())

async function statuses(engine: Engine, show: string): Promise<string> {
  return (await engine.getStatuses(show)).read().statuses
}

async function showIdOf(show: string): Promise<number> {
  const { rows } = await owner.query('select show_id::int from rowlock.shows where key = $1', [
    show,
  ])
  return rows[0].show_id
}

/**
 * Wraps a database so that it tells how many reads it had, and keeps them until they are let go.
 */
function gated(open: () => Promise<void>) {
  let count = 0
  const answered = Promise.withResolvers<void>()
  const read: Database['read'] = async (text, values) => {
    count += 1
    const rows = await database.read(text, values)
    answered.resolve()
    await open()
    return rows as never
  }
  const gate: Database = { ...database, read }
  return { database: gate, count: () => count, answered: answered.promise }
}

test('every server sees a hold as soon as it was answered, however many are reading', async () => {
  const show = await createShow(servers[0], { rows: 'A', seatsPerRow: 30 })
  const { items } = await servers[0].listSeats(show, { limit: 30 })
  let isOver = false
  const crowd = Array.from({ length: 10 }, async (_, index) => {
    while (!isOver) await statuses(servers[index % 2] as Engine, show)
  })
  for (const [index, { seat }] of items.entries()) {
    await servers[index % 2]?.holdSeats(by('Alice'), show, { seats: [seat] })
    const expected = 'h'.repeat(index + 1).padEnd(30, 'a')
    assert.deepEqual(await Promise.all(servers.map((engine) => statuses(engine, show))), [
      expected,
      expected,
    ])
  }
  isOver = true
  await Promise.all(crowd)
})

test('whoever asks while a read is under way shares the next one', async () => {
  const show = await createShow(servers[0], ['A1'])
  const showId = await showIdOf(show)
  const gate = Promise.withResolvers<void>()
  const { database: slow, count, answered } = gated(() => gate.promise)
  const reader = new PictureReader(slow)
  const early = reader.read(showId).then((picture) => picture.statusOf(0))
  // The database has answered it, so it cannot know of what comes now.
  await answered
  await servers[0].holdSeats(by('Alice'), show, { seats: ['A1'] })
  const late = Array.from({ length: 1000 }, () => reader.read(showId))
  gate.resolve()
  assert.equal(await early, 'available')
  for (const picture of await Promise.all(late)) assert.equal(picture.statusOf(0), 'held')
  assert.equal(count(), 2)
})

test('a read that fails does not fail those that come after it', async () => {
  const show = await createShow(servers[0], ['A1'])
  const showId = await showIdOf(show)
  let failures = 1
  const { database: broken } = gated(async () => {
    if (failures-- > 0) throw new Error('lost')
  })
  const reader = new PictureReader(broken)
  const first = reader.read(showId)
  const second = reader.read(showId)
  await assert.rejects(first, /lost/)
  assert.equal((await second).statusOf(0), 'available')
})

test('holds end in a picture without any entry', async () => {
  const show = await createShow(servers[0], ['A1', 'A2', 'A3'])
  await servers[0].holdSeats(by('Alice'), show, { seats: ['A1'], holdSeconds: 60 })
  await servers[0].holdSeats(by('Bob'), show, { seats: ['A2'], holdSeconds: 90 })
  await servers[0].bookSeats(by('Bob'), show, { seats: ['A3'] })
  assert.equal(await statuses(servers[1], show), 'hhb')
  const before = (await servers[1].getStatuses(show)).etag
  await advanceClock(owner, 61)
  assert.equal(await statuses(servers[1], show), 'ahb')
  assert.notEqual((await servers[1].getStatuses(show)).etag, before)
  await advanceClock(owner, 30)
  assert.equal(await statuses(servers[1], show), 'aab')
  const [one, two] = await Promise.all(servers.map((engine) => engine.getStatuses(show)))
  assert.equal(one?.etag, two?.etag)
})

test('when the clock jumps back, a picture tells what the kernel does', async () => {
  const show = await createShow(servers[0], ['A1'])
  await servers[0].holdSeats(by('Alice'), show, { seats: ['A1'], holdSeconds: 60 })
  await advanceClock(owner, 61)
  assert.equal(await statuses(servers[1], show), 'a')
  await advanceClock(owner, -30)
  const told = await codeOf(servers[0].holdSeats(by('Bob'), show, { seats: ['A1'] }))
  assert.equal(told, 'seats_unavailable')
  assert.equal(await statuses(servers[1], show), 'h')
  await advanceClock(owner, 30)
  assert.equal(await statuses(servers[1], show), 'a')
})

test('a picture that is far behind is made anew', async () => {
  const show = await createShow(servers[0], { rows: 'A-J', seatsPerRow: 20 })
  await servers[1].getStatuses(show)
  const { items } = await servers[0].listSeats(show, { limit: 200 })
  for (let round = 0; round < 3; round++) {
    const holds = await Promise.all(
      items.map(({ seat }) => servers[0].holdSeats(by('Alice'), show, { seats: [seat] })),
    )
    const gone = holds.slice(0, 190)
    await Promise.all(
      gone.map(({ value }) => servers[0].releaseHold(by('Alice'), show, value.id, {})),
    )
    const rest = holds.slice(190)
    if (round === 2) break
    await Promise.all(
      rest.map(({ value }) => servers[0].releaseHold(by('Alice'), show, value.id, {})),
    )
  }
  assert.equal(await statuses(servers[1], show), 'h'.repeat(10).padStart(200, 'a'))
  assert.ok((await servers[1].getStatuses(show)).read().version > 1000)
})

test('seats that were added are in the next reading', async () => {
  const show = await createShow(servers[0], ['A1'])
  assert.equal(await statuses(servers[1], show), 'a')
  await servers[0].addSeats(by('operator'), show, { seats: ['A2', 'A3'] })
  await servers[0].holdSeats(by('Alice'), show, { seats: ['A3'] })
  assert.equal(await statuses(servers[1], show), 'aah')
})
