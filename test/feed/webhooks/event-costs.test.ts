/** Rows that are read of a show for webhooks: no more in a long one, in a young database, too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newUuid } from '../../../src/protocol/index.ts'
import { by, createShow, shopper, useServer } from '../../support/engines.ts'
import { useKernel } from '../../support/kernel.ts'

const SEATS = 400
const PAGE = 20
/** Calls after which a session keeps its plans. */
const YOUNG = 10

const kernel = await useKernel('event_costs')
const engine = await useServer(kernel.database.settings)
const skip = kernel.database.isSharded && 'the nodes count the rows of their shards'

/** Rows of the journal that this session has read and not reported yet. */
async function readSoFar(): Promise<number> {
  const { rows } = await kernel.owner.query<{ read: number }>(
    `select (seq_tup_read + idx_tup_fetch)::int as read
     from pg_stat_xact_all_tables where relid = 'rowlock.journal'::regclass`,
  )
  return rows[0]?.read ?? 0
}

/** Rows of the journal that a question reads; what it changes is taken back. */
async function rowsOf(text: string, values: readonly unknown[]): Promise<number> {
  await kernel.owner.query('begin')
  const before = await readSoFar()
  await kernel.owner.query(text, [...values])
  const read = (await readSoFar()) - before
  await kernel.owner.query('rollback')
  return read
}

/** A show with many holds, by its key and its number. */
async function newLongShow(): Promise<{ show: string; showId: number }> {
  const show = await createShow(engine, { rows: 'A', seatsPerRow: SEATS })
  for (let seat = 1; seat <= SEATS; seat += PAGE) {
    const labels = Array.from({ length: PAGE }, (_, index) => `A${seat + index}`)
    await Promise.all(labels.map((label) => engine.holdSeats(by(label), show, { seats: [label] })))
  }
  return { show, showId: (await engine.showNumber(show)) ?? 0 }
}

test('a turn reads what came since the one before, and not the whole show', { skip }, async () => {
  // What is planned while there is little to read is planned for good.
  const young = await createShow(engine, { rows: 'A', seatsPerRow: YOUNG })
  for (let seat = 1; seat <= YOUNG; seat++) {
    await engine.holdSeats(by('A'), young, { seats: [`A${seat}`] })
    await kernel.owner.query('select rowlock.note_show($1)', [await engine.showNumber(young)])
  }
  const { showId } = await newLongShow()
  await kernel.owner.query('select rowlock.note_show($1)', [showId])
  await kernel.owner.query('update rowlock.event_shows set version = version - $1', [PAGE])
  const questions = {
    'select rowlock.webhook_turns(array[$1::bigint], $2)': [showId, newUuid()],
    'select rowlock.note_show($1)': [showId],
  }
  for (const [text, values] of Object.entries(questions)) {
    const read = await rowsOf(text, values)
    assert.ok(read >= PAGE && read <= 3 * PAGE, `${read} rows of the journal for ${PAGE} entries`)
  }
})

test('a page of events reads what it tells, and not the whole show', { skip }, async () => {
  const { showId } = await newLongShow()
  // An entry and the first ones of its hold, each of which an index finds and the table has; every
  // entry of the show for each event would be thousands.
  for (const after of [1, SEATS / 2, SEATS - PAGE]) {
    const text = `select rowlock.events_after($1, $2, 0, ${PAGE})`
    const read = await rowsOf(text, [showId, after])
    assert.ok(read <= 8 * PAGE, `${read} rows of the journal for ${PAGE} events`)
  }
})

test('how late a webhook is reads one entry of a show that it waits for', { skip }, async () => {
  const { show, showId } = await newLongShow()
  const url = 'http://127.0.0.1:9/hook'
  await engine.createWebhook(
    { caller: { ...shopper('operator'), boxOffice: true }, idempotencyKey: null },
    { url, shows: [show] },
  )
  await engine.webhookTurns([showId], newUuid())
  await kernel.owner.query(
    `update rowlock.webhook_cursors set version = 200, leased_until = now() + interval '1 hour'
     where show_id = $1`,
    [showId],
  )
  const read = await rowsOf('select rowlock.webhook_lags($1)', [100])
  assert.ok(read >= 1 && read <= 4, `${read} rows of the journal`)
})

test('a look for work reads the last entry of each show', { skip }, async () => {
  await newLongShow()
  const { rows } = await kernel.owner.query('select from rowlock.shows')
  const read = await rowsOf('select rowlock.webhook_work($1)', [100])
  assert.ok(read >= rows.length && read <= 2 * rows.length, `${read} of ${rows.length} shows`)
})
