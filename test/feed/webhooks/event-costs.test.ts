/** The cost of a page of events does not grow with its show, however young the database is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { by, createShow, useServer } from '../../support/engines.ts'
import { useKernel } from '../../support/kernel.ts'

const SEATS = 400
const PAGE = 20

const kernel = await useKernel('event_costs')
const engine = await useServer(kernel.database.settings)

/** Rows of the journal that a page after a version is made from. */
async function rowsOf(show: string, after: number): Promise<number> {
  await kernel.owner.query('begin')
  await kernel.owner.query(
    `select rowlock.events_after(show.show_id, $2, 0, ${PAGE})
     from rowlock.shows as show where show.key = $1`,
    [show, after],
  )
  const { rows } = await kernel.owner.query<{ read: number }>(
    `select (seq_tup_read + idx_tup_fetch)::int as read
     from pg_stat_xact_all_tables where relid = 'rowlock.journal'::regclass`,
  )
  await kernel.owner.query('rollback')
  return rows[0]?.read ?? 0
}

test('a page of events reads what it tells, and not the whole show', async () => {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: SEATS })
  for (let seat = 1; seat <= SEATS; seat += PAGE) {
    const labels = Array.from({ length: PAGE }, (_, index) => `A${seat + index}`)
    await Promise.all(labels.map((label) => engine.holdSeats(by(label), show, { seats: [label] })))
  }
  // An entry and the first ones of its hold, each of which an index finds and the table has; every
  // entry of the show for each event would be thousands.
  for (const after of [1, SEATS / 2, SEATS - PAGE]) {
    const read = await rowsOf(show, after)
    assert.ok(read <= 8 * PAGE, `${read} rows of the journal for ${PAGE} events`)
  }
})
