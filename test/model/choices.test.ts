/** Choices of seats, asked of SQL itself: the nearest, groups, lines, places, batches. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../rig/index.ts'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('choices')
const session = await kernel.session()

async function ask<Answer>(text: string, ...values: readonly unknown[]): Promise<Answer> {
  const { rows } = await kernel.owner.query<{ answer: Answer }>(`select ${text} as answer`, [
    ...values,
  ])
  return rows[0]?.answer as Answer
}

/** Adds distances up, as a plan keeps them. */
function sumsOf(distances: readonly number[]): number[] {
  const sums = [0]
  for (const distance of distances) sums.push((sums.at(-1) ?? 0) + distance)
  return sums
}

function nearestFirst(distances: readonly number[]): number[] {
  const far = (seat: number) => distances[seat] ?? 0
  return [...distances.keys()].sort((one, other) => far(one) - far(other) || one - other)
}

const GROUPS = 'rowlock.best_groups($1, $2, $3, $4, $5, $6, $7, 0, null, null, null)'
const GROUP = 'rowlock.best_group($1, $1, $2, $3, $4, 2, $5, 0, null, 2, null, null)'
const ANY = 'rowlock.nearest($1, $2, $3, $4, $5, 0, 0)'

/** A plan of so many seats in lines, of nothing else. */
async function planWith(seatCount: number, lines: readonly (readonly number[])[]): Promise<string> {
  const showId = await kernel.createShow(seatCount)
  const planId = await ask<string>('(select plan_id from rowlock.shows where show_id = $1)', showId)
  for (const [no, seats] of lines.entries()) {
    const text = 'insert into rowlock.lines (plan_id, line_no, is_round, seats)'
    await kernel.owner.query(`${text} values ($1, $2, false, $3)`, [planId, no, seats])
  }
  await kernel.owner.query('select rowlock.index_plan($1)', [planId])
  return planId
}

function bestFor(planId: string, distances: readonly number[], quantity: number) {
  const all = '1'.repeat(distances.length)
  const none = '0'.repeat(distances.length)
  const places = [sumsOf(distances), nearestFirst(distances)]
  const text = 'rowlock.best_for($1, $2, $2, $3, $4, $5, $6, $3, 0)'
  return ask<number[]>(text, planId, all, none, ...places, quantity)
}

describe('the best seats', () => {
  test('are those with the least sum, and of equals the first', async () => {
    for (let n = 0; n < 1_500; n++) {
      const random = createRandom(String(n))
      // Parties of more than eight are looked for in another way.
      const isParty = n >= 300
      const count = isParty ? 26 : 14
      const distances = Array.from({ length: count }, () => random.whole(0, isParty ? 40 : 3))
      const quantity = isParty ? random.whole(9, 12) : random.whole(1, 11)
      const last = count - quantity
      const starts = Array.from({ length: count }, (_, no) => no <= last && random.chance(0.7))
      const sums = sumsOf(distances)
      const sumFrom = (no: number) => (sums[no + quantity] ?? 0) - (sums[no] ?? 0)
      const [first = null] = [...starts.keys()]
        .filter((no) => starts[no])
        .sort((one, other) => sumFrom(one) - sumFrom(other) || one - other)
      const bits = starts.map(Number).join('')
      const none = '0'.repeat(count)
      const given = await ask(ANY, bits, sums, nearestFirst(distances), quantity, none)
      assert.deepEqual([n, given], [n, first])
    }
  })

  test('are no accessible ones where none are asked for', async () => {
    const given = await ask(GROUP, '1111', '1110', [0, 1, 2, 3, 4], [0, 1, 2, 3], '1100')
    assert.deepEqual(given, [2, 3])
  })

  test('of a second group leave nobody alone beside the first', async () => {
    const distances = [1, 1, 1, 1, 1, 9, 9, 9]
    const places = [sumsOf(distances), nearestFirst(distances)]
    const given = await ask(GROUPS, '11010100', '11110111', '11110110', ...places, 3, '00000000')
    assert.deepEqual(given, [0, 1, 5])
  })

  test('are in the nearest of several lines, and for many in the longest', async () => {
    const lines = [
      [0, 1],
      [2, 3],
      [4, 5],
    ]
    const near = await planWith(6, lines)
    assert.deepEqual(await bestFor(near, [2, 2, 9, 9, 1, 1], 2), [4, 5])
    const long = await planWith(6, [
      [0, 1, 2, 3],
      [4, 5],
    ])
    assert.deepEqual(await bestFor(long, [9, 9, 9, 9, 1, 1], 4), [0, 1, 2, 3])
  })
})

