/** Seats of plans that were stored before what nobody can see made no difference are found. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/migrate.ts'
import { SeatNumbers } from '../../src/engine/stored/seat-numbers.ts'
import { seatKey } from '../../src/protocol/index.ts'
import { createEmptyDatabase, TEST_SQL_DIR } from '../support/database.ts'
import { useMigrationsBefore } from '../support/sql-dir.ts'

const PLAN = '33333333-3333-4333-8333-333333333333'

const ALONE = [
  'A1',
  'A\u200b2',
  'А3',
  'İ4',
  'i\u03075',
  'A–6',
  'Ρ7',
  'A \u200b 8',
  'B\u{e0041}9',
  '1排2座',
  'soft\u00adhyphen',
  'Б1',
  'Reihe ß 1',
]
const TWINS = ['C1', 'C\u200b1', '\u200e\u200fC2', 'C\u200e2']

/** Makes a key as they were made until now. */
function formerKey(label: string): string {
  return label.normalize('NFKC').trim().replace(/\s+/gu, ' ').toUpperCase()
}

test('keys are made anew, and seats that come to one key are found by their labels', async () => {
  const database = await createEmptyDatabase('upgrade labels')
  after(() => database.drop())
  await migrate(database.owner, { sqlDir: await useMigrationsBefore('004') })
  const owner = await connectClient(database.owner)
  after(() => owner.end())
  const labels = [...ALONE, ...TWINS]
  await owner.query(
    `insert into rowlock.plans (plan_id, name, seat_count, drawing, created_at)
    values ($1, 'Seats', $2, '{}', now())`,
    [PLAN, labels.length],
  )
  await owner.query(
    `insert into rowlock.seats (
      plan_id, seat_no, key, label, number, category, x, y, joined, accessible, companion,
      restricted_view
    )
    select $1, n - 1, key, label, label, 'standard', 0, 0, false, false, n = 2, n between 2 and 3
    from unnest($2::text[], $3::text[]) with ordinality as seat (key, label, n)`,
    [PLAN, labels.map(formerKey), labels],
  )
  await migrate(database.owner, { sqlDir: TEST_SQL_DIR })

  const { rows } = await owner.query<{ key: string; label: string }>(
    'select seat.key, seat.label from rowlock.seats as seat order by seat.seat_no',
  )
  for (const { key, label } of rows.slice(0, ALONE.length)) assert.equal(key, seatKey(label), label)
  const twins = rows.slice(ALONE.length).map(({ key }) => key)
  assert.deepEqual(twins, ['C1', formerKey('C\u200b1'), 'C2', formerKey('C\u200e2')])
  const numbers = new SeatNumbers(labels)
  labels.forEach((label, number) => {
    assert.equal(numbers.get(label), number, JSON.stringify(label))
  })
  assert.equal(numbers.get('a2'), 1)

  const { rows: parts } = await owner.query(
    `select part.key, part.seats::text from rowlock.plan_parts as part
    where part.kind = 'need' order by part.key`,
  )
  const bits = (...set: number[]) => labels.map((_, n) => Number(set.includes(n))).join('')
  assert.deepEqual(parts, [
    { key: 'companion', seats: bits(1) },
    { key: 'restricted', seats: bits(2) },
  ])
})
