/** An event of a show tells what reading it answered at that version, however much came after. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Engine } from '../../src/engine/index.ts'
import type { Show } from '../../src/protocol/index.ts'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const kernel = await useKernel('events_of_shows')
const engine = await useServer(kernel.database.settings)
const operator = by('operator')

const CHANGES: readonly Parameters<Engine['changeShow']>[2][] = [
  { title: 'Macbeth' },
  { salesUntil: '2029-12-31T20:00:00.123Z', salesFrom: '2029-01-01T00:00:00Z' },
  { startsAt: '2030-02-01T19:30:00Z', sellAfterStart: true },
  { sellAfterStart: false },
  { holdSeconds: 77, maxSeatsPerHold: 3, maxSeatsPerHolder: 5, refuseOrphans: true },
  { cancellable: false, confirmBy: 'holder', maxSeatsPerHolder: null },
  { cancelled: true },
  { cancelled: false },
  { archived: true },
  { archived: false, salesFrom: null, salesUntil: null },
]

/** Tells of a show what the feed does, from its first event on. */
async function told(show: string): Promise<readonly unknown[]> {
  const query = { after: undefined, limit: 100, owner: null }
  const { events } = (await engine.listEvents(show, query)) as { events: { data: unknown }[] }
  return events.map(({ data }) => data)
}

/** Changes a show in every way, and answers how it was read after each. */
async function changed(show: string): Promise<Show[]> {
  const read = async () => (await engine.getShow(show)) as Show
  const seen = [await read()]
  for (const change of CHANGES) {
    await engine.changeShow(operator, show, change)
    seen.push(await read())
  }
  return seen
}

test('each event of a show has the show as of its version', async () => {
  const show = await createShow(engine, ['A1', 'A2'])
  const seen = await changed(show)
  await engine.addSeats(operator, show, { seats: ['A3'] })
  seen.push((await engine.getShow(show)) as Show)
  await engine.changeShow(operator, show, { title: 'Hamlet' })
  seen.push((await engine.getShow(show)) as Show)
  assert.equal(seen.at(-2)?.seatCount, 3)
  assert.deepEqual(await told(show), seen)
})

test('so has each of a show that repeats another', async () => {
  const first = await createShow(engine, ['A1', 'A2'], { maxSeatsPerHold: 2 })
  const again = { key: `${first}-again`, startsAt: '2031-01-01T20:00:00Z' }
  await engine.repeatShow(operator, first, { shows: [again] })
  const seen = await changed(again.key)
  assert.equal(seen[0]?.maxSeatsPerHold, 2)
  assert.deepEqual(await told(again.key), seen)
})

test('the journal tells what was asked for, and nothing more', async () => {
  const show = await createShow(engine, ['A1'])
  await engine.changeShow(operator, show, { title: 'Macbeth' })
  const { items } = await engine.listJournal(show, { limit: 10 })
  assert.deepEqual(items[1]?.details, { title: 'Macbeth' })
  assert.ok(!('terms' in (items[0]?.details ?? {})))
})

test('an entry from before terms were kept tells of the show as it is', async () => {
  const show = await createShow(engine, ['A1'])
  await kernel.owner.query(
    `alter table rowlock.journal disable trigger user;
     update rowlock.journal as entry set details = entry.details - 'terms'
     from rowlock.shows as show where show.show_id = entry.show_id and show.key = '${show}';
     alter table rowlock.journal enable trigger user`,
  )
  await engine.changeShow(operator, show, { title: 'Macbeth' })
  const now = await engine.getShow(show)
  assert.deepEqual(await told(show), [now, now])
})