describe('a plan', () => {
  test('adds distances up as whole numbers, and knows a companion with a bad view', async () => {
    const planId = await planWith(7, [])
    await kernel.owner.query(
      `update rowlock.seats set x = seat_no * 1.1, y = 0.7, companion = seat_no = 2,
         restricted_view = seat_no in (2, 3)
       where plan_id = $1`,
      [planId],
    )
    await kernel.owner.query(
      `update rowlock.plans
       set drawing = drawing || '{"focalPoint": {"x": 3.3, "y": 0}}' where plan_id = $1`,
      [planId],
    )
    await kernel.owner.query('select rowlock.index_plan($1)', [planId])
    const sums = await ask<number[]>(
      '(select distance_sums from rowlock.plans where plan_id = $1)',
      planId,
    )
    assert.ok((sums.at(-1) ?? 0) > 1e9)
    assert.deepEqual(sums, sums.map(Math.round))
    const { rows } = await kernel.owner.query(
      `select key, seats::text as seats from rowlock.plan_parts
       where plan_id = $1 and kind = 'need' order by key`,
      [planId],
    )
    assert.deepEqual(rows, [
      { key: 'companion', seats: '0010000' },
      { key: 'restricted', seats: '0001000' },
    ])
  })

  test('gives each place of a section once, though it is named twice', async () => {
    const planId = await planWith(4, [])
    await kernel.owner.query(
      `insert into rowlock.plan_parts (plan_id, kind, key, standing, seats)
       values ($1, 'section', 'S', true, '1111')`,
      [planId],
    )
    const places = '[{"section": "S", "quantity": 2}, {"section": "S", "quantity": 1}]'
    const text = "(rowlock.choose_places($1, '1111', $2)).p_seats"
    assert.deepEqual(await ask(text, planId, places), [0, 1, 2])
  })
})

describe('in one batch', () => {
  const best = { seats: [], best: { quantity: 2 } }

  test('what a command gives back is there for the best seats of the next', async () => {
    const showId = await kernel.createShow(2)
    const held = command('hold', showId, { seats: [0, 1], hold_seconds: 60 })
    await session.one(held)
    const [released, chosen] = await session.apply(
      command('release', showId, { hold_id: held.hold_id }),
      command('hold', showId, { ...best, hold_seconds: 60 }),
    )
    assert.deepEqual([released?.code, chosen?.code], ['done', 'done'])
  })

  test('what one show sells is free in another', async () => {
    const [one, two] = [await kernel.createShow(2), await kernel.createShow(2)]
    const outcomes = await session.apply(
      command('hold', one, { seats: [0, 1], hold_seconds: 60 }),
      command('hold', two, { ...best, hold_seconds: 60 }),
    )
    assert.deepEqual(
      outcomes.map(({ code }) => code),
      ['done', 'done'],
    )
  })
})

test('a seat that was left free is alone, whoever has the one before it', async () => {
  const showId = await kernel.createShow(6)
  await kernel.owner.query('update rowlock.policies set refuse_orphans = true where show_id = $1', [
    showId,
  ])
  await kernel.owner.query(
    `with plan as (
       update rowlock.plans set joined = '111110'
       where plan_id = (select plan_id from rowlock.shows where show_id = $1)
       returning plan_id
     )
     update rowlock.seats set joined = seat_no < 5
     where plan_id = (select plan_id from plan)`,
    [showId],
  )
  await session.one(command('hold', showId, { seats: [0], hold_seconds: 60, box_office: true }))
  const { code } = await session.one(command('hold', showId, { seats: [2], hold_seconds: 60 }))
  assert.equal(code, 'orphan_left')
})
