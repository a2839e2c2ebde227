/** Test that what a show's journal is full of is written in the order of time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newTimedUuid } from '../../src/protocol/index.ts'
import { by, createShow, useServer } from '../support/engines.ts'
import { useKernel } from '../support/kernel.ts'

const kernel = await useKernel('timed_ids')
const engine = await useServer(kernel.database.settings)
const SEATS = ['A1', 'A2', 'A3', 'A4', 'A5']

interface Entry {
  readonly kind: string
  readonly hold: string
  readonly request: string | null
}

/** Sells in every way that makes an id, and gives back how the ids begin. */
async function sell(): Promise<readonly Entry[]> {
  const show = await createShow(engine, SEATS)
  const { value: hold } = await engine.holdSeats(by('Alice'), show, { seats: ['A1'] })
  await engine.confirmHold(by('Alice'), show, hold.id, {})
  await engine.blockSeats(by('Alice'), show, { seats: ['A2'], reason: 'House' })
  const { value: booking } = await engine.bookSeats(by('Alice'), show, { seats: ['A3', 'A4'] })
  await engine.transferBooking(by('Alice'), show, booking.id, { seats: ['A4'], holder: 'Bob' })
  const { rows } = await kernel.owner.query<Entry>(
    `select entry.kind, left(entry.hold_id::text, 4) as hold,
       left(entry.request_id::text, 4) as request
     from rowlock.journal as entry
     join rowlock.shows as show using (show_id)
     where show.key = $1 and entry.hold_id is not null
     order by entry.version`,
    [show],
  )
  return rows
}

/** Minutes as ids begin with them: they start anew after 65,536. */
function minutesBetween(from: string, to: string): number {
  return (Number.parseInt(to, 16) - Number.parseInt(from, 16) + 65_536) % 65_536
}

test('ids of a show begin with the minute, and so do requests without a key', async () => {
  const before = newTimedUuid().slice(0, 4)
  const entries = await sell()
  const lasted = minutesBetween(before, newTimedUuid().slice(0, 4))
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['hold', 'confirm', 'block', 'book', 'transfer', 'transfer'],
  )
  // What stays of a booking that was handed on in part is another entry of the same request.
  const beginnings = entries.flatMap(({ hold, request }) => [hold, request])
  for (const beginning of beginnings.filter((some) => some !== null)) {
    assert.ok(minutesBetween(before, beginning) <= lasted, beginning)
  }
})
