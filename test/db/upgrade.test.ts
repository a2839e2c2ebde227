/** A database that has sold seats under an earlier schema goes on selling under this one. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { loginOf } from '../../src/db/login-of.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createEmptyDatabase, TEST_SQL_DIR } from '../support/database.ts'
import { codeOf, shopper, useServer } from '../support/engines.ts'
import { useMigrationsBefore } from '../support/sql-dir.ts'

const HOLD = '11111111-1111-4111-8111-111111111111'
const BOOKING = '22222222-2222-4222-8222-222222222222'

/** A show with a live hold on its first seat and a booking of its second. */
const SOLD = `
  insert into rowlock.plans (plan_id, name, seat_count, drawing, created_at)
  values (
    '33333333-3333-4333-8333-333333333333', 'Seats', 3,
    '{"width": 1, "height": 1, "focalPoint": null, "shapes": [], "sections": [],
      "categories": [{"key": "standard", "name": "Standard", "color": null,
        "accessible": false}]}',
    now()
  );
  insert into rowlock.seats (
    plan_id, seat_no, key, label, number, category, x, y, joined, accessible, companion,
    restricted_view
  )
  select
    '33333333-3333-4333-8333-333333333333', seat_no, 'A' || seat_no, 'A' || seat_no, seat_no,
    'standard', seat_no, 0, false, false, false, false
  from generate_series(0, 2) as seat_no;
  insert into rowlock.shows (key, title, plan_id, starts_at, fingerprint, created_at)
  values (
    'old', 'Old', '33333333-3333-4333-8333-333333333333', now() + interval '1 year',
    gen_random_uuid(), now()
  );
  insert into rowlock.policies (
    show_id, seat_count, hold_seconds, hold_seconds_max, hold_life_seconds_max,
    seats_per_hold_max, cancellable
  )
  select show_id, 3, 600, 600, 600, 10, true from rowlock.shows;
  insert into rowlock.journal (
    show_id, version, at, kind, hold_id, step, seats, freed, until, booked_at, actor
  )
  select show_id, entry.*
  from rowlock.shows
  cross join (
    values
      (1, now(), 'create', null, null, '{}'::int[], '{}'::int[], null, null, 'operator'),
      (2, now(), 'hold', '${HOLD}'::uuid, 0, '{0}', '{}', now() + interval '9 minutes', null, 'x'),
      (3, now(), 'book', '${BOOKING}', 0, '{1}', '{}', 'infinity', now(), 'x')
  ) as entry;
  insert into rowlock.claims (show_id, seat_no, hold_id, until, booked_at)
  select show_id, seats[1], hold_id, until, booked_at
  from rowlock.journal
  where hold_id is not null`

test('what was held and sold before there were owners is there, and has none', async () => {
  const database = await createEmptyDatabase('upgrade')
  after(() => database.drop())
  await migrate(database.owner, { sqlDir: await useMigrationsBefore('002') })
  const owner = await connectClient(database.owner)
  after(() => owner.end())
  await owner.query(SOLD)
  const { applied } = await migrate(database.owner, {
    sqlDir: TEST_SQL_DIR,
    login: loginOf(database.server),
  })
  assert.ok(applied.includes('migrations/002_ownership.sql'))

  const engine = await useServer(database.settings)
  const anybody = shopper('anybody')
  const request = { caller: anybody, idempotencyKey: null }
  const hold = `hold_${HOLD.replaceAll('-', '')}`
  assert.equal((await engine.getShow('old')).confirmBy, 'holder')
  assert.equal((await engine.getHold(anybody, 'old', hold)).status, 'live')
  assert.equal(await codeOf(engine.confirmHold(request, 'old', hold, {})), 'done')
  assert.equal(await codeOf(engine.bookSeats(request, 'old', { seats: ['A2'] })), 'done')
  assert.deepEqual(await engine.checkShow('old'), [])

  await assert.rejects(owner.query("update rowlock.policies set confirm_by = 'anybody'"), {
    constraint: 'policies_confirm_by_known',
  })
  await assert.rejects(owner.query('update rowlock.policies set confirm_by = default'), {
    code: '23502',
  })
})
