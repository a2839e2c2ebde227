/** Round tables of plans that were stored before they were round. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createEmptyDatabase, TEST_SQL_DIR } from '../support/database.ts'
import { useMigrationsBefore } from '../support/sql-dir.ts'

const PLAN = '33333333-3333-4333-8333-333333333333'

/** Seats around a middle, over so many degrees, as they were numbered: x, y, and who is joined. */
function around(left: number, count: number, degrees: number): [number, number, boolean][] {
  return Array.from({ length: count }, (_, step) => {
    const angle = (step / count) * degrees * (Math.PI / 180)
    return [left + 100 * Math.cos(angle), 100 * Math.sin(angle), step < count - 1]
  })
}

const row = [0, 1, 2, 3, 4, 5].map((n): [number, number, boolean] => [50 * n, 500, n < 5])
const trio = around(900, 3, 360)

test('what closes a circle is a line, and what does not is none', async () => {
  const database = await createEmptyDatabase('upgrade lines')
  after(() => database.drop())
  await migrate(database.owner, { sqlDir: await useMigrationsBefore('004') })
  const owner = await connectClient(database.owner)
  after(() => owner.end())
  const seats = [
    ...row,
    ...around(0, 8, 360),
    ...trio,
    ...around(500, 8, 250),
    ...around(0, 5, 360),
  ]
  await owner.query(
    `insert into rowlock.plans (plan_id, name, seat_count, drawing, created_at, joined)
    values ($1, 'Seats', $2, '{}', now(), $3::bit varying)`,
    [PLAN, seats.length, seats.map(([, , isJoined]) => Number(isJoined)).join('')],
  )
  await owner.query(
    `insert into rowlock.seats (
      plan_id, seat_no, key, label, number, category, x, y, joined, accessible, companion,
      restricted_view
    )
    select $1, n - 1, n, n, n, 'standard', x, y, joined, false, false, false
    from unnest($2::float8[], $3::float8[], $4::boolean[]) with ordinality
      as seat (x, y, joined, n)`,
    [PLAN, seats.map(([x]) => x), seats.map(([, y]) => y), seats.map(([, , joined]) => joined)],
  )
  await migrate(database.owner, { sqlDir: TEST_SQL_DIR })

  const lines = await owner.query(
    'select line_no, is_round, seats from rowlock.lines order by line_no',
  )
  assert.deepEqual(lines.rows, [
    { line_no: 0, is_round: true, seats: [6, 7, 8, 9, 10, 11, 12, 13] },
    { line_no: 1, is_round: true, seats: [25, 26, 27, 28, 29] },
  ])
  const { rows } = await owner.query(
    `select plan.joined::text, part.seats::text
    from rowlock.plans as plan
    join rowlock.plan_parts as part on part.plan_id = plan.plan_id and part.kind = 'line'`,
  )
  const round = new Set(lines.rows.flatMap((line) => line.seats))
  const bits = (is: (number: number) => boolean) => seats.map((_, n) => Number(is(n))).join('')
  assert.deepEqual(rows, [
    {
      joined: bits((number) => seats[number]?.[2] === true && !round.has(number)),
      seats: bits((number) => round.has(number)),
    },
  ])
})
